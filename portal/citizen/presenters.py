"""What the citizen's lists of answers are filled with: plain values, calm words."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from access.lookup import ReportList, ReportSummary
from portal.presenting.lists import Period, ReportLine, present_line, present_periods
from portal.presenting.titles import IMAGING
from portal.presenting.waiting import WaitingLine, present_waiting_line
from results.vocabulary import Discipline

_ON_A_PAGE = 40
# More than these at once is no news: the list itself says it.
_MOST_NEWS = 5
_IN_WORDS = (*IMAGING, Discipline.PAT)


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """One page of a list. `news` are the few that have come since the last look;
    `newer` and `older` are the numbers of the pages beside this one, 0 for none."""

    count: str
    periods: tuple[Period, ...]
    waiting: tuple[WaitingLine, ...] = ()
    news: tuple[ReportLine, ...] = ()
    newer: int = 0
    older: int = 0

    @property
    def is_first(self) -> bool:
        return not self.newer


def present_reports_page(
    found: ReportList, *, today: datetime.date, page: str = ""
) -> ReportsPage:
    """Each line leads to the citizen's own report; an odd page number is the first."""
    number, last = _place(found.reports, page)
    shown = _on_page(found.reports, number)
    return ReportsPage(
        count=_count(found.reports),
        periods=tuple(
            replace(period, lines=tuple(own_line(line) for line in period.lines))
            for period in present_periods(shown, today=today)
        ),
        waiting=tuple(present_waiting_line(each) for each in found.waiting),
        news=_news(found.reports) if number == 1 else (),
        newer=number - 1,
        older=number + 1 if number < last else 0,
    )


def on_page(reports: Sequence[ReportSummary], *, page: str) -> list[ReportSummary]:
    """Those that stand on the page, the news on it too."""
    number, _last = _place(reports, page)
    return [*_on_page(reports, number), *_few_new(reports)]


def in_words(reports: Iterable[ReportSummary]) -> tuple[ReportSummary, ...]:
    """Images, tissue and cells alone."""
    return tuple(report for report in reports if report.category in _IN_WORDS)


def only_in_words(found: ReportList) -> ReportList:
    """The list without what is measured."""
    return replace(
        found,
        reports=in_words(found.reports),
        waiting=tuple(w for w in found.waiting if w.category in _IN_WORDS),
    )


def own_line(line: ReportLine) -> ReportLine:
    """The line, with the address of the citizen's own report."""
    return replace(line, url=reverse("citizen:report", args=[line.id]))


def _place(reports: Sequence[ReportSummary], page: str) -> tuple[int, int]:
    """The number of the page that is asked for, and of the last."""
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1
    last = max(1, -(-len(reports) // _ON_A_PAGE))
    return min(max(number, 1), last), last


def _on_page(reports: Sequence[ReportSummary], number: int) -> Sequence[ReportSummary]:
    return reports[(number - 1) * _ON_A_PAGE : number * _ON_A_PAGE]


def _few_new(reports: Sequence[ReportSummary]) -> list[ReportSummary]:
    new = [report for report in reports if report.is_new]
    return [] if len(new) > _MOST_NEWS or len(new) == len(reports) else new


def _news(reports: Sequence[ReportSummary]) -> tuple[ReportLine, ...]:
    return tuple(own_line(present_line(report)) for report in _few_new(reports))


def _count(reports: Sequence[ReportSummary]) -> str:
    count = len(reports)
    words = ngettext(
        "%(count)s svar, nyeste først", "%(count)s svar, nyeste først", count
    ) % {"count": count}
    new = sum(report.is_new for report in reports)
    if not new:
        return words
    if new == count:
        return _("%(answers)s. Du har ikke åpnet noen av dem.") % {"answers": words}
    told = ngettext("%(count)s er nytt.", "%(count)s er nye.", new) % {"count": new}
    return f"{words}. {told}"
