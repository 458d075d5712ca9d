"""The reports of some disciplines whole, a page at a time."""

import hashlib
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from access.lookup.answers import Answer, Found, answer, request_for, with_expiry
from access.lookup.reports import (
    Closed,
    closed_to,
    details_of_shown,
    is_elevated,
    shown_reports,
)
from access.terms import Action, Facts, Viewer, ViewerKind
from results import queries
from results.operations import mark_seen
from results.queries import Examined, PatientHeader, ReportDetail, ReportSummary
from results.vocabulary import Discipline

_NAMES_IN_HEADLINE = 3
# Given a report, all of them and what each examined, the keys of those beside it.
Related = Callable[
    [ReportSummary, Sequence[ReportSummary], Mapping[uuid.UUID, tuple[Examined, ...]]],
    Collection[uuid.UUID],
]


@dataclass(frozen=True, slots=True)
class ShownPart:
    """Which reports are read: a page of so many, counted from 1; of the specimen named,
    where one is."""

    page: int = 1
    size: int = 20
    specimen: str = ""


@dataclass(frozen=True, slots=True)
class ReadReports:
    """`reports` are all of the disciplines, newest first; `page` those of the page, and
    `details` what is read, by report: theirs, and of those related to them. Withdrawn
    ones have none. `page_number` is the one shown, of `page_count`."""

    patient: PatientHeader
    reports: tuple[ReportSummary, ...]
    page: tuple[ReportSummary, ...]
    details: Mapping[uuid.UUID, ReportDetail]
    examined: Mapping[uuid.UUID, tuple[Examined, ...]]
    specimens: tuple[tuple[str, str], ...]
    page_number: int
    page_count: int
    closed: Closed | None = None
    is_elevated: bool = False


def read_category(
    viewer: Viewer,
    *,
    patient_id: uuid.UUID,
    categories: Collection[Discipline],
    part: ShownPart | None = None,
    related: Related | None = None,
) -> Answer[ReadReports]:
    """What reports of these disciplines say. `related` names others to be read beside
    each of the page. The log names every report that is read."""
    request = request_for(Action.READ_CATEGORY, viewer, patient_id)
    wanted = part or ShownPart()

    def fetch(facts: Facts) -> Found[ReadReports] | None:
        header = queries.patient_header(patient_id)
        if header is None:
            return None
        shown = shown_reports(request, facts, is_counted=False)
        reports = tuple(r for r in shown if r.category in categories)
        specimens = {r.specimen_text for r in reports if r.specimen_text}
        examined = queries.examined_in(patient_id, reports)
        reports = tuple(named(report, examined) for report in reports)
        page, number, count = _page(reports, wanted)
        read = {report.id: report for report in page}
        if related is not None:
            by_key = {report.id: report for report in reports}
            beside = [k for r in page for k in related(r, reports, examined)]
            read |= {key: by_key[key] for key in beside}
        details = details_of_shown(header, read.values())
        mark_seen(*details, by_citizen=viewer.kind is ViewerKind.CITIZEN)
        found = ReadReports(
            patient=with_expiry(header, facts),
            reports=reports,
            page=page,
            details=details,
            examined=examined,
            specimens=tuple((key_of_specimen(s), s) for s in sorted(specimens)),
            page_number=number,
            page_count=count,
            closed=closed_to(facts),
            is_elevated=is_elevated(facts),
        )
        return Found(found, reports=list(read.values()))

    return answer(request, fetch)


def named(
    report: ReportSummary, examined: Mapping[uuid.UUID, tuple[Examined, ...]]
) -> ReportSummary:
    """The report with the names of what it examined, which its title is made of; the
    results of all the others are not counted for that."""
    names = (each.name for each in examined.get(report.id, ()) if each.name)
    return replace(report, headline=", ".join(islice(names, _NAMES_IN_HEADLINE)))


def key_of_specimen(text: str) -> str:
    """Stands for a specimen in an address, which is no place for free text."""
    return hashlib.sha256(text.encode()).hexdigest()[:10] if text else ""


def _page(
    reports: Collection[ReportSummary], wanted: ShownPart
) -> tuple[tuple[ReportSummary, ...], int, int]:
    """The page's reports, its number, and how many there are."""
    chosen = [
        report
        for report in reports
        if wanted.specimen in ("", key_of_specimen(report.specimen_text))
    ]
    count = max(1, -(-len(chosen) // wanted.size))
    number = min(max(wanted.page, 1), count)
    start = (number - 1) * wanted.size
    return tuple(chosen[start : start + wanted.size]), number, count
