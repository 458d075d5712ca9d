"""What an operator did with a message or a report, and why."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from results.models.organization import Organization
from results.models.received_message import ReceivedMessage
from results.models.uuids import new_id
from results.vocabulary import OperatorActionKind


class OperatorAction(models.Model):
    """«Operatørhandling»: never changed. `by` is the opaque key of who acted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(_("handling"), max_length=16, choices=OperatorActionKind)
    received_message = models.ForeignKey(
        ReceivedMessage,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
        verbose_name=_("melding"),
    )
    organization = models.ForeignKey(
        Organization,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("virksomhet"),
    )
    by = models.CharField(_("av"), max_length=200)
    reason = models.TextField(_("begrunnelse"))
    details = models.JSONField(_("detaljer"), default=dict, blank=True)
    at = models.DateTimeField(_("når"), auto_now_add=True)

    class Meta:
        verbose_name = _("operatørhandling")
        verbose_name_plural = _("operatørhandlinger")
        permissions = [
            ("handle_messages", "Kan behandle, avvise og flytte meldinger"),
            ("read_content", "Kan se en meldings innhold"),
            ("mark_wrong_patient", "Kan merke svar som feil pasient"),
            ("merge_patients", "Kan slå sammen og skille pasienter"),
        ]

    def __str__(self) -> str:
        return str(self.id)
