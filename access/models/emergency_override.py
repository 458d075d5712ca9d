"""What was closed and was opened in an emergency, until it has been explained."""

from django.db import models
from django.db.models import F, Q

from access.terms import EmergencyReason
from results.models.uuids import new_id

TEXT_CONTEXT = "access.emergency"


class EmergencyOverride(models.Model):
    """«Nødtilgang»: one person opened one patient. The explanation is encrypted: it
    tells of the patient. Reviewed afterwards by the organisation's controller."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    care_relationship_id = models.UUIDField(unique=True)
    patient_id = models.UUIDField()
    user_id = models.UUIDField()
    organization_id = models.UUIDField()
    reason_code = models.CharField(max_length=20, choices=EmergencyReason)
    is_unneeded = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    text_due_at = models.DateTimeField()
    text_encrypted = models.BinaryField(null=True)
    explained_at = models.DateTimeField(null=True)
    review_due_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["user_id"],
                condition=Q(explained_at__isnull=True),
                name="override_not_explained",
            ),
            models.Index(
                fields=["organization_id", "opened_at"], name="override_in_organization"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(text_due_at__gt=F("opened_at"))
                & Q(review_due_at__gt=F("opened_at")),
                name="override_deadlines_come_after",
            ),
            models.CheckConstraint(
                condition=Q(explained_at__isnull=True, text_encrypted__isnull=True)
                | Q(explained_at__isnull=False, text_encrypted__isnull=False),
                name="override_explained_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
