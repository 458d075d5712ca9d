"""When a citizen is shown an answer: told to the citizen, decided by personnel."""

import uuid
from dataclasses import replace

from django.utils import timezone

from access import operations
from access.facts.releases import releases_of
from access.lookup.answers import Answer, Changed, Found, answer, request_for
from access.release import READABLE, ReleaseFault, ReleaseOrder, faults_in
from access.releases import ReleaseTold, WaitingReport, release_told, waiting_reports
from access.rules.release import release_of
from access.terms import AccessRequest, Action, Facts, Viewer


def read_waiting(
    viewer: Viewer, *, patient_id: uuid.UUID, report_id: uuid.UUID
) -> Answer[WaitingReport]:
    """Why a citizen is not shown this answer: since when, what next, and by whom. One
    that is shown is refused as one that does not wait."""
    request = replace(
        request_for(Action.READ_RELEASE, viewer, patient_id), report_id=report_id
    )

    def fetch(facts: Facts) -> Found[WaitingReport] | None:
        told = release_told(request, facts)
        if told is None or told.release.state in READABLE:
            return None
        waiting = waiting_reports(request, facts)
        if not waiting:
            return None
        return Found(waiting[0], report_ids=[report_id], release=told)

    return answer(request, fetch)


def decide_release(
    viewer: Viewer,
    *,
    patient_id: uuid.UUID,
    report_id: uuid.UUID,
    order: ReleaseOrder,
) -> Answer[ReleaseTold]:
    """The requester's or the treating doctor's decision in the single case. What was
    corrected since it was read has not been assessed: nothing is decided of it. Raises
    ReleaseRefused."""
    request = request_for(Action.DECIDE_RELEASE, viewer, patient_id)
    return decide_as(replace(request, report_id=report_id), order)


def decide_as(request: AccessRequest, order: ReleaseOrder) -> Answer[ReleaseTold]:
    """What is ordered of the report the request is about. Raises ReleaseRefused."""
    faults = faults_in(order, at=request.at, day=timezone.localdate(request.at))
    if faults:
        raise ReleaseRefused(faults)

    def fetch(_facts: Facts) -> Found[ReleaseTold] | None:
        patient_id, report_id = request.patient_id, request.report_id
        known = releases_of(patient_id, report_id).get(report_id) if report_id else None
        if known is None or report_id is None:
            return None
        if known.version_id != order.version_id:
            raise Changed
        operations.decide_release(
            request.viewer,
            patient_id=patient_id,
            report_id=report_id,
            order=order,
            was_shown=release_of(known, at=request.at).state in READABLE,
            at=request.at,
        )
        told = release_told(request, Facts())
        return Found(told, report_ids=[report_id]) if told else None

    return answer(request, fetch, changes=True)


class ReleaseRefused(Exception):
    """The order cannot be carried out; `faults` tells why, by field."""

    def __init__(self, faults: dict[str, ReleaseFault]) -> None:
        super().__init__(", ".join(sorted(faults.values())))
        self.faults = faults
