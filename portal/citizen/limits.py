"""A citizen sees what is closed, closes, and opens again; each asked once more."""

import uuid

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from access import lookup
from access.lookup import Answer
from portal.citizen.views import own_record, refused
from portal.middleware import AudienceRequest
from portal.presenting.limit_forms import CONFIRMED, BlockForm, RestrictForm
from portal.presenting.limits import present_limits


@require_GET
def limits(request: AudienceRequest) -> HttpResponse:
    return _page(request)


@require_POST
def restrict(request: AudienceRequest) -> HttpResponse:
    """«Sperring»: of all, of one discipline, or of one report."""
    form = RestrictForm(request.POST)
    if not form.is_valid():
        return _page(request, restrict_form=form, status=422)
    if CONFIRMED not in request.POST:
        return _ask(request, form, form.what_is_closed())
    patient_id = own_record(request.viewer)
    answer = lookup.restrict(request.viewer, patient_id=patient_id, **form.cleaned_data)
    return _done(request, answer)


@require_POST
def block(request: AudienceRequest) -> HttpResponse:
    """«Blokkering» of one named person."""
    form = BlockForm(request.POST)
    if not form.is_valid():
        return _page(request, block_form=form, status=422)
    hpr_number = form.cleaned_data["hpr_number"]
    if CONFIRMED not in request.POST:
        return _ask(
            request,
            form,
            _(
                "Personen med HPR-nummer %(number)s kan ikke se svarene dine, heller "
                "ikke i en nødssituasjon."
            )
            % {"number": hpr_number},
        )
    patient_id = own_record(request.viewer)
    answer = lookup.block(request.viewer, patient_id=patient_id, hpr_number=hpr_number)
    return _done(request, answer)


@require_POST
def lift(request: AudienceRequest, limit_id: uuid.UUID) -> HttpResponse:
    """Open again what was closed."""
    if CONFIRMED not in request.POST:
        return _ask(
            request,
            forms.Form(),
            _("Helsepersonell som har bruk for svarene, kan se dem igjen."),
        )
    patient_id = own_record(request.viewer)
    answer = lookup.lift(request.viewer, patient_id=patient_id, limit_id=limit_id)
    return _done(request, answer)


def _page(
    request: AudienceRequest,
    *,
    restrict_form: RestrictForm | None = None,
    block_form: BlockForm | None = None,
    status: int = 200,
) -> HttpResponse:
    answer = lookup.read_limits(request.viewer, patient_id=own_record(request.viewer))
    if answer.value is None:
        return refused(request, answer.verdict)
    context = {
        "limits": present_limits(answer.value),
        "restrict_form": restrict_form or RestrictForm(),
        "block_form": block_form or BlockForm(),
    }
    return render(request, "citizen/limits.html", context, status=status)


def _ask(request: AudienceRequest, form: forms.Form, what: str) -> HttpResponse:
    """Once more, with what follows of it; the same form is sent again."""
    fields = {name: request.POST.get(name, "") for name in form.fields}
    context = {"what": what, "fields": fields, "confirmed": CONFIRMED}
    return render(request, "citizen/confirm_limit.html", context)


def _done(request: AudienceRequest, answer: Answer[uuid.UUID]) -> HttpResponse:
    if answer.value is None:
        return refused(request, answer.verdict)
    return redirect("citizen:limits")
