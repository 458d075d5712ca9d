"""One's own answers are read as a citizen, and only there."""

from access.rules.ground import permit, refuse
from access.terms import AccessRequest, Action, Facts, Reason, Verdict, ViewerKind


def judge(request: AccessRequest, facts: Facts) -> Verdict | None:
    is_own = request.viewer.patient_id == request.patient_id
    if request.viewer.kind is ViewerKind.CITIZEN:
        return (
            permit(rule="own_record")
            if is_own and request.action is not Action.OPEN_PATIENT
            else refuse(Reason.NOT_REPRESENTED, rule="own_record")
        )
    return refuse(Reason.OWN_RECORD, rule="own_record") if is_own else None
