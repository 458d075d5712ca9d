"""Who acts in which role for whom."""

import datetime
import uuid

from access.models import RoleAssignment


def assign_role(
    *,
    hpr_number: str,
    organization_id: uuid.UUID,
    role_code: str,
    valid_from: datetime.date,
    valid_to: datetime.date | None = None,
) -> uuid.UUID:
    """The person acts in this role for this organisation, from one day to another."""
    assignment, _ = RoleAssignment.objects.update_or_create(
        hpr_number=hpr_number,
        organization_id=organization_id,
        role_code=role_code,
        valid_from=valid_from,
        defaults={"valid_to": valid_to},
    )
    return assignment.id
