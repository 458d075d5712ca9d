"""Who is looking: from a user and a session to a Viewer."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from access.facts import in_force
from access.models import RoleAssignment, User
from access.terms import ANONYMOUS, Viewer, ViewerKind

_HELSEID = "helseid"
_IDPORTEN = "idporten"


def viewer_of(
    user: User | AnonymousUser,
    session: Mapping[str, object],
    *,
    at: datetime | None = None,
) -> Viewer:
    """The viewer of this session; ANONYMOUS unless one of our two providers vouched.

    The session holds `provider` and `security_level` as written at login. One query for
    personnel (their role and organisation), none for citizens.
    """
    provider = session.get("provider")
    if not isinstance(user, User) or not user.is_active:
        return ANONYMOUS
    level = session.get("security_level")
    security_level = level if isinstance(level, int) else 0
    if provider == _IDPORTEN:
        return Viewer(
            kind=ViewerKind.CITIZEN,
            user_id=user.id,
            name=user.name,
            patient_id=user.patient_id,
            security_level=security_level,
        )
    if provider == _HELSEID:
        return _practitioner(user, security_level, at or timezone.now())
    return ANONYMOUS


def _practitioner(user: User, security_level: int, at: datetime) -> Viewer:
    role = _current_role(user.hpr_number, at)
    return Viewer(
        kind=ViewerKind.PRACTITIONER,
        user_id=user.id,
        name=user.name,
        hpr_number=user.hpr_number,
        role_code=role.role_code if role else "",
        organization_id=role.organization_id if role else None,
        organization_name=role.organization.name if role else "",
        patient_id=user.patient_id,
        security_level=security_level,
    )


def _current_role(hpr_number: str, at: datetime) -> RoleAssignment | None:
    if not hpr_number:
        return None
    return (
        RoleAssignment.objects.filter(in_force(at), hpr_number=hpr_number)
        .select_related("organization")
        .order_by("-valid_from", "id")
        .first()
    )
