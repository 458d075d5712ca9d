"""What changes who may see: signing in, registering, assigning, stating a need."""

from access.operations.needs import LONGEST_GRANT, end_need, hold, state_need
from access.operations.organizations import (
    register_organization,
    register_source_system,
)
from access.operations.people import appoint_administrator, sign_in
from access.operations.roles import assign_role

__all__ = [
    "LONGEST_GRANT",
    "appoint_administrator",
    "assign_role",
    "end_need",
    "hold",
    "register_organization",
    "register_source_system",
    "sign_in",
    "state_need",
]
