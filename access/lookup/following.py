"""Results over time: all of a patient's, or those of one code and unit."""

import datetime
import uuid
from dataclasses import dataclass

from access.lookup.answers import Answer, Found, answer, request_for, with_expiry
from access.lookup.reports import (
    Closed,
    closed_to,
    is_elevated,
    last_look_of,
    shown_reports,
    with_news,
)
from access.terms import AccessRequest, Action, Facts, Viewer
from results import queries
from results.queries import Analyte, PatientHeader, ReportSummary, TimedResult


@dataclass(frozen=True, slots=True)
class Followed:
    """Results over time, those of the newest sampling first, and the reports they are
    of; the rest is as in a `ReportList`. Reports are not counted here. `left_out` is
    how many older reports there are whose results were not asked for."""

    patient: PatientHeader
    reports: tuple[ReportSummary, ...]
    results: tuple[TimedResult, ...]
    closed: Closed | None = None
    is_elevated: bool = False
    last_look: datetime.datetime | None = None
    left_out: int = 0


def follow(
    viewer: Viewer, *, patient_id: uuid.UUID, newest: int | None = None
) -> Answer[Followed]:
    """The results of the reports the viewer may be shown, of the `newest` so many alone
    where that is said; withdrawn reports are among the reports, and their results
    nowhere. What is logged is what was read. Eight queries, however much there is."""
    request = request_for(Action.FOLLOW_RESULTS, viewer, patient_id)
    return answer(request, lambda facts: found_over_time(request, facts, newest=newest))


def follow_analyte(
    viewer: Viewer, *, patient_id: uuid.UUID, analyte: Analyte
) -> Answer[Followed]:
    """The results of one code and unit, and the reports that have any. What nobody has
    measured is an empty answer: that it was asked is logged all the same."""
    request = request_for(Action.FOLLOW_ANALYTE, viewer, patient_id)
    return answer(
        request, lambda facts: found_over_time(request, facts, analyte=analyte)
    )


def found_over_time(
    request: AccessRequest,
    facts: Facts,
    *,
    analyte: Analyte | None = None,
    newest: int | None = None,
) -> Found[Followed] | None:
    """All that the viewer may be shown over time, or what there is of one analyte."""
    header = queries.patient_header(request.patient_id)
    if header is None:
        return None
    seen = last_look_of(request, facts)
    shown = shown_reports(request, facts, is_counted=False)
    reports = with_news(request, shown, seen)
    wanted = None if analyte is None else (analyte,)
    read = reports[:newest]
    results = queries.results_over_time(request.patient_id, read, analytes=wanted)
    if analyte is not None:
        measured = {result.report.id for result in results}
        read = reports = tuple(r for r in reports if r.id in measured)
    found = Followed(
        patient=with_expiry(header, facts),
        reports=reports,
        results=results,
        closed=closed_to(facts),
        is_elevated=is_elevated(facts),
        last_look=seen,
        left_out=len(reports) - len(read),
    )
    return Found(found, reports=read)
