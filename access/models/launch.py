"""What an EHR system asked us to open, until a browser comes to open it."""

from django.db import models
from django.db.models import F, Q

from access.models.role_assignment import RoleAssignment
from access.models.session import UserSession
from access.models.user import User
from access.terms import AccessBasis, PurposeOfUse
from results.models.uuids import new_id

NUMBER_CONTEXT = "launch.number"
ATTESTATION_CONTEXT = "launch.attestation"


class Launch(models.Model):
    """One opening for one person, in one role, of one patient.

    Of the code only its hash is kept, and the patient's number, encrypted, only until
    the code is used or too old. The attestation stays with what it opened.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code_digest = models.BinaryField(max_length=32, unique=True)
    challenge = models.CharField(max_length=43)
    client_id = models.CharField(max_length=200)
    source_system = models.CharField(max_length=512)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    security_level = models.PositiveSmallIntegerField()
    role_assignment = models.ForeignKey(
        RoleAssignment,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        null=True,
    )
    basis = models.CharField(max_length=20, choices=AccessBasis)
    purpose_of_use = models.CharField(max_length=6, choices=PurposeOfUse)
    number_encrypted = models.BinaryField(null=True)
    attestation_encrypted = models.BinaryField()
    created_at = models.DateTimeField()
    code_expires_at = models.DateTimeField()
    token_expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    session = models.OneToOneField(
        UserSession, on_delete=models.CASCADE, related_name="+", null=True
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["code_expires_at"],
                condition=Q(number_encrypted__isnull=False),
                name="launch_with_a_number",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(code_expires_at__gt=F("created_at")),
                name="launch_code_expires",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(number_encrypted__isnull=True),
                name="launch_forgets_the_number_when_used",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
