"""Who is signed in, in which browser, since when, and why it ended."""

from django.db import models
from django.db.models import F, Q

from access.models.role_assignment import RoleAssignment
from access.models.user import User
from access.vocabulary import (
    SessionEnd,
)
from results.models.uuids import new_id


class UserSession(models.Model):
    """One person's login in one browser; what is ended here is ended everywhere.

    It has a key of its own, since the cookie's changes while the login lasts. The role
    is held by key alone: one that is taken away leaves nothing, and ends the session.
    `patient_id` is the one patient it may be used for, when an EHR system opened it,
    and `calling_system` what that system calls itself.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    provider = models.CharField(max_length=20)
    provider_session_id = models.CharField(max_length=255, blank=True)
    security_level = models.PositiveSmallIntegerField()
    role_assignment = models.ForeignKey(
        RoleAssignment,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        null=True,
    )
    patient_id = models.UUIDField(null=True)
    calling_system = models.CharField(max_length=512, blank=True, default="")
    browser = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(
        max_length=20, choices=[(r.value, r.value) for r in SessionEnd], blank=True
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["user", "-started_at"],
                condition=Q(ended_at__isnull=True),
                name="session_open_of_user",
            ),
            models.Index(
                fields=["provider_session_id"],
                condition=~Q(provider_session_id=""),
                name="session_at_the_provider",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("started_at")),
                name="session_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end_reason="")
                | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
                name="session_ended_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
