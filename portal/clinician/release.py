"""A requester or treating doctor assesses an answer, and decides when its patient is
shown it."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from access import lookup
from portal.clinician.release_form import ReleaseForm
from portal.clinician.views import refused, report_page
from portal.middleware import AudienceRequest


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
    return report_page(request, patient_id, report_id, form=form)
