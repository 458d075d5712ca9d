"""What can be wrong with the service, in words for whoever watches it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Trouble(models.TextChoices):
    """One thing that is wrong."""

    DATABASE = "database", _("Databasen svarer ikke.")
    DISK = "disk", _("Det er lite plass igjen på disken. Mottak er stengt.")
    INTAKE_BACKLOG = (
        "intake-backlog",
        _("Meldinger har ventet for lenge på behandling. Mottak er stengt."),
    )
    INTAKE_QUARANTINE = (
        "intake-quarantine",
        _("For mange meldinger er i karantene. Mottak er stengt."),
    )
    BACKLOG = "backlog", _("Meldinger venter lenger enn vanlig på behandling.")
    WORKER = "worker", _("Ingen arbeider har meldt fra på en stund.")
    OUTBOX = "outbox", _("Kvitteringer eller alarmer blir ikke levert.")
