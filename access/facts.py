"""Loads all that a decision needs, in four queries at most."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from access.limits import Limits, RestrictionScope
from access.models import CareRelationship, RoleAssignment, RoleCapability
from access.permissions import Permission
from access.policies import policies_on
from access.terms import (
    AccessBasis,
    AccessRequest,
    Facts,
    Grant,
    PurposeOfUse,
    RoleFact,
    Viewer,
    ViewerKind,
)
from results.models import Organization
from results.vocabulary import Discipline


def load_facts(request: AccessRequest) -> Facts:
    """Facts about a practitioner's role and need; a citizen needs none of them."""
    viewer = request.viewer
    if viewer.kind is not ViewerKind.PRACTITIONER:
        return Facts()
    policies = policies_on(timezone.localdate(request.at))
    # Without a session nothing was stated in it: `session_id=None` would be a query
    # for what was stated before sessions were kept.
    if viewer.session_id is None or viewer.organization_id is None:
        return Facts(policies=policies)
    latest = _latest_need(
        session_id=viewer.session_id,
        patient_id=request.patient_id,
        organization_id=viewer.organization_id,
        role_code=viewer.role_code,
    )
    grant = _grant(latest, request.at)
    role, is_organization_approved = _standing(viewer, request.at)
    limits, report_category = _limits(request)
    return Facts(
        role=role,
        is_organization_approved=is_organization_approved,
        grant=grant,
        has_expired_grant=latest is not None and grant is None,
        limits=limits,
        report_category=report_category,
        policies=policies,
    )


def in_force(at: datetime) -> Q:
    """Rows whose `valid_from`–`valid_to` holds the day in Norway; the end exclusive."""
    day = timezone.localdate(at)
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def _standing(viewer: Viewer, at: datetime) -> tuple[RoleFact | None, bool]:
    """What the role may do, and whether the viewer holds it for an approved
    organisation; asked at every request, so that a role that ends, ends at once."""
    held = RoleAssignment.objects.filter(
        in_force(at),
        organization=OuterRef("pk"),
        hpr_number=viewer.hpr_number,
        role_code=viewer.role_code,
    )
    capabilities = RoleCapability.objects.filter(
        in_force(at), role_code=viewer.role_code
    ).order_by("valid_from")
    organization = (
        Organization.objects.filter(pk__in=[viewer.organization_id])
        .annotate(is_held=Exists(held), allowed=ArraySubquery(_as_json(capabilities)))
        .values_list("is_approved", "is_held", "allowed")
        .first()
    )
    if organization is None:
        return None, False
    is_approved, is_held, allowed = organization
    role = _role(viewer.role_code, allowed) if allowed else None
    return role, is_approved and is_held


_CAPABILITIES = {
    "may_open": Permission.OPEN_REPORTS,
    "may_use_emergency": Permission.USE_EMERGENCY,
    "may_elevate": Permission.ELEVATE,
    "may_set_restrictions": Permission.SET_RESTRICTIONS,
}


def _as_json(capabilities: QuerySet[RoleCapability]) -> QuerySet[Any, Any]:
    names = (*_CAPABILITIES, "category", "only_in_emergency")
    return capabilities.values(json=JSONObject(**{name: name for name in names}))


def _role(role_code: str, allowed: Iterable[dict[str, Any]]) -> RoleFact:
    """The last row of a discipline holds; of all of them when it names none."""
    rows = {row["category"]: row for row in allowed}
    held = {category: _permissions(row) for category, row in rows.items()}
    return RoleFact(
        role_code=role_code,
        permissions=frozenset().union(*held.values()),
        only_in_emergency=all(row["only_in_emergency"] for row in rows.values()),
        by_category={**{d: held.get("", frozenset()) for d in Discipline}, **held},
    )


def _permissions(allowed: dict[str, Any]) -> frozenset[Permission]:
    return frozenset(p for name, p in _CAPABILITIES.items() if allowed[name])


def _limits(request: AccessRequest) -> tuple[Limits, str]:
    """What meets this viewer, all of one moment, and the discipline of the report that
    is asked for, when it is the patient's. A row without a beginning began when it was
    set: clocks differ, and who set it has been told that it holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            _LIMITS,
            {
                "patient": request.patient_id,
                "report": request.report_id,
                "hpr_number": request.viewer.hpr_number,
                "organization": request.viewer.organization_id,
                "at": request.at,
            },
        )
        version, is_blocked, scopes, categories, reports, category = cursor.fetchone()
    limits = Limits(
        version=version,
        is_blocked=is_blocked,
        is_all_closed=RestrictionScope.ALL in scopes,
        categories=frozenset(filter(None, categories)),
        report_ids=frozenset(filter(None, reports)),
    )
    return limits, category or ""


_HOLDS = """
    patient_id = %(patient)s AND (valid_from IS NULL OR valid_from <= %(at)s)
    AND (valid_to IS NULL OR valid_to > %(at)s)
"""
_LIMITS = f"""
    WITH closed AS (
        SELECT scope, category, report_id FROM access_accessrestriction
        WHERE {_HOLDS}
        AND (organization_id IS NULL OR organization_id = %(organization)s)
    )
    SELECT
        (SELECT version FROM access_patientpolicy WHERE patient_id = %(patient)s),
        EXISTS (SELECT FROM access_practitionerblock
                WHERE {_HOLDS} AND hpr_number = %(hpr_number)s),
        ARRAY(SELECT scope FROM closed),
        ARRAY(SELECT category FROM closed),
        ARRAY(SELECT report_id FROM closed),
        (SELECT category FROM results_diagnosticreportversion
         WHERE report_id = %(report)s AND patient_id = %(patient)s AND is_current)
"""  # noqa: S608 - put together from constants


def _latest_need(**key: uuid.UUID | str) -> CareRelationship | None:
    needs = CareRelationship.objects.filter(**key)
    return needs.order_by("-attested_at", "-id").first()


def _grant(need: CareRelationship | None, at: datetime) -> Grant | None:
    if need is None or need.ended_at is not None or need.expires_at <= at:
        return None
    return Grant(
        id=need.id,
        basis=AccessBasis(need.basis),
        purpose=PurposeOfUse(need.purpose_of_use),
        expires_at=need.expires_at,
    )
