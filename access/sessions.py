"""What a person may read of their own sessions and workplaces."""

import datetime
import uuid
from dataclasses import dataclass

from django.utils import timezone

from access.facts import in_force
from access.models import RoleAssignment, UserSession
from access.roles import role_name
from access.terms import Viewer


@dataclass(frozen=True, slots=True)
class Workplace:
    """A role the person holds today; `is_usual` is the one they chose last."""

    id: uuid.UUID
    role_code: str
    organization_name: str
    organization_number: str = ""
    is_usual: bool = False
    is_current: bool = False

    @property
    def role(self) -> str:
        return role_name(self.role_code)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One of the person's sessions that is not over."""

    id: uuid.UUID
    started_at: datetime.datetime
    last_seen_at: datetime.datetime
    ends_at: datetime.datetime
    browser: str
    organization_name: str
    is_current: bool
    is_from_ehr: bool


def workplaces_of(
    viewer: Viewer, *, at: datetime.datetime | None = None
) -> tuple[Workplace, ...]:
    """The roles the person holds today, by name of the organisation. Three queries."""
    if not viewer.hpr_number or viewer.user_id is None or viewer.session_id is None:
        return ()
    held = RoleAssignment.objects.filter(
        in_force(at or timezone.now()), hpr_number=viewer.hpr_number
    ).select_related("organization")
    roles = list(held.order_by("organization__name", "role_code", "id"))
    current, usual = _chosen(viewer.user_id, viewer.session_id)
    return tuple(
        Workplace(
            id=role.id,
            role_code=role.role_code,
            organization_name=role.organization.name,
            organization_number=role.organization.organization_number or "",
            is_usual=role.id == usual,
            is_current=role.id == current,
        )
        for role in roles
    )


def organization_number_of(session_id: uuid.UUID) -> str:
    """Of the workplace chosen in the session; empty where none is, or it has none. One
    query."""
    numbers = UserSession.objects.filter(pk=session_id).values_list(
        "role_assignment__organization__organization_number", flat=True
    )
    return numbers.first() or ""


def sessions_of(
    viewer: Viewer, *, at: datetime.datetime | None = None
) -> tuple[SessionLine, ...]:
    """The person's sessions that are not over, the one in use first. One query."""
    if viewer.user_id is None:
        return ()
    rows = UserSession.objects.filter(
        user_id=viewer.user_id, ended_at=None, ends_at__gt=at or timezone.now()
    ).select_related("role_assignment__organization")
    lines = [_line(row, viewer) for row in rows.order_by("-last_seen_at", "-id")]
    return tuple(sorted(lines, key=lambda line: not line.is_current))


def _chosen(
    user_id: uuid.UUID, session_id: uuid.UUID
) -> tuple[uuid.UUID | None, uuid.UUID | None]:
    """The role of this session, and the one chosen last in any."""
    mine = UserSession.objects.filter(user_id=user_id, patient_id=None)
    current = mine.filter(pk=session_id).values_list("role_assignment_id")
    usual = mine.exclude(role_assignment_id=None).order_by("-started_at", "-id")
    now, last = current.first(), usual.values_list("role_assignment_id").first()
    return (now[0] if now else None), (last[0] if last else None)


def _line(row: UserSession, viewer: Viewer) -> SessionLine:
    role = row.role_assignment
    return SessionLine(
        id=row.id,
        started_at=row.started_at,
        last_seen_at=row.last_seen_at,
        ends_at=row.ends_at,
        browser=row.browser,
        organization_name=role.organization.name if role else "",
        is_current=row.id == viewer.session_id,
        is_from_ehr=row.patient_id is not None,
    )
