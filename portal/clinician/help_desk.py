"""The help desk finds who asks, and does what they ask for; it sees no answers."""

import uuid

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from access import lookup
from access.lookup import Answer, HelpDeskPage
from access.vocabulary import (
    HelpDeskDeed,
    HowIdentified,
)
from portal.middleware import AudienceRequest
from portal.presenting.help_desk import present_help
from portal.presenting.inputs import digits_input
from portal.presenting.refusals import present_refusal
from results.identity import InvalidIdentityNumber


class IdentifiedForm(forms.Form):
    """How it is known who asks; written in the log at every step."""

    identified = forms.TypedChoiceField(
        label=_("Hvordan vet du hvem det er?"),
        choices=HowIdentified.choices,
        coerce=HowIdentified,
        widget=forms.RadioSelect(attrs={"class": "ds-input"}),
        error_messages={"required": _("Velg hvordan du vet hvem det er.")},
    )


class FindForm(IdentifiedForm):
    """Whoever asks, by number."""

    number = forms.CharField(
        label=_("Fødselsnummer eller D-nummer"),
        max_length=20,
        widget=digits_input(required=True),
        error_messages={"required": _("Skriv nummeret.")},
    )
    field_order = ("number", "identified")


class DeedForm(IdentifiedForm):
    """One thing the person asks for."""

    deed = forms.TypedChoiceField(choices=HelpDeskDeed.choices, coerce=HelpDeskDeed)
    limit_id = forms.UUIDField(required=False)


@require_http_methods(["GET", "POST"])
def find(request: AudienceRequest) -> HttpResponse:
    """By number, in the body of a form."""
    form = FindForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            answer = lookup.find_for_help(request.viewer, **form.cleaned_data)
        except InvalidIdentityNumber:
            form.add_error("number", _("Kontroller nummeret. Det er ikke gyldig."))
        else:
            return _page(request, answer, form.cleaned_data["identified"])
    context = {"form": form, "works_there": lookup.is_help_desk(request.viewer)}
    status = 422 if form.is_bound else 200
    return render(request, "clinician/help_desk.html", context, status=status)


@require_POST
def change(request: AudienceRequest, patient_id: uuid.UUID) -> HttpResponse:
    form = DeedForm(request.POST)
    if not form.is_valid():
        context = {
            "form": FindForm(),
            "works_there": lookup.is_help_desk(request.viewer),
        }
        return render(request, "clinician/help_desk.html", context, status=422)
    answer = lookup.help_patient(
        request.viewer, patient_id=patient_id, **form.cleaned_data
    )
    return _page(request, answer, form.cleaned_data["identified"])


def _page(
    request: AudienceRequest, answer: Answer[HelpDeskPage], identified: HowIdentified
) -> HttpResponse:
    if answer.value is None:
        refusal = {"refusal": present_refusal(answer.verdict.reason)}
        return render(request, "clinician/refused.html", refusal, status=403)
    context = {
        "page": present_help(answer.value),
        "identified": identified.value,
        "how": identified.label,
    }
    return render(request, "clinician/help_patient.html", context)
