"""What changes who may see: signing in, registering, assigning, stating a need."""

from access.operations.clients import register_client_system, served_by_ehr
from access.operations.consents import CONSENTED, keep_consent, withdraw_consent
from access.operations.contacts import (
    choose_notices,
    confirm_contact,
    remove_contact,
    set_contact,
)
from access.operations.deputies import end_deputy, set_deputy
from access.operations.launches import (
    begin_launched_session,
    end_launch,
    forget_launches,
    prepare_launch,
    redeem_launch,
    refresh_launch,
)
from access.operations.needs import end_need, hold, state_need
from access.operations.orders import Caller, LaunchRefused, Opening, Order
from access.operations.organizations import (
    register_organization,
    register_source_system,
)
from access.operations.overrides import explain_override, note_elevation
from access.operations.patient_safety import Delay, delay_own_answer
from access.operations.people import appoint_administrator, person_known_by, sign_in
from access.operations.policies import answer_policy
from access.operations.preferences import Preferences, prefer, preferences_of
from access.operations.records import continue_record, end_record
from access.operations.releases import decide_release, release_by_rule
from access.operations.repeat_advice import count_repeat_advice
from access.operations.representing import (
    Origin,
    Terms,
    end_fact,
    end_representation,
    is_address_protected,
    is_dead,
    let_parent_see,
    register_fact,
    register_representation,
    stop_parent_seeing,
)
from access.operations.reservations import (
    close_digital_access,
    end_reservation,
    open_digital_access,
    reserve,
)
from access.operations.restrictions import (
    ensure_patient_policy,
    lift_limit,
    set_block,
    set_restriction,
)
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
from results.operations.explanations import (
    DemonstrationText,
    load_demonstration_texts,
)
from results.operations.repeat_intervals import (
    DemonstrationInterval,
    load_demonstration_intervals,
)

__all__ = [
    "CONSENTED",
    "HELSEID",
    "Caller",
    "Delay",
    "DemonstrationInterval",
    "DemonstrationText",
    "LaunchRefused",
    "Opening",
    "Order",
    "Origin",
    "Preferences",
    "Terms",
    "answer_policy",
    "appoint_administrator",
    "assign_role",
    "begin_launched_session",
    "begin_session",
    "choose_notices",
    "choose_workplace",
    "close_digital_access",
    "confirm_contact",
    "continue_record",
    "continue_session",
    "count_repeat_advice",
    "decide_release",
    "delay_own_answer",
    "end_deputy",
    "end_fact",
    "end_launch",
    "end_need",
    "end_other_sessions",
    "end_own_session",
    "end_record",
    "end_representation",
    "end_reservation",
    "end_session",
    "end_sessions",
    "end_stale_sessions",
    "ensure_patient_policy",
    "explain_override",
    "forget_launches",
    "has_workplace",
    "hold",
    "idle_limit",
    "is_address_protected",
    "is_dead",
    "keep_consent",
    "let_parent_see",
    "lift_limit",
    "load_demonstration_intervals",
    "load_demonstration_texts",
    "longest_session",
    "note_elevation",
    "note_use",
    "open_digital_access",
    "person_known_by",
    "prefer",
    "preferences_of",
    "prepare_launch",
    "redeem_launch",
    "refresh_launch",
    "register_client_system",
    "register_fact",
    "register_organization",
    "register_representation",
    "register_source_system",
    "release_by_rule",
    "remove_contact",
    "reserve",
    "served_by_ehr",
    "set_block",
    "set_contact",
    "set_deputy",
    "set_restriction",
    "sign_in",
    "state_need",
    "stop_parent_seeing",
    "withdraw_consent",
]
