"""Loads all that a decision needs, in three queries at most."""

import uuid
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from access.models import CareRelationship, RoleAssignment, RoleCapability
from access.permissions import Permission
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


def load_facts(request: AccessRequest) -> Facts:
    """Facts about a practitioner's role and need; a citizen needs none of them."""
    viewer = request.viewer
    if viewer.kind is not ViewerKind.PRACTITIONER:
        return Facts()
    # Without a session nothing was stated in it: `session_id=None` would be a query
    # for what was stated before sessions were kept.
    if viewer.session_id is None or viewer.organization_id is None:
        return Facts()
    latest = _latest_need(
        session_id=viewer.session_id,
        patient_id=request.patient_id,
        organization_id=viewer.organization_id,
        role_code=viewer.role_code,
    )
    grant = _grant(latest, request.at)
    return Facts(
        role=_role(viewer, request.at),
        is_organization_approved=_holds_role_in_approved(viewer, request.at),
        grant=grant,
        has_expired_grant=latest is not None and grant is None,
    )


def in_force(at: datetime) -> Q:
    """Rows whose `valid_from`–`valid_to` holds the day in Norway; the end exclusive."""
    day = timezone.localdate(at)
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def _role(viewer: Viewer, at: datetime) -> RoleFact | None:
    capability = (
        RoleCapability.objects.filter(in_force(at), role_code=viewer.role_code)
        .order_by("-valid_from")
        .first()
    )
    if capability is None:
        return None
    return RoleFact(
        role_code=capability.role_code,
        permissions=_permissions(capability),
        only_in_emergency=capability.only_in_emergency,
    )


def _permissions(capability: RoleCapability) -> frozenset[Permission]:
    held = {
        Permission.OPEN_REPORTS: capability.may_open,
        Permission.USE_EMERGENCY: capability.may_use_emergency,
    }
    return frozenset(p for p, is_held in held.items() if is_held)


def _holds_role_in_approved(viewer: Viewer, at: datetime) -> bool:
    """Asked at every request, so that a role that ends, ends at once."""
    return RoleAssignment.objects.filter(
        in_force(at),
        Q(organization=viewer.organization_id, organization__is_approved=True),
        hpr_number=viewer.hpr_number,
        role_code=viewer.role_code,
    ).exists()


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
