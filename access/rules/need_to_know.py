"""«Tjenstlig behov»: basis and purpose stated for this patient, and still valid."""

from django.utils import timezone

from access.rules.ground import permit, refuse
from access.terms import (
    ABOUT_LIMITS,
    OVER_SEVERAL,
    AccessBasis,
    AccessRequest,
    Action,
    ExemptGround,
    Facts,
    PurposeOfUse,
    Reason,
    Verdict,
    ViewerKind,
)

_FOR_PERSONNEL = (
    Action.OPEN_PATIENT,
    *OVER_SEVERAL,
    Action.OPEN_REPORT,
    Action.OPEN_WITHDRAWN,
    Action.OPEN_ATTACHMENT,
    Action.TAKE_REPORT,
    Action.COPY_REPORT,
    Action.DECIDE_RELEASE,
    *ABOUT_LIMITS,
)
# Limits are set for patients who are there to say what they want.
_WITH_THE_PATIENT = (AccessBasis.CONSENT, AccessBasis.ELEVATED_CONSENT)
_PURPOSES = {
    AccessBasis.EMERGENCY: (PurposeOfUse.ETREAT,),
    # The override, and nothing else, is «nødtilgang» (trust framework ATT-39, ATT-41).
    AccessBasis.ELEVATED_EMERGENCY: (PurposeOfUse.BTG,),
}
_ORDINARY = (PurposeOfUse.TREAT, PurposeOfUse.ETREAT, PurposeOfUse.COC)


def judge(request: AccessRequest, facts: Facts) -> Verdict | None:
    if request.viewer.kind is not ViewerKind.PRACTITIONER:
        return None
    if request.action not in _FOR_PERSONNEL:
        return None
    if request.action is Action.OPEN_PATIENT:
        reason = _fault_in_statement(request)
    else:
        reason = _fault_in_grant(request, facts)
    return (
        refuse(reason, rule="need_to_know") if reason else permit(rule="need_to_know")
    )


def _fault_in_statement(request: AccessRequest) -> Reason | None:
    basis, purpose = request.basis, request.purpose
    if basis is None:
        return Reason.BASIS_REQUIRED
    if purpose is None:
        return Reason.PURPOSE_REQUIRED
    if purpose not in _PURPOSES.get(basis, _ORDINARY):
        return Reason.BASIS_NOT_ALLOWED
    if basis is AccessBasis.EXEMPT and _lacks_assessment(request):
        return Reason.ASSESSMENT_REQUIRED
    is_override = basis is AccessBasis.ELEVATED_EMERGENCY
    if is_override and request.emergency_reason is None:
        return Reason.EMERGENCY_REASON_REQUIRED
    return None


def _lacks_assessment(request: AccessRequest) -> bool:
    """Someone named must have found that the patient cannot consent, by today."""
    exemption = request.exemption
    if exemption is None or exemption.ground is not ExemptGround.NO_CAPACITY:
        return False
    day = exemption.assessed_on
    today = timezone.localdate(request.at)
    return not exemption.assessed_by.strip() or day is None or day > today


def _fault_in_grant(request: AccessRequest, facts: Facts) -> Reason | None:
    grant = facts.grant
    if grant is None:
        return (
            Reason.GRANT_EXPIRED if facts.has_expired_grant else Reason.BASIS_REQUIRED
        )
    if request.at >= grant.expires_at:
        return Reason.GRANT_EXPIRED
    is_without_patient = grant.basis not in _WITH_THE_PATIENT
    if request.action in ABOUT_LIMITS and is_without_patient:
        return Reason.BASIS_NOT_ALLOWED
    return None
