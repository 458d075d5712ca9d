"""«Sperring»: has the patient closed this report, and does the basis open it?"""

from access.rules.ground import refuse
from access.terms import (
    ABOUT_ONE_REPORT,
    PLAIN_BASIS,
    AccessRequest,
    Facts,
    Reason,
    Verdict,
    ViewerKind,
)


def judge(request: AccessRequest, facts: Facts) -> Verdict | None:
    if request.viewer.kind is not ViewerKind.PRACTITIONER:
        return None
    if request.action not in ABOUT_ONE_REPORT or not facts.report_category:
        return None
    if facts.grant is not None and facts.grant.basis in PLAIN_BASIS:
        return None
    if not facts.limits.close(request.report_id, facts.report_category):
        return None
    return refuse(Reason.RESTRICTED, rule="restriction")
