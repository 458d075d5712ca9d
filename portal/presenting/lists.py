"""A list of reports: grouped by period, each line in plain words."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from access.lookup import ReportSummary
from portal.presenting.dates import (
    day_and_time,
    machine_day,
    period_heading,
    short_day,
)
from portal.presenting.titles import (
    IMAGING,
    is_withdrawn,
    report_headline,
    report_icon,
    report_title,
    status_tag,
)


@dataclass(frozen=True, slots=True)
class Tag:
    """A word on a coloured ground; the word carries the meaning."""

    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report in a list, or at the top of its own page.

    `url` and `shows_tests` are the audience's own: where it leads, and whether the
    names of the tests are listed under it.
    """

    id: str
    title: str
    icon: str
    tone: str
    discipline: str
    tests: str
    headline: str
    origin: str
    performer: str
    performer_label: str
    requester: str
    day: str
    machine_day: str
    taken: str
    taken_label: str
    issued: str
    tags: tuple[Tag, ...]
    is_withdrawn: bool
    url: str = ""
    shows_tests: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """The lines of one month, or of one year when it is long ago."""

    heading: str
    lines: tuple[ReportLine, ...]


def present_line(summary: ReportSummary) -> ReportLine:
    """The report in words; sampling time is the date (design rule 1)."""
    icon, tone = report_icon(summary.category)
    is_imaging = summary.category in IMAGING
    return ReportLine(
        id=str(summary.id),
        title=report_title(summary),
        icon=icon,
        tone=tone,
        discipline=str(summary.category.label),
        tests=summary.headline,
        headline=report_headline(summary),
        origin=_origin(summary),
        performer=summary.performer_name,
        performer_label=_("Beskrevet av") if is_imaging else _("Analysert av"),
        requester=summary.requester_name,
        day=short_day(summary.effective_at),
        machine_day=machine_day(summary.effective_at),
        taken=day_and_time(summary.effective_at),
        taken_label=_("Undersøkt") if is_imaging else _("Prøve tatt"),
        issued=short_day(summary.issued_at) if summary.issued_at else "",
        tags=_tags(summary),
        is_withdrawn=is_withdrawn(summary),
    )


def present_periods(
    reports: Iterable[ReportSummary], *, today: datetime.date
) -> tuple[Period, ...]:
    """Groups in the order given, which is newest first."""
    groups = groupby(reports, lambda r: period_heading(r.effective_at, today=today))
    return tuple(
        Period(heading, tuple(present_line(r) for r in group))
        for heading, group in groups
    )


def _origin(summary: ReportSummary) -> str:
    """«Nordlab · bestilt av Ola Lind, Lillevik legesenter»."""
    requested = (
        _("bestilt av %(requester)s") % {"requester": summary.requester_name}
        if summary.requester_name
        else ""
    )
    return " · ".join(part for part in (summary.performer_name, requested) if part)


def _tags(summary: ReportSummary) -> tuple[Tag, ...]:
    tags = [Tag(_("Ny"), "new")] if summary.is_new else []
    status = status_tag(summary)
    return tuple([*tags, Tag(*status)] if status else tags)
