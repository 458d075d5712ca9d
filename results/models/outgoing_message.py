"""What we have to tell others, until they have it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from results.models.alarm import Alarm
from results.models.received_message import ReceivedMessage
from results.models.uuids import new_id
from results.vocabulary import OutgoingKind


class OutgoingMessage(models.Model):
    """«Utgående melding»: a receipt (AppRec) or an alarm, written in the transaction
    that gave cause for it and sent afterwards, at growing intervals until it is taken.

    A receipt without a `destination` waits until its sender fetches it; then `due_at`
    is null. `status` is Volven 8258. `recipient` is which of our addresses signs.
    Who sends it now has it until `claimed_until`; later than that they are dead.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField("type", max_length=8, choices=OutgoingKind)
    received_message = models.ForeignKey(
        ReceivedMessage,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="answers",
        verbose_name="mottatt melding",
    )
    alarm = models.ForeignKey(
        Alarm,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # nearly all are receipts
    )
    recipient = models.CharField(max_length=50, blank=True)
    destination = models.CharField("til", max_length=300, blank=True)
    status = models.PositiveSmallIntegerField("status", null=True, blank=True)
    content_encrypted = models.BinaryField(null=True)
    created_at = models.DateTimeField("opprettet", default=timezone.now)
    due_at = models.DateTimeField("neste forsøk", null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("forsøk", default=0)
    sent_at = models.DateTimeField("levert", null=True, blank=True)
    problem = models.CharField("sist feil", max_length=200, blank=True)

    class Meta:
        verbose_name = "utgående melding"
        verbose_name_plural = "utgående meldinger"
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(sent_at__isnull=True, due_at__isnull=False),
                name="outgoing_due",
            ),
            models.Index(
                fields=["created_at"],
                condition=Q(due_at__isnull=True),
                name="outgoing_for_fetching",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
