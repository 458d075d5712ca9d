"""A report as the one it is about reads it: a summary first, then what is outside."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from access.lookup import ReportDetail
from portal.presenting.dates import long_day
from portal.presenting.reports import ShownReport, present_report
from portal.presenting.results import Result
from portal.presenting.sections import Section


@dataclass(frozen=True, slots=True)
class Summary:
    """What the reader should know before the numbers."""

    sentence: str
    outside: tuple[Result, ...]
    marked: tuple[Result, ...]
    unknown: str
    is_judged: bool


@dataclass(frozen=True, slots=True)
class OwnReport:
    """One report: heading, summary, then sections with what is outside first."""

    heading: str
    summary: Summary
    report: ShownReport


def present_own_report(detail: ReportDetail) -> OwnReport:
    report = present_report(detail, draws_lines=True)
    sections = tuple(_outside_first(section) for section in report.sections)
    day = long_day(detail.summary.effective_at)
    return OwnReport(
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


def _unknown(count: int) -> str:
    return ngettext(
        "%(count)s svar kan ikke vurderes mot et referanseområde.",
        "%(count)s svar kan ikke vurderes mot et referanseområde.",
        count,
    ) % {"count": count}


def _outside_first(section: Section) -> Section:
    ordered = sorted(section.results, key=lambda r: not (r.is_outside or r.is_marked))
    return replace(section, results=tuple(ordered))
