"""What the authorities decide: from when, until when, by whom, why, entered by whom."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Signed(models.Model):
    """A decision that holds from a day until another, the latter exclusive.

    `decided_by` had the right to decide; `registered_by` is the opaque key of whoever
    entered it, empty for what came with the installation.
    """

    valid_from = models.DateField(_("gjelder fra"))
    valid_to = models.DateField(_("gjelder til"), null=True, blank=True)
    decided_by = models.CharField(_("besluttet av"), max_length=200)
    reason = models.TextField(_("begrunnelse"))
    registered_by = models.CharField(
        _("registrert av"), max_length=200, blank=True, editable=False
    )
    registered_at = models.DateTimeField(
        _("registrert"), default=timezone.now, editable=False
    )

    class Meta:
        abstract = True


def in_force(day: datetime.date) -> Q:
    """Rows whose `valid_from`–`valid_to` holds the day; the end exclusive."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))
