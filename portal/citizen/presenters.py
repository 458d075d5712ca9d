"""What the citizen's pages are filled with: plain values, calm words."""

import datetime
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import ngettext

from access.lookup import ReportList
from portal.presenting.lists import Period, present_periods
from portal.presenting.waiting import WaitingLine, present_waiting_line


@dataclass(frozen=True, slots=True)
class ReportsPage:
    count: str
    periods: tuple[Period, ...]
    waiting: tuple[WaitingLine, ...] = ()


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
        waiting=tuple(present_waiting_line(each) for each in found.waiting),
    )
