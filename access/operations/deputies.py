"""Who assesses for another: set by the one who is covered, for a time, and ended."""

import datetime
import uuid

from django.db.models import Q

from access.models import AssessmentDeputy, RoleAssignment
from access.terms import Viewer
from results.models.signed import in_force


def set_deputy(
    viewer: Viewer,
    *,
    deputy_hpr: str,
    valid_from: datetime.date,
    valid_to: datetime.date | None,
    at: datetime.datetime,
) -> uuid.UUID | None:
    """Let a colleague assess what the viewer has asked for; the end exclusive. None for
    oneself, and for whoever holds no role in the organisation that day."""
    workplace, user_id = viewer.organization_id, viewer.user_id
    if deputy_hpr == viewer.hpr_number or workplace is None or user_id is None:
        return None
    is_colleague = RoleAssignment.objects.filter(
        in_force(valid_from),
        hpr_number=deputy_hpr,
        organization_id=workplace,
    ).exists()
    if not is_colleague:
        return None
    return AssessmentDeputy.objects.create(
        organization_id=workplace,
        covered_hpr=viewer.hpr_number,
        deputy_hpr=deputy_hpr,
        valid_from=valid_from,
        valid_to=valid_to,
        set_by=user_id,
        set_at=at,
    ).id


def end_deputy(viewer: Viewer, deputy_id: uuid.UUID, *, day: datetime.date) -> bool:
    """End one of the viewer's own from today. False for another's, or one that is
    over."""
    workplace = viewer.organization_id
    if not viewer.hpr_number or workplace is None:
        return False
    standing = AssessmentDeputy.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=day),
        pk=deputy_id,
        covered_hpr=viewer.hpr_number,
        organization_id=workplace,
    )
    found = standing.first()
    if found is None:
        return False
    found.valid_to = max(day, found.valid_from)
    found.save(update_fields=["valid_to"])
    return True
