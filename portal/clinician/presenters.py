"""What the pages of health personnel are filled with: plain values only."""

import datetime
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import ngettext

from access.lookup import PatientHeader, ReportDetail, ReportList
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


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One report, under the patient's banner."""

    patient: ShownPatient
    report: ShownReport


def present_reports_page(found: ReportList, *, today: datetime.date) -> ReportsPage:
    """Each line leads to the report below the patient's opaque key."""
    count = len(found.reports)
    periods = present_periods(found.reports, today=today)
    return ReportsPage(
        patient=present_patient(found.patient, today=today),
        count=ngettext(
            "%(count)s svarrapport, nyeste prøve først",
            "%(count)s svarrapporter, nyeste prøve først",
            count,
        )
        % {"count": count},
        periods=tuple(_linked(period, found.patient) for period in periods),
        closed=present_closed(found.closed),
        is_elevated=found.is_elevated,
    )


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


def _linked(period: Period, patient: PatientHeader) -> Period:
    lines = tuple(_with_address(line, patient) for line in period.lines)
    return replace(period, lines=lines)


def _with_address(line: ReportLine, patient: PatientHeader) -> ReportLine:
    url = reverse("clinician:report", args=[patient.patient_id, line.id])
    return replace(line, url=url, shows_tests=line.headline != line.tests)
