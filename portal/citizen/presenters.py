"""What the citizen's lists of answers are filled with: plain values, calm words."""

import datetime
from collections.abc import Sequence
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
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1
    last = max(1, -(-len(found.reports) // _ON_A_PAGE))
    number = min(max(number, 1), last)
    shown = found.reports[(number - 1) * _ON_A_PAGE : number * _ON_A_PAGE]
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


def only_in_words(found: ReportList) -> ReportList:
    """Images, tissue and cells alone."""
    return replace(
        found,
        reports=tuple(r for r in found.reports if r.category in _IN_WORDS),
        waiting=tuple(w for w in found.waiting if w.category in _IN_WORDS),
    )


def own_line(line: ReportLine) -> ReportLine:
    """The line, with the address of the citizen's own report."""
    return replace(line, url=reverse("citizen:report", args=[line.id]))


def _news(reports: Sequence[ReportSummary]) -> tuple[ReportLine, ...]:
    new = [report for report in reports if report.is_new]
    if len(new) > _MOST_NEWS or len(new) == len(reports):
        return ()
    return tuple(own_line(present_line(report)) for report in new)


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
