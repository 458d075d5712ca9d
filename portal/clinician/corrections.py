"""A producer's controller answers those who say that an answer is wrong."""

import uuid

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from access import cases, lookup
from access.vocabulary import (
    CorrectionOutcome,
)
from portal.middleware import AudienceRequest
from portal.presenting.corrections import present_correction


class AnswerForm(forms.Form):
    outcome = forms.TypedChoiceField(
        label=_("Konklusjon"),
        choices=CorrectionOutcome.choices,
        widget=forms.RadioSelect,
        coerce=CorrectionOutcome,
        error_messages={"required": _("Velg en konklusjon.")},
    )
    text = forms.CharField(
        label=_("Svar til innbyggeren"),
        help_text=_("Skriv enkelt: hva dere fant, og hva dere har gjort."),
        widget=forms.Textarea(attrs={"class": "ds-input", "rows": 4}),
        max_length=4000,
        error_messages={"required": _("Skriv et svar til innbyggeren.")},
    )


@require_GET
def listed(request: AudienceRequest) -> HttpResponse:
    """Those who follow up for nobody see none, and are told so."""
    found = lookup.corrections_for(request.viewer)
    context = {
        "is_controller": cases.is_controller(request.viewer),
        "corrections": [present_correction(case) for case in found],
    }
    return render(request, "clinician/corrections.html", context)


@require_http_methods(["GET", "POST"])
def case(request: AudienceRequest, case_id: uuid.UUID) -> HttpResponse:
    """What was said, and by which key the laboratory finds the answer."""
    form = AnswerForm(request.POST if request.method == "POST" else None)
    try:
        if form.is_valid():
            lookup.close_correction(request.viewer, case_id, **form.cleaned_data)
            return redirect("clinician:corrections")
    except cases.NotYours:
        raise Http404 from None
    except lookup.NotCorrected:
        form.add_error(
            "outcome",
            _("Ingen ny versjon er mottatt, og svaret er ikke merket feil pasient."),
        )
    try:
        found = lookup.read_correction(request.viewer, case_id)
    except cases.NotYours:
        raise Http404 from None
    context = {"form": form, "case": present_correction(found)}
    status = 422 if form.is_bound else 200
    return render(request, "clinician/correction.html", context, status=status)
