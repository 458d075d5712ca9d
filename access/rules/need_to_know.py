"""«Tjenstlig behov»: basis and purpose stated for this patient, and still valid."""

from access.rules.ground import permit, refuse
from access.terms import (
    AccessBasis,
    AccessRequest,
    Action,
    Facts,
    PurposeOfUse,
    Reason,
    Verdict,
    ViewerKind,
)

# The elevated bases open what the patient has restricted; nothing is, yet.
ACCEPTED_BASES = (AccessBasis.EXEMPT, AccessBasis.CONSENT, AccessBasis.EMERGENCY)
_FOR_PERSONNEL = (
    Action.OPEN_PATIENT,
    Action.LIST_REPORTS,
    Action.OPEN_REPORT,
    Action.OPEN_WITHDRAWN,
    Action.OPEN_ATTACHMENT,
)


def judge(request: AccessRequest, facts: Facts) -> Verdict | None:
    if request.viewer.kind is not ViewerKind.PRACTITIONER:
        return None
    if request.action not in _FOR_PERSONNEL:
        return None
    if request.action is Action.OPEN_PATIENT:
        reason = _fault_in_statement(request.basis, request.purpose)
    else:
        reason = _fault_in_grant(request, facts)
    return (
        refuse(reason, rule="need_to_know") if reason else permit(rule="need_to_know")
    )


def _fault_in_statement(
    basis: AccessBasis | None, purpose: PurposeOfUse | None
) -> Reason | None:
    if basis is None:
        return Reason.BASIS_REQUIRED
    if basis not in ACCEPTED_BASES:
        return Reason.BASIS_NOT_ALLOWED
    if purpose is None:
        return Reason.PURPOSE_REQUIRED
    # Emergency goes with the emergency purpose; BTG is for the elevated bases.
    if basis is AccessBasis.EMERGENCY and purpose is not PurposeOfUse.ETREAT:
        return Reason.BASIS_NOT_ALLOWED
    if purpose is PurposeOfUse.BTG:
        return Reason.BASIS_NOT_ALLOWED
    return None


def _fault_in_grant(request: AccessRequest, facts: Facts) -> Reason | None:
    if facts.grant is None:
        return (
            Reason.GRANT_EXPIRED if facts.has_expired_grant else Reason.BASIS_REQUIRED
        )
    return Reason.GRANT_EXPIRED if request.at >= facts.grant.expires_at else None
