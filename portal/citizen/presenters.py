"""What the citizen's pages are filled with: plain values, calm words."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from access.lookup import LogLine, ReportDetail, ReportList
from access.roles import role_name
from access.terms import Action
from portal.presenting.dates import clock, long_day
from portal.presenting.lists import Period, Tag, present_periods
from portal.presenting.reports import ShownReport, present_report
from portal.presenting.results import Result
from portal.presenting.sections import Section


@dataclass(frozen=True, slots=True)
class ReportsPage:
    count: str
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What the reader should know before the numbers."""

    sentence: str
    outside: tuple[Result, ...]
    marked: tuple[Result, ...]
    unknown: str
    is_judged: bool


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One report: heading, summary, then sections with what is outside first."""

    heading: str
    summary: Summary
    report: ShownReport


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the log, in words."""

    who: str
    place: str
    what: str
    why: str
    time: str
    icon: str
    tone: str
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class LogDay:
    heading: str
    looks: tuple[Look, ...]


def present_reports_page(found: ReportList, *, today: datetime.date) -> ReportsPage:
    """Each line leads to the citizen's own report."""
    count = len(found.reports)
    words = ngettext(
        "%(count)s svar, nyeste først", "%(count)s svar, nyeste først", count
    )
    return ReportsPage(
        count=words % {"count": count},
        periods=tuple(
            replace(
                period,
                lines=tuple(
                    replace(line, url=reverse("citizen:report", args=[line.id]))
                    for line in period.lines
                ),
            )
            for period in present_periods(found.reports, today=today)
        ),
    )


def present_report_page(detail: ReportDetail) -> ReportPage:
    report = present_report(detail, draws_lines=True)
    sections = tuple(_outside_first(section) for section in report.sections)
    day = long_day(detail.summary.effective_at)
    return ReportPage(
        heading=f"{report.line.title} {day}".strip(),
        summary=summarise(sections),
        report=replace(report, sections=sections),
    )


def summarise(sections: Iterable[Section]) -> Summary:
    """Counts only what can be judged; texts and findings never count as within."""
    results = [r for section in sections for r in section.results if r.is_answered]
    within = sum(r.judgement is not None and r.judgement.is_within for r in results)
    outside = tuple(r for r in results if r.is_outside)
    marked = tuple(r for r in results if r.is_marked)
    judged = within + len(outside)
    unknown = len(results) - judged - len(marked)
    return Summary(
        sentence=_sentence(within, judged),
        outside=outside,
        marked=marked,
        unknown=_unknown(unknown) if judged and unknown else "",
        is_judged=judged > 0,
    )


def _sentence(within: int, judged: int) -> str:
    if not judged:
        return _("Svaret er beskrevet med ord. Les det i sin helhet under.")
    counts = {"within": within, "judged": judged}
    if within == judged:
        words = ngettext(
            "Svaret er innenfor referanseområdet.",
            "Alle %(judged)s svar er innenfor referanseområdet.",
            judged,
        )
    elif within == 0:
        words = ngettext(
            "Svaret er utenfor referanseområdet.",
            "Ingen av de %(judged)s svarene er innenfor referanseområdet.",
            judged,
        )
    else:
        words = _("%(within)s av %(judged)s svar er innenfor referanseområdet.")
    return words % counts


def present_log(lines: Sequence[LogLine]) -> tuple[LogDay, ...]:
    """Newest first, under the day each look was made."""
    days = groupby(lines, lambda line: timezone.localdate(line.at))
    return tuple(
        LogDay(date_format(day, "j. F Y"), tuple(_look(line) for line in looks))
        for day, looks in days
    )


def present_log_count(lines: Sequence[LogLine]) -> str:
    count = len(lines)
    words = ngettext(
        "%(count)s oppslag, nyeste først", "%(count)s oppslag, nyeste først", count
    )
    return words % {"count": count}


def _unknown(count: int) -> str:
    return ngettext(
        "%(count)s svar kan ikke vurderes mot et referanseområde.",
        "%(count)s svar kan ikke vurderes mot et referanseområde.",
        count,
    ) % {"count": count}


def _outside_first(section: Section) -> Section:
    ordered = sorted(section.results, key=lambda r: not (r.is_outside or r.is_marked))
    return replace(section, results=tuple(ordered))


def _look(line: LogLine) -> Look:
    role = role_name(line.role_code) if line.role_code else ""
    why = [str(term.label) for term in (line.basis, line.purpose) if term]
    return Look(
        who=_("Deg selv") if line.is_own else line.viewer_name or _("Ukjent person"),
        place=", ".join(part for part in (role, line.organization_name) if part),
        what=_what(line),
        why=" · ".join(why),
        time=clock(line.at),
        icon=_icon(line),
        tone=_tone(line),
        tags=_tags(line),
    )


def _what(line: LogLine) -> str:
    if not line.is_permitted:
        return _("Prøvde, men fikk ikke se noe")
    words = str(line.action.label)
    is_named = line.action is Action.OPEN_REPORT and line.report_title
    return f"{words}: {line.report_title}" if is_named else words


def _icon(line: LogLine) -> str:
    if not line.is_permitted:
        return "PadlockLocked"
    return "Person" if line.is_own else "Eye"


def _tone(line: LogLine) -> str:
    if not line.is_permitted:
        return "tissue"
    return "plain" if line.is_own else "image"


def _tags(line: LogLine) -> tuple[Tag, ...]:
    own = [Tag(_("Deg"), "own")] if line.is_own else []
    refused = [] if line.is_permitted else [Tag(_("Avvist"), "warning")]
    return (*own, *refused)
