"""What an operator did with a message or a report, and why."""

from django.db import models

from results.models.organization import Organization
from results.models.received_message import ReceivedMessage
from results.models.uuids import new_id
from results.vocabulary import OperatorActionKind


class OperatorAction(models.Model):
    """«Operatørhandling»: never changed. `by` is the opaque key of who acted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField("handling", max_length=16, choices=OperatorActionKind)
    received_message = models.ForeignKey(
        ReceivedMessage,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
        verbose_name="melding",
    )
    organization = models.ForeignKey(
        Organization,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="virksomhet",
    )
    by = models.CharField("av", max_length=200)
    reason = models.TextField("begrunnelse")
    details = models.JSONField("detaljer", default=dict, blank=True)
    at = models.DateTimeField("når", auto_now_add=True)

    class Meta:
        verbose_name = "operatørhandling"
        verbose_name_plural = "operatørhandlinger"

    def __str__(self) -> str:
        return str(self.id)
