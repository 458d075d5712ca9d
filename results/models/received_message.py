"""What came in, as it came, and what became of it."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from results.models.organization import Organization
from results.models.source_system import SourceSystem
from results.models.uuids import new_id
from results.vocabulary import MessageFormat, MessageOutcome, WithheldReason


class ReceivedMessage(models.Model):
    """«Melding»: the bytes, encrypted, from the moment we answered that we have them.

    The inbox is the queue of record: `outcome` is `received` until a worker has taken
    the message, and nothing but this row says so. The content is null once it is
    purged (`purged_at`); hash, MsgId and sender stay for counting and for copies.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source_system = models.ForeignKey(
        SourceSystem,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("avsendersystem"),
    )
    sender = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # the index below begins with it
        verbose_name=_("avsender"),
    )
    message_id = models.CharField(_("MsgId"), max_length=200, null=True, blank=True)
    message_key = models.CharField(max_length=200, null=True, blank=True)
    format = models.CharField(_("format"), max_length=10, choices=MessageFormat)
    content_encrypted = models.BinaryField(null=True)
    content_sha256 = models.BinaryField(max_length=32)
    content_size = models.PositiveIntegerField(_("størrelse"))
    outcome = models.CharField(
        _("utfall"),
        max_length=11,
        choices=MessageOutcome,
        default=MessageOutcome.RECEIVED,
    )
    is_conflicting = models.BooleanField(default=False)
    received_at = models.DateTimeField(_("mottatt"), default=timezone.now)
    processed_at = models.DateTimeField(_("behandlet"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("forsøk"), default=0)
    deliveries = models.PositiveIntegerField(_("leveringer"), default=1)
    faults = models.JSONField(_("feil"), default=list, blank=True)
    warnings = models.JSONField(_("advarsler"), default=list, blank=True)
    schema_result = models.CharField(_("XML-skjema"), max_length=20, blank=True)
    apprec_status = models.PositiveSmallIntegerField(null=True, blank=True)
    withheld_reason = models.CharField(
        _("holdt tilbake fordi"), max_length=20, choices=WithheldReason, blank=True
    )
    purged_at = models.DateTimeField(_("innhold slettet"), null=True, blank=True)

    class Meta:
        verbose_name = _("mottatt melding")
        verbose_name_plural = _("mottatte meldinger")
        indexes = [
            models.Index(
                fields=["attempts", "received_at", "id"],
                condition=Q(outcome=MessageOutcome.RECEIVED),
                name="message_waiting",
            ),
            models.Index(fields=["sender", "received_at"], name="message_by_sender"),
            models.Index(
                fields=["received_at"],
                condition=Q(outcome=MessageOutcome.QUARANTINED),
                name="message_quarantined",
            ),
            # What a purge may have to take: shrinks as it does its work.
            models.Index(
                fields=["received_at"],
                condition=~Q(outcome=MessageOutcome.RECEIVED)
                & Q(content_encrypted__isnull=False),
                name="message_with_content",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["sender", "message_key"],
                condition=Q(is_conflicting=False, message_key__isnull=False),
                name="message_once_per_sender",
            ),
            models.UniqueConstraint(
                fields=["sender", "message_key", "content_sha256"],
                condition=Q(message_key__isnull=False),
                name="message_conflict_once",
            ),
            models.CheckConstraint(
                condition=Q(outcome=MessageOutcome.RECEIVED, processed_at__isnull=True)
                | (
                    ~Q(outcome=MessageOutcome.RECEIVED)
                    & Q(processed_at__isnull=False)
                    & Q(processed_at__gte=F("received_at"))
                ),
                name="message_processed_when_decided",
            ),
        ]

    def __str__(self) -> str:
        return self.message_id or str(self.id)
