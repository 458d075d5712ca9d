"""Personnel set and lift a patient's limits as the patient wants; asked once more."""

import uuid

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from access import lookup
from access.lookup import Answer
from portal.clinician.views import refused
from portal.middleware import AudienceRequest
from portal.presenting.limit_forms import CONFIRMED, BlockForm, RestrictForm
from portal.presenting.limits import present_limits_for_personnel
from portal.presenting.patients import present_patient


@require_GET
def limits(request: AudienceRequest, patient_id: uuid.UUID) -> HttpResponse:
    return _page(request, patient_id)


@require_POST
def restrict(request: AudienceRequest, patient_id: uuid.UUID) -> HttpResponse:
    """«Sperring»: of all, of one discipline, or of one report."""
    form = RestrictForm(request.POST)
    if not form.is_valid():
        return _page(request, patient_id, restrict_form=form, status=422)
    if CONFIRMED not in request.POST:
        return _ask(request, patient_id, form, form.what_is_closed())
    answer = lookup.restrict(request.viewer, patient_id=patient_id, **form.cleaned_data)
    return _done(request, patient_id, answer)


@require_POST
def block(request: AudienceRequest, patient_id: uuid.UUID) -> HttpResponse:
    """«Blokkering» of one named person."""
    form = BlockForm(request.POST)
    if not form.is_valid():
        return _page(request, patient_id, block_form=form, status=422)
    number = form.cleaned_data["hpr_number"]
    if CONFIRMED not in request.POST:
        what = _(
            "Personen med HPR-nummer %(number)s kan ikke se svarene til pasienten, "
            "heller ikke i en nødssituasjon."
        )
        return _ask(request, patient_id, form, what % {"number": number})
    answer = lookup.block(request.viewer, patient_id=patient_id, hpr_number=number)
    return _done(request, patient_id, answer)


@require_POST
def lift(
    request: AudienceRequest, patient_id: uuid.UUID, limit_id: uuid.UUID
) -> HttpResponse:
    """Open again what was closed."""
    if CONFIRMED not in request.POST:
        what = _("Helsepersonell som har bruk for svarene, kan se dem igjen.")
        return _ask(request, patient_id, forms.Form(), what)
    answer = lookup.lift(request.viewer, patient_id=patient_id, limit_id=limit_id)
    return _done(request, patient_id, answer)


def _page(
    request: AudienceRequest,
    patient_id: uuid.UUID,
    *,
    restrict_form: RestrictForm | None = None,
    block_form: BlockForm | None = None,
    status: int = 200,
) -> HttpResponse:
    answer = lookup.read_limits(request.viewer, patient_id=patient_id)
    if answer.value is None or answer.value.patient is None:
        return refused(request, answer.verdict, patient_id)
    context = {
        "patient": present_patient(answer.value.patient, today=timezone.localdate()),
        "limits": present_limits_for_personnel(answer.value, patient_id),
        "is_hidden": answer.value.is_hidden,
        "restrict_form": restrict_form or RestrictForm(),
        "block_form": block_form or BlockForm(),
    }
    return render(request, "clinician/limits.html", context, status=status)


def _ask(
    request: AudienceRequest, patient_id: uuid.UUID, form: forms.Form, what: str
) -> HttpResponse:
    """Once more, with what follows of it. Shows nothing of the patient, and so asks the
    door nothing: what is confirmed is decided on."""
    fields = {name: request.POST.get(name, "") for name in form.fields}
    context = {"what": what, "fields": fields, "confirmed": CONFIRMED}
    return render(
        request, "clinician/confirm_limit.html", context | {"patient_id": patient_id}
    )


def _done(
    request: AudienceRequest, patient_id: uuid.UUID, answer: Answer[uuid.UUID]
) -> HttpResponse:
    if answer.value is None:
        return refused(request, answer.verdict, patient_id)
    return redirect("clinician:limits", patient_id)
