"""The access log: what was asked, what was answered, and on what ground."""

import uuid

from django.db import models

from access.representation import RepresentationBasis
from access.terms import AccessBasis, Action, PurposeOfUse, Reason, ViewerKind
from results.models.uuids import new_id

# What the encrypted column is bound to (results.encryption).
JUSTIFICATION_CONTEXT = "access-log.justification"
# What a searched number is hashed for: the same number, the same hash, only here.
SEARCH_CONTEXT = "access-log.search"


class CurrentTransaction(models.Func):
    """The number PostgreSQL gave the transaction; the order rows are sealed in."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()


class AccessLogEntry(models.Model):
    """«Innsynslogg» (EHDS art. 9): append-only; the database refuses anything else.

    No foreign keys: the log must never stand in the way of the data, nor fall with it.
    The table is partitioned by the month of `at`; its key is (id, at). It tells which
    reports, of which disciplines and whose, never what they say. `salt` keeps a seal's
    hash from being guessed when the row is erased.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    action = models.CharField(max_length=20, choices=Action)
    patient_id = models.UUIDField()
    report_ids = models.JSONField(default=list)
    report_count = models.PositiveIntegerField(default=0)
    categories = models.JSONField(default=list)
    origins = models.JSONField(default=list)
    search_hash = models.BinaryField(max_length=32, null=True)
    viewer_kind = models.CharField(max_length=12, choices=[(k, k) for k in ViewerKind])
    user_id = models.UUIDField(null=True)
    session_id = models.UUIDField(null=True)
    viewer_name = models.CharField(max_length=300, blank=True)
    hpr_number = models.CharField(max_length=20, blank=True)
    role_code = models.CharField(max_length=3, blank=True)
    organization_id = models.UUIDField(null=True)
    organization_name = models.CharField(max_length=300, blank=True)
    calling_system = models.CharField(max_length=512, blank=True)
    is_own = models.BooleanField(default=False)
    basis = models.CharField(
        max_length=24,
        choices=[*AccessBasis.choices, *RepresentationBasis.choices],
        blank=True,
    )
    purpose_of_use = models.CharField(max_length=6, choices=PurposeOfUse, blank=True)
    justification_encrypted = models.BinaryField(null=True)
    care_relationship_id = models.UUIDField(null=True)
    is_permitted = models.BooleanField()
    reason = models.CharField(max_length=30, choices=[(r, r) for r in Reason])
    rule = models.CharField(max_length=30)
    salt = models.UUIDField(default=uuid.uuid4)
    transaction_id = models.BigIntegerField(db_default=CurrentTransaction())

    class Meta:
        verbose_name = "avgjørelse om tilgang"
        verbose_name_plural = "avgjørelser om tilgang"
        indexes = [
            models.Index(fields=["patient_id", "-at", "-id"], name="log_of_patient"),
            models.Index(
                fields=["user_id", "patient_id"], name="log_of_viewer_and_patient"
            ),
            models.Index(fields=["transaction_id"], name="log_in_sealing_order"),
        ]

    def __str__(self) -> str:
        return str(self.id)
