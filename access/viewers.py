"""Who is looking: from a user and a session to a Viewer."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from access.models import RoleAssignment, User, UserSession
from access.operations import HELSEID, end_session, idle_limit, note_use
from access.policies import policies_on
from access.terms import (
    ANONYMOUS,
    Viewer,
    ViewerKind,
)
from access.vocabulary import (
    SessionEnd,
)

_IDPORTEN = "idporten"
# A page and all it fetches is one use; more exact than this, idle limits are not.
_USE_IS_NOTED_EVERY = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Visit:
    """A viewer and the provider that vouched; `ended` says why there is none."""

    viewer: Viewer = ANONYMOUS
    provider: str = ""
    ended: SessionEnd | None = None


def visit(
    user: User | AnonymousUser, session_key: object, *, at: datetime | None = None
) -> Visit:
    """The visit of this browser; its session is ended here when its time is over.

    `session_key` is what `access.operations.begin_session` gave. One query, and one a
    minute to note that the session is in use.
    """
    now = at or timezone.now()
    session = _session_of(session_key)
    if session is None:
        return Visit(ended=SessionEnd.UNKNOWN)
    if session.ended_at is not None:
        return Visit(ended=SessionEnd(session.end_reason))
    if over := _why_over(session, user, now):
        end_session(session.id, reason=over, at=now)
        return Visit(ended=over)
    if now - session.last_seen_at >= _USE_IS_NOTED_EVERY:
        note_use(session.id, at=now)
    return Visit(viewer=viewer_of(session), provider=session.provider)


def viewer_of(session: UserSession) -> Viewer:
    """The viewer of this session; ANONYMOUS unless one of our two providers vouched."""
    if session.provider == _IDPORTEN:
        return Viewer(
            kind=ViewerKind.CITIZEN,
            user_id=session.user.id,
            name=session.user.name,
            patient_id=session.user.patient_id,
            security_level=session.security_level,
            session_id=session.id,
        )
    return _practitioner(session) if session.provider == HELSEID else ANONYMOUS


def fresh_login_seconds() -> int:
    """How old a login may be where something important is changed. One query."""
    return 60 * policies_on(timezone.localdate()).fresh_login_minutes


def _practitioner(session: UserSession) -> Viewer:
    user, role = session.user, session.role_assignment
    return Viewer(
        kind=ViewerKind.PRACTITIONER,
        user_id=user.id,
        name=user.name,
        hpr_number=user.hpr_number,
        role_code=role.role_code if role else "",
        organization_id=role.organization_id if role else None,
        organization_name=role.organization.name if role else "",
        patient_id=user.patient_id,
        security_level=session.security_level,
        session_id=session.id,
        only_patient_id=session.patient_id,
        calling_system=session.calling_system,
    )


def _session_of(key: object) -> UserSession | None:
    try:
        known = uuid.UUID(str(key))
    except ValueError:
        return None
    with_all = UserSession.objects.select_related(
        "user", "role_assignment__organization"
    )
    return with_all.filter(pk=known).first()


def _why_over(
    session: UserSession, user: User | AnonymousUser, at: datetime
) -> SessionEnd | None:
    if not session.user.is_active:
        return SessionEnd.USER_DISABLED
    if user.pk != session.user_id:
        return SessionEnd.UNKNOWN
    if at >= session.ends_at:
        return SessionEnd.TOO_LONG
    if at - session.last_seen_at >= idle_limit(session.provider):
        return SessionEnd.IDLE
    return None if _holds_role(session, at) else SessionEnd.ROLE_ENDED


def _holds_role(session: UserSession, at: datetime) -> bool:
    """True also when no role is chosen; a role that was taken away leaves its key."""
    if session.role_assignment_id is None:
        return True
    role: RoleAssignment | None = session.role_assignment
    if role is None or role.hpr_number != session.user.hpr_number:
        return False
    day = timezone.localdate(at)
    return role.valid_from <= day and (role.valid_to is None or day < role.valid_to)
