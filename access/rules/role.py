"""Does the person act in a role that may look up results, for this organisation?"""

from access.permissions import Permission
from access.rules.ground import refuse
from access.terms import AccessBasis, AccessRequest, Facts, Reason, Verdict, ViewerKind

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
    may_use_emergency = Permission.USE_EMERGENCY in role.permissions
    basis = request.basis or (facts.grant.basis if facts.grant else None)
    if basis in EMERGENCY_BASES and not may_use_emergency:
        return Reason.BASIS_NOT_ALLOWED
    is_routine = basis is not None and basis not in EMERGENCY_BASES
    return Reason.BASIS_NOT_ALLOWED if role.only_in_emergency and is_routine else None
