"""Find a patient, state a need, read: each view asks the door once."""

import uuid

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access import lookup
from access.terms import Verdict, Viewer, ViewerKind
from portal.clinician.forms import NeedForm, SearchForm
from portal.clinician.presenters import (
    present_report_page,
    present_withdrawn_page,
)
from portal.clinician.release_form import ReleaseForm
from portal.middleware import AudienceRequest
from portal.presenting.assessing import present_count
from portal.presenting.downloads import as_download
from portal.presenting.refusals import present_refusal
from portal.presenting.releases import present_release
from results.identity import InvalidIdentityNumber

_FORBIDDEN = 403


@require_http_methods(["GET", "POST"])
def search(request: AudienceRequest) -> HttpResponse:
    """The number is read from the body and goes no further than the door."""
    if request.method == "GET" and request.viewer.only_patient_id:
        return redirect("clinician:reports", request.viewer.only_patient_id)
    if request.method == "GET" and _must_choose_workplace(request.viewer):
        return redirect("accounts:workplace")
    form = SearchForm(_posted(request))
    if not form.is_valid():
        to_assess = present_count(*lookup.count_to_assess(request.viewer))
        context = {"form": form, "to_assess": to_assess}
        return render(request, "clinician/search.html", context)
    try:
        answer = lookup.open_patient(request.viewer, **form.cleaned_data)
    except InvalidIdentityNumber as invalid:
        form.add_number_fault(invalid.fault)
        return render(request, "clinician/search.html", {"form": form})
    if answer.value is not None:
        return opened(request, answer.value.patient_id)
    refusal = present_refusal(answer.verdict.reason)
    template = "clinician/search.html" if refusal.may_state_need else _REFUSED
    context = {"form": form, "refusal": refusal}
    return render(request, template, context, status=_FORBIDDEN)


@require_http_methods(["GET", "POST"])
def need(request: AudienceRequest, patient_id: uuid.UUID) -> HttpResponse:
    """A need stated anew for a patient known by the opaque key."""
    form = NeedForm(_posted(request))
    context: dict[str, object] = {"form": form, "patient_id": patient_id}
    if not form.is_valid():
        status = _FORBIDDEN if form.is_bound else 200
        return render(request, "clinician/need.html", context, status=status)
    answer = lookup.renew_need(
        request.viewer, patient_id=patient_id, **form.cleaned_data
    )
    if answer.value is not None:
        return opened(request, patient_id)
    return refused(request, answer.verdict, patient_id, form=form)


@require_GET
def report(
    request: AudienceRequest, patient_id: uuid.UUID, report_id: uuid.UUID
) -> HttpResponse:
    return report_page(request, patient_id, report_id, form=ReleaseForm())


def report_page(
    request: AudienceRequest,
    patient_id: uuid.UUID,
    report_id: uuid.UUID,
    *,
    form: ReleaseForm,
) -> HttpResponse:
    """The report, with a form to decide what its patient sees; 422 with its faults."""
    answer = lookup.open_report(
        request.viewer, patient_id=patient_id, report_id=report_id
    )
    if answer.value is None:
        return refused(request, answer.verdict, patient_id)
    page = present_report_page(answer.value, today=timezone.localdate())
    context = {
        "patient": page.patient,
        "report": page.report,
        "release": present_release(answer.release),
        "release_form": form,
        "release_url": reverse("clinician:release", args=[patient_id, report_id]),
    }
    status = 422 if form.is_bound else 200
    return render(request, "clinician/report.html", context, status=status)


@require_GET
def withdrawn(
    request: AudienceRequest, patient_id: uuid.UUID, report_id: uuid.UUID
) -> HttpResponse:
    """What a report said before it was taken back: a look of its own in the log."""
    answer = lookup.open_withdrawn(
        request.viewer, patient_id=patient_id, report_id=report_id
    )
    if answer.value is None:
        return refused(request, answer.verdict, patient_id)
    page = present_withdrawn_page(answer.value, today=timezone.localdate())
    context = {"patient": page.patient, "report": page.report}
    return render(request, "clinician/withdrawn.html", context)


@require_GET
def attachment(
    request: AudienceRequest,
    patient_id: uuid.UUID,
    report_id: uuid.UUID,
    form_id: uuid.UUID,
) -> HttpResponse:
    answer = lookup.open_attachment(
        request.viewer, patient_id=patient_id, report_id=report_id, form_id=form_id
    )
    if answer.value is None:
        return refused(request, answer.verdict, patient_id)
    return as_download(answer.value)


@require_POST
def close(request: AudienceRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Ends the need; the browser forgets what it may have kept. What the EHR system
    opened for this one patient has no more to do."""
    lookup.close_patient(request.viewer)
    request.session.pop(_LAST_OPENED, None)
    is_from_ehr = request.viewer.only_patient_id is not None
    response = redirect("leave_from_ehr" if is_from_ehr else "clinician:search")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


_REFUSED = "clinician/refused.html"
_LAST_OPENED = "last_opened"


def opened(request: AudienceRequest, patient_id: uuid.UUID) -> HttpResponse:
    """On to the answers; the browser forgets those of whoever was open before."""
    response = redirect("clinician:reports", patient_id)
    before = request.session.get(_LAST_OPENED)
    if before not in (None, str(patient_id)):
        response["Clear-Site-Data"] = '"cache"'
    request.session[_LAST_OPENED] = str(patient_id)
    return response


def _must_choose_workplace(viewer: Viewer) -> bool:
    """Whoever goes on without is refused by the door, and logged."""
    return viewer.kind is ViewerKind.PRACTITIONER and viewer.organization_id is None


def _posted(request: AudienceRequest) -> QueryDict | None:
    """The body of a form that was sent, also an empty one; None before it is."""
    return request.POST if request.method == "POST" else None


def refused(
    request: AudienceRequest,
    verdict: Verdict,
    patient_id: uuid.UUID,
    *,
    form: NeedForm | None = None,
) -> HttpResponse:
    """Why, and what next; where a stated need would help, the form for it."""
    refusal = present_refusal(verdict.reason)
    template = "clinician/need.html" if refusal.may_state_need else _REFUSED
    context = {
        "refusal": refusal,
        "form": form or NeedForm(),
        "patient_id": patient_id,
    }
    return render(request, template, context, status=_FORBIDDEN)
