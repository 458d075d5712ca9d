"""What a patient is to be told; sending it is another's work."""

from django.db import models

from access.terms import NoticeKind
from results.models.uuids import new_id


class Notice(models.Model):
    """«Varsel»: that something happened, never what was read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    patient_id = models.UUIDField()
    kind = models.CharField(max_length=20, choices=NoticeKind)
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

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
