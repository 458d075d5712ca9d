"""A patient's answers in several views: over time, what is new, report by report."""

import uuid
from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from access import lookup, operations
from portal.clinician.cumulative_page import ASKED, present_cumulative_page
from portal.clinician.presenters import present_news_page, present_reports_page
from portal.clinician.views import refused
from portal.middleware import AudienceRequest
from portal.presenting.cumulative import read_page, read_selection


@require_GET
@vary_on_headers("HX-Request")
def cumulative(request: AudienceRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Where the doctor lands: analytes by samplings, and what is to be known of them.
    A choice swaps the table alone where scripts run."""
    selection = read_selection(request.GET.dict())
    answer = lookup.follow(
        request.viewer, patient_id=patient_id, newest=selection.newest
    )
    if answer.value is None:
        return refused(request, answer.verdict, patient_id)
    chosen = operations.preferences_of(request.viewer.user_id)
    page = present_cumulative_page(
        answer.value,
        selection,
        asked=request.GET.dict(),
        oldest_first=chosen.oldest_first,
        today=timezone.localdate(),
    )
    if page.recent and not _is_swap(request):
        day = timezone.localdate()
        operations.count_repeat_advice(day, is_opened=page.shows_recent)
    template = _FRAGMENT if _is_swap(request) else "clinician/cumulative.html"
    context = {"page": page, "patient": page.patient, "view": "cumulative"}
    return render(request, template, context)


@require_GET
def news(request: AudienceRequest, patient_id: uuid.UUID) -> HttpResponse:
    """What has come since this doctor last had the patient open."""
    answer = lookup.list_reports(request.viewer, patient_id=patient_id)
    if answer.value is None:
        return refused(request, answer.verdict, patient_id)
    page = present_news_page(
        answer.value, today=timezone.localdate(), number=read_page(request.GET.dict())
    )
    context = {"page": page, "patient": page.patient, "view": "news"}
    return render(request, "clinician/news.html", context)


@require_GET
def by_report(request: AudienceRequest, patient_id: uuid.UUID) -> HttpResponse:
    answer = lookup.list_reports(request.viewer, patient_id=patient_id)
    if answer.value is None:
        return refused(request, answer.verdict, patient_id)
    page = present_reports_page(
        answer.value, today=timezone.localdate(), number=read_page(request.GET.dict())
    )
    context = {"page": page, "patient": page.patient, "view": "by_report"}
    return render(request, "clinician/reports.html", context)


@require_POST
def order(request: AudienceRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Which way time runs, from now and for every patient; back to what was shown."""
    user_id = request.viewer.user_id
    if user_id is not None:
        before = operations.preferences_of(user_id)
        oldest_first = request.POST.get("eldst") == "1"
        operations.prefer(user_id, replace(before, oldest_first=oldest_first))
    asked = {k: v for k in ASKED if (v := request.POST.get(k))}
    address = reverse("clinician:reports", args=[patient_id])
    return redirect(f"{address}?{urlencode(asked)}" if asked else address)


_FRAGMENT = "clinician/_cumulative.html"


def _is_swap(request: AudienceRequest) -> bool:
    """Whether htmx asks for a part of the page, and not for a page of its own."""
    htmx = getattr(request, "htmx", None)
    if not htmx or htmx.boosted:
        return False
    return not htmx.history_restore_request
