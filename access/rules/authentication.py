"""Is the viewer known, at the level the law asks?"""

from access.rules.ground import refuse
from access.terms import AccessRequest, Facts, Reason, Verdict, ViewerKind

REQUIRED_LEVEL = 4
_PEOPLE = (ViewerKind.PRACTITIONER, ViewerKind.CITIZEN, ViewerKind.HELP_DESK)


def judge(request: AccessRequest, facts: Facts) -> Verdict | None:
    viewer = request.viewer
    if viewer.kind not in _PEOPLE:
        return refuse(Reason.AUTH_REQUIRED, rule="authentication")
    if viewer.security_level < REQUIRED_LEVEL:
        return refuse(Reason.LEVEL_TOO_LOW, rule="authentication")
    return None
