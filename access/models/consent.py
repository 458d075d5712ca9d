"""What a patient has agreed to, for one course of treatment."""

from django.db import models
from django.db.models import F, Q

from results.models.uuids import new_id


class Consent(models.Model):
    """«Samtykke» to one person's looks for one organisation, until the course is over
    or it is withdrawn; stated by the one who was given it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    patient_id = models.UUIDField()
    hpr_number = models.CharField(max_length=20)
    given_to = models.CharField(max_length=300, blank=True)
    organization_id = models.UUIDField()
    given_at = models.DateTimeField()
    valid_to = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient_id", "hpr_number", "organization_id"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_one_running",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("given_at")), name="consent_has_an_end"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
