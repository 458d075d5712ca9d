"""Loads all that a decision needs, in three queries at most."""

import uuid
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

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
    return Facts(
        role=role,
        is_organization_approved=is_organization_approved,
        grant=grant,
        has_expired_grant=latest is not None and grant is None,
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
    ).order_by("-valid_from")[:1]
    organization = (
        Organization.objects.filter(pk__in=[viewer.organization_id])
        .annotate(is_held=Exists(held), allowed=ArraySubquery(_as_json(capabilities)))
        .values_list("is_approved", "is_held", "allowed")
        .first()
    )
    if organization is None:
        return None, False
    is_approved, is_held, allowed = organization
    role = _role(viewer.role_code, allowed[0]) if allowed else None
    return role, is_approved and is_held


def _as_json(capabilities: QuerySet[RoleCapability]) -> QuerySet[Any, Any]:
    names = ("may_open", "may_use_emergency", "only_in_emergency")
    return capabilities.values(json=JSONObject(**{name: name for name in names}))


def _role(role_code: str, allowed: dict[str, bool]) -> RoleFact:
    return RoleFact(
        role_code=role_code,
        permissions=_permissions(allowed),
        only_in_emergency=allowed["only_in_emergency"],
    )


def _permissions(allowed: dict[str, bool]) -> frozenset[Permission]:
    held = {
        Permission.OPEN_REPORTS: allowed["may_open"],
        Permission.USE_EMERGENCY: allowed["may_use_emergency"],
    }
    return frozenset(p for p, is_held in held.items() if is_held)


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
