"""Does the person act in a role that may look up results, for this organisation?"""

from access.permissions import Permission
from access.rules.ground import refuse
from access.terms import (
    ABOUT_LIMITS,
    ABOUT_ONE_REPORT,
    PLAIN_BASIS,
    AccessBasis,
    AccessRequest,
    Action,
    Facts,
    Reason,
    RoleFact,
    Verdict,
    ViewerKind,
)

EMERGENCY_BASES = (AccessBasis.EMERGENCY, AccessBasis.ELEVATED_EMERGENCY)


def judge(request: AccessRequest, facts: Facts) -> Verdict | None:
    if request.viewer.kind is not ViewerKind.PRACTITIONER:
        return None
    reason = _missing(request, facts) or _not_permitted(request, facts)
    return refuse(reason, rule="role") if reason else None


def _missing(request: AccessRequest, facts: Facts) -> Reason | None:
    if not request.viewer.hpr_number:
        return Reason.HPR_MISSING
    if request.viewer.organization_id is None:
        return Reason.ORG_MISSING
    if not facts.is_organization_approved:
        return Reason.ORG_NOT_APPROVED
    return None


def _not_permitted(request: AccessRequest, facts: Facts) -> Reason | None:
    role = facts.role
    if role is None or Permission.OPEN_REPORTS not in role.permissions:
        return Reason.ROLE_NOT_PERMITTED
    if request.action in ABOUT_LIMITS:
        may_set = Permission.SET_RESTRICTIONS in role.permissions
        return None if may_set else Reason.ROLE_NOT_PERMITTED
    if request.action is Action.DECIDE_RELEASE and not _may_release(facts, role):
        return Reason.ROLE_NOT_PERMITTED
    is_about_one = request.action in ABOUT_ONE_REPORT and facts.report_category
    if is_about_one and not role.may_open(facts.report_category):
        return Reason.DISCIPLINE_NOT_PERMITTED
    return _basis_beyond(request, facts, role)


def _may_release(facts: Facts, role: RoleFact) -> bool:
    """The treating doctor may, and whoever asked for the report."""
    return facts.is_requester or Permission.DECIDE_RELEASE in role.permissions


def _basis_beyond(
    request: AccessRequest, facts: Facts, role: RoleFact
) -> Reason | None:
    basis = request.basis or (facts.grant.basis if facts.grant else None)
    is_emergency = basis in EMERGENCY_BASES
    if is_emergency and Permission.USE_EMERGENCY not in role.permissions:
        return Reason.BASIS_NOT_ALLOWED
    if basis in PLAIN_BASIS and Permission.ELEVATE not in role.permissions:
        return Reason.BASIS_NOT_ALLOWED
    is_routine = basis is not None and not is_emergency
    return Reason.BASIS_NOT_ALLOWED if role.only_in_emergency and is_routine else None
