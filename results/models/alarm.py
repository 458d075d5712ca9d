"""What an operator must look at."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from results.models.organization import Organization
from results.models.received_message import ReceivedMessage
from results.models.uuids import new_id
from results.vocabulary import AlarmKind


class Alarm(models.Model):
    """«Alarm»: one row a cause, open until an operator closes it with a reason.

    `key` names the cause within its kind; the same cause again counts up the open row.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(_("type"), max_length=20, choices=AlarmKind)
    key = models.CharField(max_length=200)
    organization = models.ForeignKey(
        Organization,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("virksomhet"),
    )
    received_message = models.ForeignKey(
        ReceivedMessage,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="alarms",
        verbose_name=_("melding"),
    )
    text = models.TextField(_("hva"))
    is_urgent = models.BooleanField(_("haster"), default=False)
    raised_at = models.DateTimeField(_("meldt"), default=timezone.now)
    last_raised_at = models.DateTimeField(_("sist meldt"), default=timezone.now)
    count = models.PositiveIntegerField(_("ganger"), default=1)
    closed_at = models.DateTimeField(_("lukket"), null=True, blank=True)
    closed_by = models.CharField(_("lukket av"), max_length=200, blank=True)
    closed_reason = models.TextField(_("begrunnelse"), blank=True)

    class Meta:
        verbose_name = _("alarm")
        verbose_name_plural = _("alarmer")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(closed_at__isnull=True),
                name="alarm_open_once",
            ),
        ]

    def __str__(self) -> str:
        return self.text
