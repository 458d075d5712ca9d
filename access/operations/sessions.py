"""Sessions begin, are used, get a workplace, and end: here or at the provider."""

import datetime
import uuid

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from access.facts import in_force
from access.models import RoleAssignment, User, UserSession
from access.operations.needs import end_need
from access.terms import (
    Viewer,
)
from access.vocabulary import (
    SessionEnd,
)

HELSEID = "helseid"


def idle_limit(provider: str) -> datetime.timedelta:
    """How long a session of this provider may lie unused."""
    idle, _longest = settings.SESSION_LIMITS[provider]
    return datetime.timedelta(minutes=idle)


def longest_session(provider: str) -> datetime.timedelta:
    """How long a session of this provider may last, however much it is used."""
    _idle, longest = settings.SESSION_LIMITS[provider]
    return datetime.timedelta(minutes=longest)


def begin_session(
    user_id: uuid.UUID,
    *,
    provider: str,
    security_level: int,
    provider_session_id: str = "",
    browser: str = "",
    at: datetime.datetime | None = None,
) -> uuid.UUID:
    """A new session, after login. Who has one workplace has it from the start."""
    now = at or timezone.now()
    user = User.objects.get(pk=user_id)
    session = UserSession.objects.create(
        user=user,
        provider=provider,
        provider_session_id=provider_session_id,
        security_level=security_level,
        role_assignment=_only_role(user, provider, now),
        browser=browser,
        started_at=now,
        last_seen_at=now,
        ends_at=now + longest_session(provider),
    )
    return session.id


def continue_session(
    session_id: uuid.UUID,
    *,
    user_id: uuid.UUID,
    security_level: int,
    provider_session_id: str = "",
    at: datetime.datetime | None = None,
) -> bool:
    """The same person has signed in anew, or higher: the time begins again.

    False when the session is over or another's, or was opened by an EHR system.
    """
    now = at or timezone.now()
    session = _open().filter(pk=session_id, user_id=user_id, patient_id=None).first()
    if session is None:
        return False
    session.security_level = security_level
    session.provider_session_id = provider_session_id
    session.started_at = session.last_seen_at = now
    session.ends_at = now + longest_session(session.provider)
    session.save()
    return True


def note_use(session_id: uuid.UUID, *, at: datetime.datetime) -> None:
    """The session was used now, so that its idle time begins again."""
    _open().filter(pk=session_id).update(
        last_seen_at=Greatest(F("last_seen_at"), Value(at))
    )


@transaction.atomic
def choose_workplace(
    viewer: Viewer, assignment_id: uuid.UUID, *, at: datetime.datetime | None = None
) -> bool:
    """Let the session act in this role from now on; what it has open is closed.

    False when the person does not hold the role today, or an EHR system chose it.
    """
    now = at or timezone.now()
    if viewer.session_id is None or not viewer.hpr_number:
        return False
    held = RoleAssignment.objects.filter(
        in_force(now), pk=assignment_id, hpr_number=viewer.hpr_number
    )
    mine = _open().filter(pk=viewer.session_id, patient_id=None)
    if not held.exists() or not mine.update(role_assignment_id=assignment_id):
        return False
    end_need(viewer.session_id, at=now)
    return True


def has_workplace(session_id: uuid.UUID) -> bool:
    """Whether a role is chosen in the session, or was the only one there is."""
    return _open().filter(pk=session_id).exclude(role_assignment_id=None).exists()


def end_session(
    session_id: uuid.UUID, *, reason: SessionEnd, at: datetime.datetime | None = None
) -> bool:
    """End one session, and what it has open. False when it was over already."""
    return _end(_open().filter(pk=session_id), reason=reason, at=at) > 0


def end_own_session(viewer: Viewer, session_id: uuid.UUID) -> bool:
    """End one of the person's own sessions, as they asked. False when it is not."""
    if viewer.user_id is None:
        return False
    mine = _open().filter(pk=session_id, user_id=viewer.user_id)
    return _end(mine, reason=SessionEnd.BY_USER) > 0


def end_other_sessions(viewer: Viewer) -> int:
    """End all the person's sessions but the one in use; gives how many."""
    if viewer.user_id is None or viewer.session_id is None:
        return 0
    others = _open().filter(user_id=viewer.user_id).exclude(pk=viewer.session_id)
    return _end(others, reason=SessionEnd.BY_USER)


def end_sessions(
    *, issuer: str, subject: str = "", provider_session_id: str = ""
) -> int:
    """End what a provider says is over (OpenID Connect Back-Channel Logout 1.0 §2.7).

    The session with this `sid`, of this subject when both are given; all of the
    subject's when there is no `sid`. Gives how many. ValueError when neither is given.
    """
    if not (subject or provider_session_id):
        raise ValueError("a logout names a subject, a session, or both")
    ending = _open().filter(user__issuer=issuer)
    if subject:
        ending = ending.filter(user__subject=subject)
    if provider_session_id:
        ending = ending.filter(provider_session_id=provider_session_id)
    return _end(ending, reason=SessionEnd.BY_PROVIDER)


def end_stale_sessions(*, at: datetime.datetime | None = None) -> int:
    """End what nobody uses any more; a request would have found it over as well."""
    now = at or timezone.now()
    ended = _end(_open().filter(ends_at__lte=now), reason=SessionEnd.TOO_LONG, at=now)
    for provider in settings.SESSION_LIMITS:
        idle_since = now - idle_limit(provider)
        idle = _open().filter(provider=provider, last_seen_at__lte=idle_since)
        ended += _end(idle, reason=SessionEnd.IDLE, at=now)
    return ended


def _open() -> QuerySet[UserSession]:
    return UserSession.objects.filter(ended_at=None)


@transaction.atomic
def _end(
    sessions: QuerySet[UserSession],
    *,
    reason: SessionEnd,
    at: datetime.datetime | None = None,
) -> int:
    now = at or timezone.now()
    ids = list(sessions.values_list("pk", flat=True))
    ended = _open().filter(pk__in=ids).update(ended_at=now, end_reason=reason)
    end_need(*ids, at=now)
    return ended


def _only_role(
    user: User, provider: str, at: datetime.datetime
) -> RoleAssignment | None:
    if provider != HELSEID or not user.hpr_number:
        return None
    held = RoleAssignment.objects.filter(in_force(at), hpr_number=user.hpr_number)
    roles = list(held[:2])
    return roles[0] if len(roles) == 1 else None
