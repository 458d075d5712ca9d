"""A few analytes over time, each by itself, for curves above each other."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from access.lookup.answers import Answer, Found, answer, request_for, with_expiry
from access.lookup.reports import Closed, closed_to, is_elevated, shown_reports
from access.terms import Action, Facts, Viewer
from results import queries
from results.queries import Measured, PatientHeader, TimedResult

MOST_ROWS = 4


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One analyte and its results, newest sampling first."""

    measured: Measured
    results: tuple[TimedResult, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """The rows asked for that there are, in the order asked; `others` may be added."""

    patient: PatientHeader
    rows: tuple[ComparedRow, ...]
    others: tuple[Measured, ...]
    closed: Closed | None = None
    is_elevated: bool = False


def compare(
    viewer: Viewer, *, patient_id: uuid.UUID, keys: Collection[str]
) -> Answer[Compared]:
    """The results of the analytes with these keys, at most four, and the names of all
    the patient has numbers of. A key of nothing measured is passed over."""
    request = request_for(Action.FOLLOW_ANALYTE, viewer, patient_id)

    def fetch(facts: Facts) -> Found[Compared] | None:
        header = queries.patient_header(patient_id)
        if header is None:
            return None
        reports = shown_reports(request, facts, is_counted=False)
        measured = {m.analyte.key: m for m in queries.measured_in(patient_id, reports)}
        wanted = list(dict.fromkeys(k for k in keys if k in measured))[:MOST_ROWS]
        chosen = {measured[key].analyte for key in wanted}
        results = queries.results_over_time(patient_id, reports, analytes=chosen)
        found = Compared(
            patient=with_expiry(header, facts),
            rows=tuple(
                ComparedRow(measured[key], _of(measured[key], results))
                for key in wanted
            ),
            others=tuple(m for key, m in measured.items() if key not in wanted),
            closed=closed_to(facts),
            is_elevated=is_elevated(facts),
        )
        shown = {result.report.id: result.report for result in results}
        return Found(found, reports=list(shown.values()))

    return answer(request, fetch)


def _of(
    measured: Measured, results: Collection[TimedResult]
) -> tuple[TimedResult, ...]:
    return tuple(result for result in results if result.analyte == measured.analyte)
