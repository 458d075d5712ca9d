"""Reports that leave the service: as a document, in the exchange format, or as text."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from access.log import LogLine, takings_of
from access.lookup.answers import Answer, Found, answer, request_for
from access.lookup.reports import details_of_shown, shown_reports, whole_report
from access.terms import AccessRequest, Action, Facts, Viewer, ViewerKind
from results import queries
from results.operations import mark_seen
from results.queries import PatientHeader, ReportDetail, ReportSummary
from results.vocabulary import WITHDRAWN

# What one file holds: memory and time have an end, however much a patient has.
IN_ONE_FILE = 100


@dataclass(frozen=True, slots=True)
class Taken:
    """What one file holds: `part` of `parts`, counted from 1. `national_number` is told
    to the one it belongs to, and to nobody else."""

    patient: PatientHeader
    reports: tuple[ReportDetail, ...]
    national_number: str = field(default="", repr=False)
    part: int = 1
    parts: int = 1


@dataclass(frozen=True, slots=True)
class Takings:
    """What there is to take, in how many files, and what the viewer took last."""

    report_count: int
    parts: int
    lines: tuple[LogLine, ...]


def take_report(
    viewer: Viewer, *, patient_id: uuid.UUID, report_id: uuid.UUID
) -> Answer[Taken]:
    """One report whole, to take along; logged as a download."""
    request = request_for(Action.TAKE_REPORT, viewer, patient_id)
    return _one(replace(request, report_id=report_id))


def copy_report(
    viewer: Viewer, *, patient_id: uuid.UUID, report_id: uuid.UUID
) -> Answer[Taken]:
    """One report whole, for the record of whoever treats the patient."""
    request = request_for(Action.COPY_REPORT, viewer, patient_id)
    return _one(replace(request, report_id=report_id))


def _one(request: AccessRequest) -> Answer[Taken]:
    def fetch(facts: Facts) -> Found[Taken] | None:
        found = whole_report(request, facts, queries.report_of)
        if found is None:
            return None
        is_citizen = request.viewer.kind is ViewerKind.CITIZEN
        mark_seen(found.value.summary.id, by_citizen=is_citizen)
        taken = Taken(found.value.patient, (found.value,), _own_number(request))
        return Found(taken, reports=found.reports, release=found.release)

    return answer(request, fetch)


def take_reports(
    viewer: Viewer, *, patient_id: uuid.UUID, part: int = 1
) -> Answer[Taken]:
    """The patient's reports in force, newest first, a file's worth. A part that is not
    there is refused as what is not; without any reports the first part is empty."""
    request = request_for(Action.TAKE_REPORTS, viewer, patient_id)

    def fetch(facts: Facts) -> Found[Taken] | None:
        header = queries.patient_header(patient_id)
        reports = _to_take(request, facts)
        parts = _parts(reports)
        if header is None or not 1 <= part <= parts:
            return None
        chosen = reports[(part - 1) * IN_ONE_FILE : part * IN_ONE_FILE]
        details = details_of_shown(header, chosen)
        taken = Taken(
            patient=header,
            reports=tuple(details[report.id] for report in chosen),
            national_number=_own_number(request),
            part=part,
            parts=parts,
        )
        return Found(taken, reports=chosen)

    return answer(request, fetch)


def read_takings(viewer: Viewer, *, patient_id: uuid.UUID) -> Answer[Takings]:
    """What there is to take along, and what the viewer has downloaded before."""
    request = request_for(Action.LIST_REPORTS, viewer, patient_id)

    def fetch(facts: Facts) -> Found[Takings] | None:
        reports = _to_take(request, facts)
        lines = takings_of(viewer.user_id, patient_id) if viewer.user_id else ()
        return Found(Takings(len(reports), _parts(reports), lines))

    return answer(request, fetch)


def _to_take(request: AccessRequest, facts: Facts) -> tuple[ReportSummary, ...]:
    """A withdrawn report says nothing to take along."""
    shown = shown_reports(request, facts)
    return tuple(report for report in shown if report.status not in WITHDRAWN)


def _parts(reports: Sequence[ReportSummary]) -> int:
    return max(1, -(-len(reports) // IN_ONE_FILE))


def _own_number(request: AccessRequest) -> str:
    viewer = request.viewer
    is_own = viewer.patient_id == request.patient_id
    if viewer.kind is not ViewerKind.CITIZEN or not is_own:
        return ""
    return queries.number_of(request.patient_id)
