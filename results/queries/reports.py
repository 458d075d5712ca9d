"""A patient's reports, newest sampling first, as the lists show them."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from results.models import DiagnosticReportVersion, Observation, Specimen
from results.parsed import ParsedMoment
from results.queries.retention import display_window
from results.vocabulary import (
    WITHDRAWN,
    Discipline,
    ObservationStatus,
    ReportStatus,
    ValueKind,
)

# What was taken back, or is not ready, is no answer to count (design rule 6).
_UNCOUNTED = (
    ObservationStatus.CANCELLED,
    ObservationStatus.ENTERED_IN_ERROR,
    ObservationStatus.REGISTERED,
)


# Kind, name, reference ranges and the laboratory's mark of one answer.
_CountedRow = tuple[str, str, list[str], str]


@dataclass(frozen=True, slots=True)
class ObservationCounts:
    """How many answers a report has: all, those the laboratory gave a reference for,
    and those it marked as outside it."""

    all: int = 0
    assessable: int = 0
    outside: int = 0


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """One line in a list of reports; `version_id` is the version it tells of, and
    `stored_at` from when that could be read here."""

    id: uuid.UUID
    version_id: uuid.UUID
    category: Discipline
    type_code: str
    type_text: str
    status: ReportStatus
    effective_at: ParsedMoment | None
    issued_at: ParsedMoment | None
    performer_name: str
    requester_name: str
    version_count: int
    observation_count: int
    assessable_count: int
    outside_count: int
    headline: str
    specimen_text: str = ""
    is_new: bool = False
    stored_at: datetime.datetime | None = None


def reports_of(
    patient_id: uuid.UUID, *, is_counted: bool = True
) -> tuple[ReportSummary, ...]:
    """Current version of every report of the patient that is still shown. Three
    queries; two when the results are not counted, nor named in the headline."""
    hidden = _hidden(timezone.localdate())
    given: list[Any] = [list(hidden), list(hidden.values()), patient_id]
    with connection.cursor() as cursor:
        cursor.execute(_SUMMARISED, given)
        rows = [_Row(*row) for row in cursor.fetchall()]
    return tuple(summarise(rows, is_counted=is_counted))


def current_versions(patient_id: uuid.UUID) -> QuerySet[DiagnosticReportVersion]:
    """The patient's versions in force, as all patients' are told of below."""
    return versions_in_force().filter(patient_id=patient_id)


def versions_in_force() -> QuerySet[DiagnosticReportVersion]:
    """The versions in force, each with `version_count`, `wrong_patient_at` and the text
    of its first specimen that has one; without those that are past their discipline's
    window. One query for the rules."""
    specimens = Specimen.objects.filter(version=OuterRef("pk")).exclude(type_text="")
    return DiagnosticReportVersion.objects.filter(
        _still_shown(timezone.localdate()), is_current=True
    ).annotate(
        version_count=Count("report__versions"),
        wrong_patient_at=F("report__wrong_patient_at"),
        specimen_text=Subquery(specimens.order_by("position").values("type_text")[:1]),
    )


def _still_shown(today: datetime.date) -> Q:
    """Not sampled before the window of the discipline; what has no day is shown."""
    hidden = Q()
    for category, since in _hidden(today).items():
        hidden |= Q(category=category, effective_date__lt=since)
    return ~hidden if hidden else Q()


def _hidden(today: datetime.date) -> dict[str, datetime.date]:
    """For disciplines with a window, the day it opens. One query."""
    return {
        category.value: today - datetime.timedelta(days=days)
        for category, days in display_window(today).items()
        if days is not None
    }


def summarise(
    versions: Sequence["DiagnosticReportVersion | _Row"], *, is_counted: bool = True
) -> list[ReportSummary]:
    """Summaries in the order given. One query; none when nothing is counted."""
    keys = [version.id for version in versions] if is_counted else []
    counts, names = _observations_of(keys)
    return [
        _summary(v, counts[v.id], names[v.id], getattr(v, "specimen_text", "") or "")
        for v in versions
    ]


def with_counts(summaries: Sequence[ReportSummary]) -> tuple[ReportSummary, ...]:
    """The same, with how many results each has and their names. One query."""
    counts, names = _observations_of([summary.version_id for summary in summaries])
    return tuple(
        summary
        if summary.status in WITHDRAWN
        else replace(
            summary,
            observation_count=counts[summary.version_id].all,
            assessable_count=counts[summary.version_id].assessable,
            outside_count=counts[summary.version_id].outside,
            headline=", ".join(names[summary.version_id]),
        )
        for summary in summaries
    )


def summary_of(
    version: DiagnosticReportVersion,
    *,
    observations: Iterable[Observation],
    specimens: Iterable[Specimen],
) -> ReportSummary:
    """The summary of rows in hand, stored or not, each kind in its order."""
    rows: list[_CountedRow] = [
        (row.kind, row.name, row.reference_ranges, row.interpretation)
        for row in observations
        if row.status not in _UNCOUNTED
    ]
    texts = (row.type_text for row in specimens if row.type_text)
    return _summary(version, _count(rows), _names(rows), next(texts, ""))


def status_of(version: "DiagnosticReportVersion | _Row") -> ReportStatus:
    """As sent, unless an operator has marked the report as about someone else."""
    if getattr(version, "wrong_patient_at", None):
        return ReportStatus.ENTERED_IN_ERROR
    return ReportStatus(version.status)


def moment(
    day: datetime.date | None, at: datetime.datetime | None
) -> ParsedMoment | None:
    """A stored day and time as one value; None when neither is known."""
    if day is None and at is None:
        return None
    return ParsedMoment(as_sent="", date=day, at=at)


_NAMES_IN_HEADLINE = 3
NEWEST_FIRST = (
    F("effective_date").desc(nulls_last=True),
    F("effective_at").desc(nulls_last=True),
    F("id").desc(),
)


class _Row(NamedTuple):
    """What a summary is made of, as `current_versions` has it too."""

    id: uuid.UUID
    report_id: uuid.UUID
    status: str
    category: str
    type_code: str
    type_text: str
    effective_date: datetime.date | None
    effective_at: datetime.datetime | None
    issued_date: datetime.date | None
    issued_at: datetime.datetime | None
    stored_at: datetime.datetime
    performer_name: str
    requester_name: str
    version_count: int
    wrong_patient_at: datetime.datetime | None
    specimen_text: str | None


# Rows and not models, and no query to put together: two thousand are read as fast as
# they are shown. The columns are those of `_Row`, in its order.
_SUMMARISED = """
    WITH hidden AS (
        SELECT * FROM unnest(%s::text[], %s::date[]) AS window_of (category, since)
    )
    SELECT v.id, v.report_id, v.status, v.category, v.type_code, v.type_text,
        v.effective_date, v.effective_at, v.issued_date, v.issued_at, v.stored_at,
        v.performer_name, v.requester_name,
        (SELECT count(*) FROM results_diagnosticreportversion every
         WHERE every.report_id = v.report_id),
        report.wrong_patient_at,
        (SELECT s.type_text FROM results_specimen s
         WHERE s.version_id = v.id AND s.type_text <> ''
         ORDER BY s.position LIMIT 1)
    FROM results_diagnosticreportversion v
    JOIN results_diagnosticreport report ON report.id = v.report_id
    WHERE v.patient_id = %s AND v.is_current AND NOT EXISTS (
        SELECT FROM hidden
        WHERE hidden.category = v.category AND v.effective_date < hidden.since
    )
    ORDER BY v.effective_date DESC NULLS LAST, v.effective_at DESC NULLS LAST, v.id DESC
"""


def _observations_of(
    versions: Sequence[uuid.UUID],
) -> tuple[dict[uuid.UUID, ObservationCounts], dict[uuid.UUID, list[str]]]:
    found: dict[uuid.UUID, list[_CountedRow]] = defaultdict(list)
    rows = (
        Observation.objects.filter(version__in=versions)
        .exclude(status__in=_UNCOUNTED)
        .order_by("version_id", "position")
        .values_list("version_id", "kind", "name", "reference_ranges", "interpretation")
    )
    for version_id, *row in rows:
        found[version_id].append(tuple(row))
    counts = defaultdict(
        ObservationCounts, {key: _count(each) for key, each in found.items()}
    )
    names = defaultdict(list, {key: _names(each) for key, each in found.items()})
    return counts, names


def _count(rows: Iterable[_CountedRow]) -> ObservationCounts:
    answers = [row for row in rows if row[0] != ValueKind.NONE]
    return ObservationCounts(
        all=len(answers),
        assessable=sum(
            bool(mark) or _is_assessable(kind, ranges)
            for kind, _name, ranges, mark in answers
        ),
        outside=sum(bool(mark) for _kind, _name, _ranges, mark in answers),
    )


def _names(rows: Iterable[_CountedRow]) -> list[str]:
    named = (name for _kind, name, _ranges, _mark in rows if name)
    return list(islice(named, _NAMES_IN_HEADLINE))


def _is_assessable(kind: str, ranges: Iterable[str]) -> bool:
    """A number with a reference range that says something; text is never «within»."""
    return kind == ValueKind.QUANTITY and any(
        any(c.isdigit() for c in r) for r in ranges
    )


def _summary(
    version: "DiagnosticReportVersion | _Row",
    counts: ObservationCounts,
    names: list[str],
    specimen_text: str,
) -> ReportSummary:
    status = status_of(version)
    is_withdrawn = status in WITHDRAWN
    shown = ObservationCounts() if is_withdrawn else counts
    return ReportSummary(
        id=version.report_id,
        version_id=version.id,
        category=Discipline(version.category),
        type_code=version.type_code,
        type_text=version.type_text,
        status=status,
        effective_at=moment(version.effective_date, version.effective_at),
        issued_at=moment(version.issued_date, version.issued_at),
        performer_name=version.performer_name,
        requester_name=version.requester_name,
        version_count=version.version_count,  # type: ignore[union-attr]
        observation_count=shown.all,
        assessable_count=shown.assessable,
        outside_count=shown.outside,
        headline="" if is_withdrawn else ", ".join(names),
        specimen_text="" if is_withdrawn else specimen_text,
        stored_at=version.stored_at,
    )
