"""A citizen reads their own answers and who has looked: one look at a time."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from access import lookup
from access.terms import NOT_SHOWN, Verdict, Viewer
from portal.citizen.analyte_lines import analyte_address
from portal.citizen.forms import LogFilterForm
from portal.citizen.presenters import (
    in_words,
    on_page,
    only_in_words,
    present_reports_page,
)
from portal.middleware import AudienceRequest
from portal.presenting.downloads import as_download
from portal.presenting.lists import present_line
from portal.presenting.looks import present_log, present_log_count
from portal.presenting.own_reports import Known, present_own_report
from portal.presenting.refusals import present_refusal
from portal.presenting.reports import with_addresses
from portal.presenting.waiting import present_comment, present_waiting_page
from results.ingestion.watch.producers import late_producers

# Nobody's record: someone without one of their own is refused, and the refusal logged.
_NOBODY = uuid.UUID(int=0)


@require_GET
def reports(request: AudienceRequest) -> HttpResponse:
    number = request.GET.get("side", "")
    answer = lookup.list_reports(
        request.viewer,
        patient_id=own_record(request.viewer),
        counted=lambda reports: on_page(reports, page=number),
    )
    if answer.value is None:
        return refused(request, answer.verdict)
    page = present_reports_page(answer.value, today=timezone.localdate(), page=number)
    context = {"page": page, "late": late_producers()}
    return render(request, "citizen/reports.html", context)


@require_GET
def images(request: AudienceRequest) -> HttpResponse:
    """What is written in words: images, tissue and cells."""
    number = request.GET.get("side", "")
    answer = lookup.list_reports(
        request.viewer,
        patient_id=own_record(request.viewer),
        counted=lambda reports: on_page(in_words(reports), page=number),
    )
    if answer.value is None:
        return refused(request, answer.verdict)
    page = present_reports_page(
        only_in_words(answer.value), today=timezone.localdate(), page=number
    )
    return render(request, "citizen/images.html", {"page": page})


@require_GET
def report(request: AudienceRequest, report_id: uuid.UUID) -> HttpResponse:
    answer = lookup.open_own_report(
        request.viewer,
        patient_id=own_record(request.viewer),
        report_id=report_id,
        language=get_language() or "",
        has_chosen="les" in request.GET,
    )
    own = answer.value
    if own is None and answer.verdict.reason in NOT_SHOWN:
        return waiting(request, report_id)
    if own is None:
        return refused(request, answer.verdict)
    if own.detail is None:
        line = present_line(own.summary)
        return render(request, "citizen/ask_first.html", {"line": line})
    known = Known(
        own.explanations,
        own.words,
        own.course,
        partial(analyte_address, patient_id=own_record(request.viewer)),
    )
    page = present_own_report(own.detail, known)
    comment, commented_by = present_comment(answer.release)
    context = {
        "comment": comment,
        "commented_by": commented_by,
        "heading": page.heading,
        "summary": page.summary,
        "report": with_addresses(
            page.report,
            lambda form_id: reverse("citizen:attachment", args=[report_id, form_id]),
        ),
    }
    return render(request, "citizen/report.html", context)


def waiting(request: AudienceRequest, report_id: uuid.UUID) -> HttpResponse:
    """Why the answer is not shown, at the address it will have when it is."""
    answer = lookup.read_waiting(
        request.viewer, patient_id=own_record(request.viewer), report_id=report_id
    )
    if answer.value is None or answer.release is None:
        return refused(request, answer.verdict)
    context = {"page": present_waiting_page(answer.value, answer.release)}
    return render(request, "citizen/waiting.html", context, status=403)


@require_GET
def attachment(
    request: AudienceRequest, report_id: uuid.UUID, form_id: uuid.UUID
) -> HttpResponse:
    answer = lookup.open_attachment(
        request.viewer,
        patient_id=own_record(request.viewer),
        report_id=report_id,
        form_id=form_id,
    )
    if answer.value is None:
        return refused(request, answer.verdict)
    return as_download(answer.value)


@require_GET
def access_log(request: AudienceRequest) -> HttpResponse:
    form = LogFilterForm(request.GET)
    answer = lookup.read_access_log(
        request.viewer,
        patient_id=own_record(request.viewer),
        selection=form.selection(),
    )
    if answer.value is None:
        return refused(request, answer.verdict)
    form.offer(answer.value.people, answer.value.organizations)
    context = {
        "form": form,
        "count": present_log_count(answer.value.lines),
        "days": present_log(answer.value.lines),
        "older": _older(request, answer.value.older),
        "is_narrowed": any(request.GET.values()),
    }
    return render(request, "citizen/access_log.html", context)


def _older(request: AudienceRequest, line: uuid.UUID | None) -> str:
    """The address of the page that follows, with what the log is narrowed to."""
    if line is None:
        return ""
    query = request.GET.copy()
    query["eldre"] = str(line)
    return f"?{query.urlencode()}"


def own_record(viewer: Viewer) -> uuid.UUID:
    """Whose answers are asked for: another's where the address says so, else the
    viewer's own; nobody's for someone without one."""
    return viewer.represented_id or viewer.patient_id or _NOBODY


def refused(request: AudienceRequest, verdict: Verdict) -> HttpResponse:
    """Why, and what next."""
    context = {"refusal": present_refusal(verdict.reason)}
    return render(request, "citizen/refused.html", context, status=403)
