"""One analyte over time, or up to four above each other on one scale of time."""

import datetime
import uuid
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from access import lookup
from access.lookup import Compared, Measured
from portal.clinician.addresses import report_addresses
from portal.clinician.views import refused
from portal.middleware import AudienceRequest
from portal.presenting.cumulative import Choice, Selection, periods, read_selection
from portal.presenting.dates import day_of
from portal.presenting.limits import present_closed
from portal.presenting.patients import ShownPatient, present_patient
from portal.presenting.trends import (
    MOST_RESULTS,
    Trend,
    chosen_results,
    frame_of,
    present_trend,
)

MOST_ROWS = 4


@dataclass(frozen=True, slots=True)
class ShownTrend:
    """An analyte with the address of the page without it."""

    trend: Trend
    without: str


@dataclass(frozen=True, slots=True)
class TrendPage:
    """`others` may be added, unless there are four; `older` is the address of what is
    before, where there is more than is shown at once."""

    patient: ShownPatient
    trends: tuple[ShownTrend, ...]
    others: tuple[tuple[str, str], ...]
    periods: tuple[Choice, ...]
    older: str
    closed: str
    is_elevated: bool
    new_count: int = 0


@require_GET
def trend(request: AudienceRequest, patient_id: uuid.UUID) -> HttpResponse:
    """What is asked for stands in the address as keys that tell nobody anything."""
    keys = request.GET.getlist("rad")[: 2 * MOST_ROWS]
    answer = lookup.compare(request.viewer, patient_id=patient_id, keys=keys)
    if answer.value is None:
        return refused(request, answer.verdict, patient_id)
    page = _page(
        answer.value,
        read_selection(request.GET.dict()),
        until=_day(request.GET.get("til", "")),
    )
    context = {"page": page, "patient": page.patient, "view": "trend"}
    return render(request, "clinician/trend.html", context)


def _page(
    found: Compared, selection: Selection, *, until: datetime.date | None
) -> TrendPage:
    today = timezone.localdate()
    since = selection.since(today)
    shown = [chosen_results(row, since=since, until=until) for row in found.rows]
    frame = frame_of(result for results in shown for result in results)
    reports = {r.report.id: r.report for row in found.rows for r in row.results}
    addresses = report_addresses(found.patient.patient_id, reports.values())
    trends = [
        present_trend(row, results, frame, addresses)
        for row, results in zip(found.rows, shown, strict=True)
    ]
    keys = [trend.key for trend in trends]
    cut = [results for results in shown if len(results) == MOST_RESULTS]
    before = max(
        (day for r in cut if (day := day_of(r[-1].effective_at))), default=None
    )
    return TrendPage(
        patient=present_patient(found.patient, today=today),
        trends=tuple(
            ShownTrend(t, _address([k for k in keys if k != t.key], selection))
            for t in trends
        ),
        others=()
        if len(trends) >= MOST_ROWS
        else tuple((m.analyte.key, _named(m)) for m in found.others),
        periods=periods(selection),
        older=_address(keys, selection, until=before) if before else "",
        closed=present_closed(found.closed),
        is_elevated=found.is_elevated,
    )


def _named(measured: Measured) -> str:
    """Name, unit and code: the name alone does not tell analytes apart."""
    unit = measured.unit or _("uten enhet")
    code = f" ({measured.analyte.code})" if measured.analyte.code else ""
    return f"{measured.name}, {unit}{code}"


def _address(
    keys: list[str], selection: Selection, *, until: datetime.date | None = None
) -> str:
    asked = [("rad", key) for key in keys]
    if selection.period:
        asked.append(("periode", selection.period))
    if until:
        asked.append(("til", until.isoformat()))
    return f"?{urlencode(asked)}"


def _day(text: str) -> datetime.date | None:
    """What is no day is left out."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
