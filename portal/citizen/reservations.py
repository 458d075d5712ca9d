"""A citizen wants nothing stored, or nothing shown on the internet; or regrets it."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from access import lookup
from portal.citizen.views import own_record, refused
from portal.fresh_login import needs_fresh_login
from portal.middleware import AudienceRequest
from portal.presenting.limits import present_reservation

_FETCHED_BEFORE = '"cache"'


class ReserveForm(forms.Form):
    """Nothing brings back what is erased, so that is said yes to by itself."""

    understood = forms.BooleanField(
        label=_("Jeg forstår at svarene mine slettes for godt"),
        error_messages={"required": _("Kryss av for at du forstår dette.")},
        widget=forms.CheckboxInput(attrs={"class": "ds-input"}),
    )


@require_GET
def reservations(request: AudienceRequest) -> HttpResponse:
    """What is reserved now, and what may be."""
    answer = lookup.read_reservation(
        request.viewer, patient_id=own_record(request.viewer)
    )
    if answer.value is None:
        return refused(request, answer.verdict)
    context = {"reservation": present_reservation(answer.value)}
    return render(request, "citizen/reservations.html", context)


@require_http_methods(["GET", "POST"])
@needs_fresh_login
def reserve(request: AudienceRequest) -> HttpResponse:
    """What it means and erases; then it is done."""
    form = ReserveForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _ask(request, "citizen/reserve.html", form)
    answer = lookup.reserve(request.viewer, patient_id=own_record(request.viewer))
    return _done(request, answer)


@require_http_methods(["GET", "POST"])
def end_reservation(request: AudienceRequest) -> HttpResponse:
    """Future answers only, and it is said before it is done."""
    if request.method != "POST":
        return _ask(request, "citizen/end_reservation.html", forms.Form())
    answer = lookup.end_reservation(
        request.viewer, patient_id=own_record(request.viewer)
    )
    return _done(request, answer)


@require_http_methods(["GET", "POST"])
def close_digital_access(request: AudienceRequest) -> HttpResponse:
    """How to open again is said before, and once more when it is done."""
    if request.method != "POST":
        return _ask(request, "citizen/close_digital.html", forms.Form())
    answer = lookup.close_digital_access(
        request.viewer, patient_id=own_record(request.viewer)
    )
    if answer.value is None:
        return refused(request, answer.verdict)
    response = render(request, "citizen/digital_closed.html")
    response["Clear-Site-Data"] = _FETCHED_BEFORE
    return response


def _ask(request: AudienceRequest, template: str, form: forms.Form) -> HttpResponse:
    """Only for whoever may; what is refused is refused before it is asked."""
    answer = lookup.read_reservation(
        request.viewer, patient_id=own_record(request.viewer)
    )
    if answer.value is None:
        return refused(request, answer.verdict)
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form}, status=status)


def _done(
    request: AudienceRequest, answer: lookup.Answer[lookup.Reservation]
) -> HttpResponse:
    if answer.value is None:
        return refused(request, answer.verdict)
    response = redirect("citizen:reservations")
    response["Clear-Site-Data"] = _FETCHED_BEFORE
    return response
