"""What changes who may see: signing in, registering, assigning, stating a need."""

from access.operations.needs import LONGEST_GRANT, end_need, hold, state_need
from access.operations.organizations import (
    register_organization,
    register_source_system,
)
from access.operations.people import appoint_administrator, sign_in
from access.operations.roles import assign_role
from access.operations.sessions import (
    HELSEID,
    begin_session,
    choose_workplace,
    continue_session,
    end_other_sessions,
    end_own_session,
    end_session,
    end_sessions,
    end_stale_sessions,
    has_workplace,
    idle_limit,
    longest_session,
    note_use,
)

__all__ = [
    "HELSEID",
    "LONGEST_GRANT",
    "appoint_administrator",
    "assign_role",
    "begin_session",
    "choose_workplace",
    "continue_session",
    "end_need",
    "end_other_sessions",
    "end_own_session",
    "end_session",
    "end_sessions",
    "end_stale_sessions",
    "has_workplace",
    "hold",
    "idle_limit",
    "longest_session",
    "note_use",
    "register_organization",
    "register_source_system",
    "sign_in",
    "state_need",
]
