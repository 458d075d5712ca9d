"""A citizen says that an answer is wrong, or is not theirs (EHDS art. 6)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from access.vocabulary import (
    CorrectionKind,
    CorrectionOutcome,
)
from results.models.uuids import new_id

CORRECTION_CONTEXT = "access-correction.text"


class CorrectionCase(models.Model):
    """«Rettelsessak» for the producer's organisation, where one is known; else for the
    operators. The versions that stood when it was asked and when it was closed are
    named, so that both can be found. What people write is encrypted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=CorrectionKind)
    patient_id = models.UUIDField()
    report_id = models.UUIDField()
    organization_id = models.UUIDField(null=True)
    version_id = models.UUIDField()
    text_encrypted = models.BinaryField()
    opened_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    closed_version_id = models.UUIDField(null=True)
    outcome = models.CharField(max_length=12, choices=CorrectionOutcome, blank=True)
    answer_encrypted = models.BinaryField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organization_id", "due_at"], name="correction_of_producer"
            ),
            models.Index(fields=["patient_id"], name="correction_of_patient"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["patient_id", "report_id"],
                condition=Q(closed_at__isnull=True),
                name="correction_open_once_a_report",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, outcome="")
                | (
                    Q(closed_at__isnull=False, closed_by__isnull=False)
                    & ~Q(outcome="")
                    & Q(closed_version_id__isnull=False)
                ),
                name="correction_is_closed_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
