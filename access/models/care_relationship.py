"""The evidence of need: what was stated when a patient was opened, and until when."""

from django.db import models
from django.db.models import F, Q

from access.terms import AccessBasis, ExemptGround, PurposeOfUse
from results.models.uuids import new_id


class CareRelationship(models.Model):
    """«Behandlerrelasjon» as attested by the viewer for one patient, ≤ 60 minutes.

    It holds in the session it was stated in, and ends with it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user_id = models.UUIDField()
    # Empty only in what was stated before sessions were kept; that opens nothing.
    session_id = models.UUIDField(null=True)
    patient_id = models.UUIDField()
    organization_id = models.UUIDField()
    role_code = models.CharField(max_length=3)
    basis = models.CharField(max_length=20, choices=AccessBasis)
    purpose_of_use = models.CharField(max_length=6, choices=PurposeOfUse)
    justification = models.TextField(blank=True)
    exempt_ground = models.CharField(max_length=12, choices=ExemptGround, blank=True)
    assessed_by = models.CharField(max_length=200, blank=True)
    assessed_on = models.DateField(null=True)
    attested_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["session_id", "patient_id", "-attested_at"],
                name="care_relationship_in_session",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(exempt_ground="no-capacity")
                | (~Q(assessed_by="") & Q(assessed_on__isnull=False)),
                name="care_relationship_capacity_was_assessed",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("attested_at")),
                name="care_relationship_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("attested_at")),
                name="care_relationship_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["session_id"],
                condition=Q(ended_at__isnull=True),
                name="care_relationship_one_open_a_session",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
