"""A session an EHR system opened for one patient is of no use for another."""

from access.rules.ground import refuse
from access.terms import AccessRequest, Facts, Reason, Verdict


def judge(request: AccessRequest, facts: Facts) -> Verdict | None:
    only = request.viewer.only_patient_id
    if only is None or only == request.patient_id:
        return None
    return refuse(Reason.PATIENT_MISMATCH, rule="one_patient")
