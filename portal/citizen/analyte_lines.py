"""A citizen's tests, one line for each code and unit, and one test over time."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from access.lookup import Analyte, Followed, OwnFollowed, ReportSummary, TimedResult
from portal.citizen.presenters import own_line
from portal.presenting.courses import (
    Course,
    CourseRow,
    present_course,
    present_timed,
)
from portal.presenting.cumulative import Selection, arrange
from portal.presenting.cumulative.arranging import Row
from portal.presenting.explaining import Explained, present_explanation
from portal.presenting.lists import ReportLine, present_line
from portal.presenting.titles import report_icon, report_title
from results import codes

LONGEST_WORDS = 60
_LINES = 50
_NAMES_IN_HEADLINE = 3


@dataclass(frozen=True, slots=True)
class AnalyteLine:
    """One code and unit: what it is called, and its newest value as sent."""

    url: str
    name: str
    laboratory_name: str
    icon: str
    tone: str
    latest: CourseRow
    count: str


@dataclass(frozen=True, slots=True)
class AnalyteGroup:
    heading: str
    lines: tuple[AnalyteLine, ...]


@dataclass(frozen=True, slots=True)
class AnalytePage:
    """One test over time, with what it is."""

    name: str
    laboratory_name: str
    course: Course
    explanation: Explained | None


def key_of(analyte: Analyte, patient_id: uuid.UUID) -> str:
    """Stands for a test in an address, which is kept in browsers and logs: it tells
    nobody which test it is, and is another for another person."""
    said = "\0".join((str(patient_id), *analyte))
    return salted_hmac("portal.citizen.analyte", said).hexdigest()[:32]


def analyte_address(analyte: Analyte, *, patient_id: uuid.UUID) -> str:
    """Where one test over time is."""
    return reverse("citizen:analyte", args=[key_of(analyte, patient_id)])


def is_it(key: str, patient_id: uuid.UUID) -> Callable[[Analyte], bool]:
    """Whether a test is the one an address stands for."""
    return lambda analyte: key_of(analyte, patient_id) == key


def present_analytes(
    followed: Followed, *, words: tuple[str, ...] = ()
) -> tuple[AnalyteGroup, ...]:
    """Tests under their headings, those that hold every word."""
    found = arrange(followed, Selection(words=words), today=timezone.localdate())
    rows = [row for row in found.rows if row.analyte is not None]
    return tuple(
        AnalyteGroup(heading, tuple(_line(row, followed) for row in those))
        for heading, those in groupby(rows, key=lambda row: row.heading)
    )


def present_analyte(own: OwnFollowed, *, key: str) -> AnalytePage:
    """Never of nothing: the door refuses what was never measured."""
    results = own.followed.results
    sent = results[0].name or results[0].code
    known = codes.find(results[0].code, results[0].code_system)
    name = (known and known.everyday_name) or sent
    return AnalytePage(
        name=name,
        laboratory_name=sent if sent != name else "",
        course=present_course(results, name=name, key=f"kurve-{key}"),
        explanation=present_explanation(own.explanation) if own.explanation else None,
    )


def matching_reports(
    followed: Followed, words: tuple[str, ...]
) -> tuple[ReportLine, ...]:
    """Reports whose title, tests, laboratory or requester hold every word."""
    names: dict[uuid.UUID, list[str]] = {}
    for result in followed.results:
        if result.name:
            names.setdefault(result.report.id, []).append(result.name)
    named = (
        replace(r, headline=", ".join(names.get(r.id, ())[:_NAMES_IN_HEADLINE]))
        for r in followed.reports
    )
    found = (r for r in named if _says(r, names.get(r.id, ()), words))
    return tuple(own_line(present_line(r)) for r, _place in zip(found, range(_LINES)))  # noqa: B905


def plain_name(row: Row) -> str:
    """What people call the test, else what the laboratory does."""
    return (row.known and row.known.everyday_name) or row.name


def _says(report: ReportSummary, names: Iterable[str], words: tuple[str, ...]) -> bool:
    said = (
        report_title(report),
        report.category.label,
        report.performer_name,
        report.requester_name,
        *names,
    )
    text = " ".join(str(each) for each in said).casefold()
    return all(word in text for word in words)


def _line(row: Row, followed: Followed) -> AnalyteLine:
    results = list(_newest_first(row))
    icon, tone = report_icon(row.category)
    name = plain_name(row)
    latest = next((r for r in results if r.is_standing), results[0])
    count = len(results)
    return AnalyteLine(
        url=analyte_address(latest.analyte, patient_id=followed.patient.patient_id),
        name=name,
        laboratory_name=row.name if row.name != name else "",
        icon=icon,
        tone=tone,
        latest=present_timed(latest),
        count=ngettext("%(count)s svar", "%(count)s svar", count) % {"count": count},
    )


def _newest_first(row: Row) -> Iterator[TimedResult]:
    for key in sorted(row.results, reverse=True):
        yield from row.results[key]
