"""Loads all that a decision needs, in one query."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from access.facts.assessing import to_assess_by
from access.facts.people import people_of
from access.facts.releases import decided_for
from access.facts.statement import FACTS
from access.limits import Limits, RestrictionScope
from access.models import User
from access.permissions import Permission
from access.policies import policies_of, policies_on
from access.terms import (
    ABOUT_ONE_REPORT,
    ASSESSING,
    OVER_SEVERAL,
    AccessBasis,
    AccessRequest,
    Action,
    Facts,
    Grant,
    PurposeOfUse,
    RoleFact,
    ViewerKind,
)
from results.models.signed import in_force as in_force_on
from results.vocabulary import Discipline


def load_facts(request: AccessRequest) -> Facts:
    """Facts about a practitioner's role, need and the patient's limits, of one moment;
    for a citizen, who both are, what the one holds of the other, and what has been
    released."""
    if request.viewer.kind is ViewerKind.CITIZEN:
        return _facts_of_citizen(request)
    if request.viewer.kind is ViewerKind.HELP_DESK:
        return Facts(is_help_desk=works_at_help_desk(request.viewer.user_id))
    if request.viewer.kind is not ViewerKind.PRACTITIONER:
        return Facts()
    # Without a session nothing was stated in it, and without an organisation no role is
    # held: a refusal, whatever else is so.
    if request.viewer.session_id is None or request.viewer.organization_id is None:
        return Facts(policies=policies_on(timezone.localdate(request.at)))
    row = _row(request)
    grant = _grant(row, request.at)
    facts = Facts(
        role=_role(request.viewer.role_code, row.capabilities),
        is_organization_approved=bool(row.is_approved and row.is_held),
        grant=grant,
        has_expired_grant=row.need_id is not None and grant is None,
        limits=_limits(row),
        report_category=row.report_category or "",
        is_requester=row.is_requester,
        has_consent=row.has_consent,
        is_reserved=row.is_reserved,
        recent_refusals=row.recent_refusals,
        policies=policies_of(row.policies or ()),
    )
    return facts if request.action not in ASSESSING else _to_assess(request, facts)


def _to_assess(request: AccessRequest, facts: Facts) -> Facts:
    """Whether the answer waits for the viewer. Two queries; none for a list, which
    asks for itself."""
    if request.report_id is None:
        return facts
    found = to_assess_by(
        request.viewer,
        at=request.at,
        policies=facts.policies,
        report_id=request.report_id,
    )
    releases = {each.release.report_id: each.release for each in found}
    return replace(facts, may_assess=bool(found), releases=releases)


def _facts_of_citizen(request: AccessRequest) -> Facts:
    """Two queries; one for what shows no report."""
    day = timezone.localdate(request.at)
    found = people_of(
        viewer_patient_id=request.viewer.patient_id,
        patient_id=request.patient_id,
        report_id=request.report_id,
        day=day,
    )
    facts = Facts(
        people=found.people,
        is_digitally_closed=found.is_closed,
        policies=found.policies,
        report_category=found.report_category,
    )
    if request.action not in _ABOUT_REPORTS:
        return facts
    decided = decided_for(request.patient_id, request.report_id, day=day)
    return replace(facts, release_version=decided.version, releases=decided.releases)


_ABOUT_REPORTS = (*OVER_SEVERAL, *ABOUT_ONE_REPORT)


def works_at_help_desk(user_id: UUID | None) -> bool:
    """Whether this person does. One query."""
    if user_id is None:
        return False
    return User.objects.filter(pk=user_id, is_help_desk=True, is_active=True).exists()


def in_force(at: datetime) -> Q:
    """Rows whose `valid_from`–`valid_to` holds the day in Norway; the end exclusive."""
    return in_force_on(timezone.localdate(at))


def _row(request: AccessRequest) -> SimpleNamespace:
    viewer = request.viewer
    given: dict[str, Any] = {
        "at": request.at,
        "day": timezone.localdate(request.at),
        "patient": request.patient_id,
        "report": request.report_id,
        "user": viewer.user_id,
        "is_opening": request.action is Action.OPEN_PATIENT,
        "session": viewer.session_id,
        "organization": viewer.organization_id,
        "hpr_number": viewer.hpr_number,
        "role": viewer.role_code,
    }
    with connection.cursor() as cursor:
        cursor.execute(FACTS, given)
        names = [column.name for column in cursor.description]
        return SimpleNamespace(**dict(zip(names, cursor.fetchone(), strict=True)))


_CAPABILITIES = {
    "may_open": Permission.OPEN_REPORTS,
    "may_use_emergency": Permission.USE_EMERGENCY,
    "may_elevate": Permission.ELEVATE,
    "may_set_restrictions": Permission.SET_RESTRICTIONS,
    "may_decide_release": Permission.DECIDE_RELEASE,
}


def _role(role_code: str, allowed: Iterable[dict[str, Any]] | None) -> RoleFact | None:
    """The last row of a discipline holds; of all of them when it names none."""
    rows = {row["category"]: row for row in allowed or ()}
    if not rows:
        return None
    held = {category: _permissions(row) for category, row in rows.items()}
    return RoleFact(
        role_code=role_code,
        permissions=frozenset().union(*held.values()),
        only_in_emergency=all(row["only_in_emergency"] for row in rows.values()),
        by_category={**{d: held.get("", frozenset()) for d in Discipline}, **held},
    )


def _permissions(allowed: dict[str, Any]) -> frozenset[Permission]:
    return frozenset(p for name, p in _CAPABILITIES.items() if allowed[name])


def _grant(row: SimpleNamespace, at: datetime) -> Grant | None:
    if row.need_id is None or row.ended_at is not None or row.expires_at <= at:
        return None
    return Grant(
        id=row.need_id,
        basis=AccessBasis(row.basis),
        purpose=PurposeOfUse(row.purpose_of_use),
        expires_at=row.expires_at,
    )


def _limits(row: SimpleNamespace) -> Limits:
    return Limits(
        version=row.version,
        is_blocked=row.is_blocked,
        is_all_closed=RestrictionScope.ALL in row.scopes,
        categories=frozenset(filter(None, row.categories)),
        report_ids=frozenset(filter(None, row.report_ids)),
    )
