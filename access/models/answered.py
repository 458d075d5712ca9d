"""A decision of the authorities that holds when another than entered it agrees."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from results.models.signed import Signed


class Answered(Signed):
    """Entered by one, approved or declined by another, and final when it is answered;
    what came with the installation was entered by nobody."""

    valid_to = models.DateField(_("gjelder til (ikke med)"), null=True, blank=True)
    answered_by = models.CharField(
        _("godkjent eller avslått av"), max_length=200, blank=True, editable=False
    )
    answered_at = models.DateTimeField(_("avgjort"), null=True, editable=False)
    is_approved = models.BooleanField(_("godkjent"), null=True, editable=False)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="%(class)s_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(answered_by=F("registered_by")) | Q(registered_by=""),
                name="%(class)s_answered_by_another",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, is_approved__isnull=True)
                | Q(answered_at__isnull=False, is_approved__isnull=False),
                name="%(class)s_answered_whole",
            ),
        ]
