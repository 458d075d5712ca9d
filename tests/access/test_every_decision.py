"""Every combination of what a decision rests on, against the rules told another way."""

import datetime
import itertools
import uuid

from access.decision import decide
from access.limits import Limits
from access.permissions import Permission
from access.terms import (
    AccessBasis,
    Action,
    EmergencyReason,
    PurposeOfUse,
    ViewerKind,
)
from tests.access.situations import (
    KARI,
    NOW,
    OLAS_OWN_RECORD,
    a_grant,
    a_release,
    a_request,
    a_role,
    facts,
    kari,
    ola,
)

REPORT = uuid.UUID(int=70)
ALL_RIGHTS = frozenset(Permission)
VIEWERS = [
    ola(),
    ola(security_level=3),
    ola(hpr_number=""),
    ola(organization_id=None),
    ola(only_patient_id=uuid.UUID(int=9)),
    ola(patient_id=KARI),
    kari(),
    kari(security_level=3),
    kari(patient_id=OLAS_OWN_RECORD),
]
ROLES = [
    None,
    a_role(),
    a_role(permissions=frozenset()),
    a_role(permissions=ALL_RIGHTS - {Permission.ELEVATE}),
    a_role(permissions=ALL_RIGHTS - {Permission.USE_EMERGENCY}),
    a_role(permissions=ALL_RIGHTS - {Permission.SET_RESTRICTIONS}),
    a_role(permissions=ALL_RIGHTS - {Permission.DECIDE_RELEASE}),
    a_role(only_in_emergency=True),
    a_role(by_category={"PAT": frozenset()}),
]
LIMITS = [
    Limits(),
    Limits(is_blocked=True),
    Limits(is_all_closed=True),
    Limits(categories=frozenset({"PAT"})),
    Limits(report_ids=frozenset({REPORT})),
]
GRANTS = [
    None,
    *(a_grant(basis=basis) for basis in AccessBasis),
    a_grant(expires_at=NOW),
]
EMERGENCIES = {AccessBasis.EMERGENCY, AccessBasis.ELEVATED_EMERGENCY}
ELEVATED = {AccessBasis.ELEVATED_CONSENT, AccessBasis.ELEVATED_EMERGENCY}
CONSENTED = {AccessBasis.CONSENT, AccessBasis.ELEVATED_CONSENT}
ABOUT_LIMITS = {Action.READ_LIMITS, Action.SET_LIMIT, Action.LIFT_LIMIT}
READING = {
    Action.OPEN_REPORT,
    Action.OPEN_WITHDRAWN,
    Action.OPEN_ATTACHMENT,
    Action.TAKE_REPORT,
    Action.COPY_REPORT,
}
ASSESSING = {Action.LIST_TO_ASSESS, Action.OPEN_TO_ASSESS, Action.ASSESS}
ABOUT_ONE = {
    *READING,
    Action.DECIDE_RELEASE,
    Action.OPEN_TO_ASSESS,
    Action.ASSESS,
}
OVER_SEVERAL = {
    Action.LIST_REPORTS,
    Action.FOLLOW_RESULTS,
    Action.FOLLOW_ANALYTE,
    Action.READ_CATEGORY,
    Action.SEARCH_TEXTS,
    Action.TAKE_REPORTS,
}
FOR_PERSONNEL = {
    Action.OPEN_PATIENT,
    Action.DECIDE_RELEASE,
    *OVER_SEVERAL,
    *READING,
    *ABOUT_LIMITS,
}


def may(request, given) -> bool:
    """The rules as a lawyer would read them: who, in which role, why, and over what."""
    viewer = request.viewer
    if viewer.security_level < 4:
        return False
    is_own = viewer.patient_id == request.patient_id
    if viewer.kind is ViewerKind.CITIZEN:
        return is_own and request.action not in {
            Action.HELP_FIND,
            Action.HELP_CHANGE,
            Action.OPEN_PATIENT,
            Action.OPEN_WITHDRAWN,
            Action.COPY_REPORT,
            Action.DECIDE_RELEASE,
            *ASSESSING,
        }
    is_somebody = viewer.hpr_number and viewer.organization_id and given.role
    if not is_somebody or not given.is_organization_approved:
        return False
    if is_own or viewer.only_patient_id or given.limits.is_blocked:
        return False
    if request.action in ASSESSING:
        is_mine = given.may_assess and may_in_role(request, given)
        return is_mine and is_open(request, given)
    if request.action not in FOR_PERSONNEL:
        return False
    return may_in_role(request, given) and has_need(request, given)


def may_in_role(request, given) -> bool:
    rights = given.role.permissions
    if Permission.OPEN_REPORTS not in rights:
        return False
    if request.action in ABOUT_LIMITS:
        return Permission.SET_RESTRICTIONS in rights
    is_deciding = request.action is Action.DECIDE_RELEASE
    if is_deciding and Permission.DECIDE_RELEASE not in rights:
        return given.is_requester
    is_pathology = request.action in ABOUT_ONE and given.report_category == "PAT"
    if is_pathology and "PAT" in given.role.by_category:
        return False
    basis = request.basis or (given.grant and given.grant.basis)
    if basis in EMERGENCIES and Permission.USE_EMERGENCY not in rights:
        return False
    if basis in ELEVATED and Permission.ELEVATE not in rights:
        return False
    return not (given.role.only_in_emergency and basis and basis not in EMERGENCIES)


def has_need(request, given) -> bool:
    if request.action is Action.OPEN_PATIENT:
        return fits(request)
    grant = given.grant
    if grant is None or grant.expires_at <= request.at:
        return False
    if request.action in ABOUT_LIMITS:
        return grant.basis in CONSENTED
    return is_open(request, given)


def is_open(request, given) -> bool:
    """The patient has not closed the report, or the basis opens it."""
    is_closed = request.action in ABOUT_ONE and (
        given.limits.is_all_closed
        or given.report_category in given.limits.categories
        or request.report_id in given.limits.report_ids
    )
    is_elevated = given.grant is not None and given.grant.basis in ELEVATED
    return is_elevated or not is_closed


def fits(request) -> bool:
    """Basis and purpose go together, and an override has its reason."""
    if request.basis is None or request.purpose is None:
        return False
    if request.basis is AccessBasis.EMERGENCY:
        return request.purpose is PurposeOfUse.ETREAT
    if request.basis is AccessBasis.ELEVATED_EMERGENCY:
        return request.purpose is PurposeOfUse.BTG and bool(request.emergency_reason)
    return request.purpose is not PurposeOfUse.BTG


def test_every_statement_of_a_need():
    wrong = []
    for viewer, basis, purpose, reason, role, limits, approved in itertools.product(
        VIEWERS,
        [None, *AccessBasis],
        [None, *PurposeOfUse],
        [None, EmergencyReason.DANGER],
        ROLES,
        LIMITS,
        [True, False],
    ):
        request = a_request(
            action=Action.OPEN_PATIENT,
            viewer=viewer,
            basis=basis,
            purpose=purpose,
            emergency_reason=reason,
        )
        given = facts(
            role=role, limits=limits, grant=None, is_organization_approved=approved
        )
        if decide(request, given).is_permitted != may(request, given):
            wrong.append((request, given))
    assert wrong == []


def test_every_look_with_every_need():
    wrong = []
    actions = [a for a in Action if a is not Action.OPEN_PATIENT]
    for action, viewer, grant, role, limits, (category, mine) in itertools.product(
        actions, VIEWERS, GRANTS, ROLES, LIMITS, [("PAT", True), ("CLIN", False)]
    ):
        request = a_request(action=action, viewer=viewer, report_id=REPORT)
        given = facts(
            role=role,
            limits=limits,
            grant=grant,
            report_category=category,
            releases={REPORT: a_release()},
            may_assess=mine,
            is_requester=mine,
        )
        if decide(request, given).is_permitted != may(request, given):
            wrong.append((request, given))
    assert wrong == []


def test_a_restriction_more_never_shows_more():
    for grant, fewer, more in itertools.product(GRANTS, LIMITS, LIMITS):
        both = Limits(
            is_blocked=fewer.is_blocked or more.is_blocked,
            is_all_closed=fewer.is_all_closed or more.is_all_closed,
            categories=fewer.categories | more.categories,
            report_ids=fewer.report_ids | more.report_ids,
        )
        request = a_request(action=Action.OPEN_REPORT, report_id=REPORT)
        known = {"grant": grant, "report_category": "PAT"}
        if decide(request, facts(limits=both, **known)).is_permitted:
            assert decide(request, facts(limits=fewer, **known)).is_permitted


def test_the_hour_ends_on_the_second_whatever_the_basis():
    for basis in AccessBasis:
        ends = NOW + datetime.timedelta(minutes=60)
        given = facts(grant=a_grant(basis=basis, expires_at=ends))
        before = a_request(at=ends - datetime.timedelta(microseconds=1))

        assert decide(before, given).is_permitted
        assert not decide(a_request(at=ends), given).is_permitted
