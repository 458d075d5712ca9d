"""«Reservasjon mot digital tilgang»: has the patient closed their own pages?"""

from access.rules.ground import refuse
from access.terms import AccessRequest, Facts, Reason, Verdict, ViewerKind


def judge(request: AccessRequest, facts: Facts) -> Verdict | None:
    if request.viewer.kind is not ViewerKind.CITIZEN or not facts.is_digitally_closed:
        return None
    return refuse(Reason.DIGITALLY_CLOSED, rule="digital_opt_out")
