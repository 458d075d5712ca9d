"""What the patient has closed is opened: with consent, or in an emergency."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from access import lookup
from access.terms import AccessBasis
from portal.clinician.forms import ElevationForm, ExplanationForm
from portal.clinician.views import opened, refused
from portal.middleware import AudienceRequest
from portal.presenting.overrides import present_overrides


@require_http_methods(["GET", "POST"])
def elevate(request: AudienceRequest, patient_id: uuid.UUID) -> HttpResponse:
    """One choice, and it is open; what must be written is written afterwards."""
    form = ElevationForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"form": form, "patient_id": patient_id}
        status = 422 if form.is_bound else 200
        return render(request, "clinician/elevate.html", context, status=status)
    answer = lookup.renew_need(
        request.viewer, patient_id=patient_id, **form.cleaned_data
    )
    if answer.value is None:
        return refused(request, answer.verdict, patient_id)
    is_override = form.cleaned_data["basis"] is AccessBasis.ELEVATED_EMERGENCY
    if is_override and "explain" in answer.verdict.obligations:
        return redirect("clinician:overrides")
    return opened(request, patient_id)


@require_http_methods(["GET", "POST"])
def overrides(request: AudienceRequest) -> HttpResponse:
    """What the viewer has opened in an emergency and not yet explained."""
    form = ExplanationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        lookup.explain_override(request.viewer, **form.cleaned_data)
        return redirect("clinician:overrides")
    context = {
        "form": form,
        "waiting": present_overrides(lookup.overrides_to_explain(request.viewer)),
    }
    status = 422 if form.is_bound else 200
    return render(request, "clinician/overrides.html", context, status=status)
