"""A requester or treating doctor assesses an answer, and decides when its patient is
shown it."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from access import lookup
from portal.clinician.presenters import present_report_page
from portal.clinician.release_form import ReleaseForm
from portal.clinician.views import refused
from portal.middleware import AudienceRequest
from portal.presenting.releases import present_release


@require_POST
def decide(
    request: AudienceRequest, patient_id: uuid.UUID, report_id: uuid.UUID
) -> HttpResponse:
    """What is wrong in the form is said above it, under the report as it stood."""
    form = ReleaseForm(request.POST)
    order = form.order()
    if order is not None:
        try:
            answer = lookup.decide_release(
                request.viewer, patient_id=patient_id, report_id=report_id, order=order
            )
        except lookup.ReleaseRefused as fault:
            form.add_faults(fault.faults)
        else:
            if answer.value is None:
                return refused(request, answer.verdict, patient_id)
            return redirect("clinician:report", patient_id, report_id)
    return _again(request, patient_id, report_id, form)


def _again(
    request: AudienceRequest,
    patient_id: uuid.UUID,
    report_id: uuid.UUID,
    form: ReleaseForm,
) -> HttpResponse:
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
        "release_url": request.path,
    }
    return render(request, "clinician/report.html", context, status=422)
