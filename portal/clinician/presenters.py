"""What the pages of health personnel are filled with: plain values only."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from access.lookup import ReportDetail, ReportList, ReportSummary
from portal.clinician.addresses import report_addresses
from portal.clinician.standing import Standing, present_standing
from portal.presenting.dates import day_of, written_at
from portal.presenting.limits import present_closed
from portal.presenting.lists import Period, ReportLine, present_periods
from portal.presenting.patients import ShownPatient, present_patient
from portal.presenting.reports import ShownReport, present_report, with_addresses


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """The patient's reports, for one patient's tab."""

    patient: ShownPatient
    count: str
    periods: tuple[Period, ...]
    closed: str
    is_elevated: bool
    new_count: int
    standing: Standing
    since: str = ""
    newer: str = ""
    older: str = ""


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One report, under the patient's banner."""

    patient: ShownPatient
    report: ShownReport


# So many lines are a page; two thousand would be one of four megabytes.
LINES_ON_A_PAGE = 100


def present_reports_page(
    found: ReportList, *, today: datetime.date, number: int = 1
) -> ReportsPage:
    """A page of the reports; each line leads to its report below the patient's opaque
    key. A number that is no page's is the nearest that is."""
    count = len(found.reports)
    last = max(1, -(-count // LINES_ON_A_PAGE))
    number = min(max(number, 1), last)
    shown = found.reports[(number - 1) * LINES_ON_A_PAGE : number * LINES_ON_A_PAGE]
    periods = present_periods(shown, today=today)
    address_of = report_addresses(found.patient.patient_id, shown)
    return ReportsPage(
        patient=present_patient(found.patient, today=today),
        count=ngettext(
            "%(count)s svarrapport, nyeste prøve først",
            "%(count)s svarrapporter, nyeste prøve først",
            count,
        )
        % {"count": count},
        periods=tuple(_linked(period, address_of) for period in periods),
        closed=present_closed(found.closed),
        is_elevated=found.is_elevated,
        new_count=sum(report.is_new for report in found.reports),
        standing=present_standing(found.reports),
        newer=f"?side={number - 1}" if number > 1 else "",
        older=f"?side={number + 1}" if number < last else "",
    )


def present_news_page(
    found: ReportList, *, today: datetime.date, number: int = 1
) -> ReportsPage:
    """What came since this doctor last had the patient open; for whoever never had,
    what was taken in the last month."""
    if found.last_look is None:
        reports = tuple(r for r in found.reports if _is_recent(r, today))
        since = _(
            "Du har ikke hatt denne pasienten åpen før. Her er prøver som er tatt de "
            "siste 30 dagene."
        )
    else:
        reports = tuple(r for r in found.reports if r.is_new)
        since = _("Du hadde pasienten åpen sist %(at)s. Dette er kommet siden.") % {
            "at": written_at(found.last_look)
        }
    page = present_reports_page(
        replace(found, reports=reports), today=today, number=number
    )
    return replace(
        page,
        since=since,
        new_count=sum(report.is_new for report in found.reports),
        standing=present_standing(found.reports),
    )


def _is_recent(report: ReportSummary, today: datetime.date) -> bool:
    day = day_of(report.effective_at)
    return day is not None and (today - day).days <= _RECENT_DAYS


_RECENT_DAYS = 30


def present_report_page(detail: ReportDetail, *, today: datetime.date) -> ReportPage:
    return ReportPage(
        patient=present_patient(detail.patient, today=today),
        report=with_addresses(
            present_report(detail),
            lambda form_id: reverse(
                "clinician:attachment",
                args=[detail.patient.patient_id, detail.summary.id, form_id],
            ),
        ),
    )


def present_withdrawn_page(detail: ReportDetail, *, today: datetime.date) -> ReportPage:
    return ReportPage(
        patient=present_patient(detail.patient, today=today),
        report=present_report(detail, shows_withdrawn=True),
    )


def _linked(period: Period, address_of: Mapping[str, str]) -> Period:
    lines = tuple(_with_address(line, address_of[line.id]) for line in period.lines)
    return replace(period, lines=lines)


def _with_address(line: ReportLine, url: str) -> ReportLine:
    return replace(line, url=url, shows_tests=line.headline != line.tests)
