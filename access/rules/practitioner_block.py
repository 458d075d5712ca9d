"""«Blokkering»: has the patient shut this person out? Nothing lifts it."""

from access.rules.ground import refuse
from access.terms import AccessRequest, Facts, Reason, Verdict, ViewerKind


def judge(request: AccessRequest, facts: Facts) -> Verdict | None:
    if request.viewer.kind is not ViewerKind.PRACTITIONER:
        return None
    if not facts.limits.is_blocked:
        return None
    return refuse(Reason.BLOCKED, rule="practitioner_block")
