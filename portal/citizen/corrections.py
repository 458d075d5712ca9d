"""A citizen says that an answer is wrong, or is not theirs, and follows the case."""

import uuid

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from access import lookup
from access.vocabulary import (
    CorrectionKind,
)
from portal.citizen.views import own_record, refused
from portal.middleware import AudienceRequest
from portal.presenting.corrections import present_correction


class CorrectionForm(forms.Form):
    kind = forms.TypedChoiceField(
        label=_("Hva er galt?"),
        choices=CorrectionKind.choices,
        widget=forms.RadioSelect,
        coerce=CorrectionKind,
        error_messages={"required": _("Velg hva som er galt.")},
    )
    text = forms.CharField(
        label=_("Fortell med egne ord"),
        help_text=_("Skriv hva som er feil, og hva du mener er riktig."),
        widget=forms.Textarea(attrs={"class": "ds-input", "rows": 5}),
        max_length=2000,
        error_messages={"required": _("Skriv hva som er feil.")},
    )


@require_http_methods(["GET", "POST"])
def ask(request: AudienceRequest, report_id: uuid.UUID) -> HttpResponse:
    """The form shows nothing of the answer; whose it is, is decided when it is sent."""
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"form": form, "report_id": report_id}
        status = 422 if form.is_bound else 200
        return render(request, "citizen/ask_correction.html", context, status=status)
    answer = lookup.ask_correction(
        request.viewer,
        patient_id=own_record(request.viewer),
        report_id=report_id,
        **form.cleaned_data,
    )
    if answer.value is None:
        return refused(request, answer.verdict)
    return redirect("citizen:corrections")


@require_GET
def listed(request: AudienceRequest) -> HttpResponse:
    found = lookup.read_corrections(request.viewer)
    context = {"corrections": [present_correction(case) for case in found]}
    return render(request, "citizen/corrections.html", context)
