"""Which operator entered a decision of the authorities."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Signed(models.Model):
    """Beside `decided_by` (who had the right to decide): the opaque key of whoever
    entered it, and when; empty for what came with the installation."""

    registered_by = models.CharField(
        _("registrert av"), max_length=200, blank=True, editable=False
    )
    registered_at = models.DateTimeField(
        _("registrert"), default=timezone.now, editable=False
    )

    class Meta:
        abstract = True
