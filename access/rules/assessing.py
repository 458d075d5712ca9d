"""Does the answer wait for this person to assess it?

Whoever asks for an examination is to assess the answer (the trust framework's
«eksternt prøvesvar til vurdering»). That is a need for this answer alone, and ends when
it is assessed; for all else of the patient a need is stated.
"""

from access.rules.ground import permit, refuse
from access.terms import (
    ASSESSING,
    AccessRequest,
    Facts,
    Reason,
    Verdict,
    ViewerKind,
)


def judge(request: AccessRequest, facts: Facts) -> Verdict | None:
    if request.viewer.kind is not ViewerKind.PRACTITIONER:
        return None
    if request.action not in ASSESSING:
        return None
    if not facts.may_assess:
        return refuse(Reason.NOT_FOUND, rule="assessing")
    return permit(rule="assessing")
