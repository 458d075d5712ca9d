"""The access log: what was asked, what was answered, and on what ground."""

from django.db import models

from access.terms import AccessBasis, Action, PurposeOfUse, Reason, ViewerKind
from results.models.uuids import new_id


class AccessLogEntry(models.Model):
    """«Innsynslogg» (EHDS art. 9): append-only; the database refuses anything else.

    No foreign keys: the log must never stand in the way of the data, nor fall with it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    action = models.CharField(max_length=20, choices=Action)
    patient_id = models.UUIDField()
    report_ids = models.JSONField(default=list)
    viewer_kind = models.CharField(max_length=12, choices=[(k, k) for k in ViewerKind])
    user_id = models.UUIDField(null=True)
    viewer_name = models.CharField(max_length=300, blank=True)
    hpr_number = models.CharField(max_length=20, blank=True)
    role_code = models.CharField(max_length=3, blank=True)
    organization_id = models.UUIDField(null=True)
    organization_name = models.CharField(max_length=300, blank=True)
    basis = models.CharField(max_length=20, choices=AccessBasis, blank=True)
    purpose_of_use = models.CharField(max_length=6, choices=PurposeOfUse, blank=True)
    justification = models.TextField(blank=True)
    care_relationship_id = models.UUIDField(null=True)
    is_permitted = models.BooleanField()
    reason = models.CharField(max_length=30, choices=[(r, r) for r in Reason])
    rule = models.CharField(max_length=30)

    class Meta:
        indexes = [
            models.Index(fields=["patient_id", "-at"], name="log_of_patient"),
            models.Index(
                fields=["user_id", "patient_id"], name="log_of_viewer_and_patient"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
