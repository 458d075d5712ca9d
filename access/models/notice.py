"""What a patient is to be told; sending it is another's work."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from access.vocabulary import (
    NoticeKind,
)
from results.models.uuids import new_id


class NoticeOutcome(models.TextChoices):
    """What became of a notice; what nobody could be sent and must know goes on paper,
    by the help desk."""

    SENT = "sent", _("Sendt")
    TOGETHER = "together", _("Sendt sammen med et annet")
    PAPER = "paper", _("Skal sendes på papir")
    NOT_WANTED = "not-wanted", _("Ikke ønsket")


class Notice(models.Model):
    """«Varsel»: that something happened, never what was read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    patient_id = models.UUIDField()
    kind = models.CharField(max_length=20, choices=NoticeKind)
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=NoticeOutcome, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["at"],
                condition=models.Q(sent_at__isnull=True),
                name="notice_not_sent",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
