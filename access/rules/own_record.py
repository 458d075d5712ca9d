"""One's own answers are read as a citizen, and only there."""

from access.rules.ground import permit, refuse
from access.terms import (
    ASSESSING,
    AccessRequest,
    Action,
    Facts,
    Reason,
    Verdict,
    ViewerKind,
)

# A citizen states no need, what was taken back is a tombstone to them, and when an
# answer is shown is decided by those who assess it.
_FOR_PERSONNEL = (
    Action.OPEN_PATIENT,
    Action.OPEN_WITHDRAWN,
    Action.COPY_REPORT,
    Action.DECIDE_RELEASE,
    *ASSESSING,
)


def judge(request: AccessRequest, facts: Facts) -> Verdict | None:
    is_own = request.viewer.patient_id == request.patient_id
    if request.viewer.kind is ViewerKind.CITIZEN:
        if request.action in _FOR_PERSONNEL:
            return refuse(Reason.NOT_REPRESENTED, rule="own_record")
        return permit(rule="own_record") if is_own else None
    return refuse(Reason.OWN_RECORD, rule="own_record") if is_own else None
