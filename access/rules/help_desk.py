"""The help desk does what the person asks for, and reads no answers."""

from access.rules.ground import permit, refuse
from access.terms import (
    FOR_HELP_DESK,
    AccessRequest,
    Facts,
    Reason,
    Verdict,
    ViewerKind,
)


def judge(request: AccessRequest, facts: Facts) -> Verdict | None:
    is_for_them = request.action in FOR_HELP_DESK
    if request.viewer.kind is not ViewerKind.HELP_DESK:
        return _refused() if is_for_them else None
    if not is_for_them or not facts.is_help_desk:
        return _refused()
    return permit(rule="help_desk")


def _refused() -> Verdict:
    return refuse(Reason.ROLE_NOT_PERMITTED, rule="help_desk")
