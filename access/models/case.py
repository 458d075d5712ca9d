"""A look that somebody must answer for, and the rules that find such looks."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from access.vocabulary import (
    CaseKind,
    CaseOutcome,
)
from results.models.uuids import new_id

TEXT_CONTEXT = "access-case.text"


class AccessCase(models.Model):
    """«Sak» for the organisation's controller: whose looks, at whom, and how it ended.

    `cause` is what it is about, once. What people write is encrypted: the question, the
    controller's reasons, and the answer the patient reads. While a case is open nothing
    of the patient's log is erased.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=CaseKind)
    cause = models.CharField(max_length=120, unique=True)
    organization_id = models.UUIDField()
    user_id = models.UUIDField()
    patient_id = models.UUIDField(null=True)
    entry_id = models.UUIDField(null=True)
    question_encrypted = models.BinaryField(null=True)
    opened_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    outcome = models.CharField(max_length=12, choices=CaseOutcome, blank=True)
    reasons_encrypted = models.BinaryField(null=True)
    answer_encrypted = models.BinaryField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organization_id", "due_at"], name="case_of_controller"
            ),
            models.Index(fields=["patient_id"], name="case_of_patient"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, outcome="")
                | (
                    Q(closed_at__isnull=False, closed_by__isnull=False)
                    & ~Q(outcome="")
                    & ~Q(closed_by=F("user_id"))
                ),
                name="case_is_closed_by_another_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class WatchRule(models.Model):
    """What makes a look worth a question. `threshold` and `factor` mean what each kind
    says they mean; `days` is how far back it looks."""

    kind = models.CharField("regel", max_length=12, choices=CaseKind, unique=True)
    is_active = models.BooleanField("i bruk", default=True)
    threshold = models.PositiveIntegerField("grense")
    factor = models.PositiveIntegerField("ganger det vanlige", default=1)
    days = models.PositiveIntegerField("dager")
    reason = models.TextField("begrunnelse")

    class Meta:
        verbose_name = "regel for oppfølging av oppslag"
        verbose_name_plural = "regler for oppfølging av oppslag"

    def __str__(self) -> str:
        return str(CaseKind(self.kind).label)
