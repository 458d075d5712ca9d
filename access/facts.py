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
    grant, has_expired_grant = _grant(viewer, request.patient_id, request.at)
    return Facts(
        role=_role(viewer, request.at),
        is_organization_approved=_holds_role_in_approved(viewer, request.at),
        grant=grant,
        has_expired_grant=has_expired_grant,
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
        hpr_number=viewer.hpr_number,
        role_code=viewer.role_code,
        organization_id=viewer.organization_id,
        organization__is_approved=True,
    ).exists()


def _grant(
    viewer: Viewer, patient_id: uuid.UUID, at: datetime
) -> tuple[Grant | None, bool]:
    latest = (
        CareRelationship.objects.filter(
            user_id=viewer.user_id,
            patient_id=patient_id,
            organization_id=viewer.organization_id,
            role_code=viewer.role_code,
        )
        .order_by("-attested_at", "-id")
        .first()
    )
    if latest is None or latest.ended_at is not None or latest.expires_at <= at:
        return None, latest is not None
    grant = Grant(
        id=latest.id,
        basis=AccessBasis(latest.basis),
        purpose=PurposeOfUse(latest.purpose_of_use),
        expires_at=latest.expires_at,
    )
    return grant, False
