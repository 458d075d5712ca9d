"""Has the viewer been refused so often of late that it looks like trying numbers?"""

from access.rules.ground import refuse
from access.rules.role import EMERGENCY_BASES
from access.terms import AccessRequest, Action, Facts, Reason, Verdict, ViewerKind


def judge(request: AccessRequest, facts: Facts) -> Verdict | None:
    if request.viewer.kind is not ViewerKind.PRACTITIONER:
        return None
    # Whoever has an emergency is let on; that is seen by the patient and reviewed.
    if request.action is not Action.OPEN_PATIENT or request.basis in EMERGENCY_BASES:
        return None
    if facts.recent_refusals < facts.policies.refused_searches_per_hour:
        return None
    return refuse(Reason.TOO_MANY_SEARCHES, rule="searches")
