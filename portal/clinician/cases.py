"""An organisation's controller follows up the looks made for it."""

import uuid

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from access import cases
from access.vocabulary import (
    CaseOutcome,
)
from portal.middleware import AudienceRequest
from portal.presenting.cases import present_case
from portal.presenting.looks import present_log


class OutcomeForm(forms.Form):
    outcome = forms.TypedChoiceField(
        label=_("Konklusjon"),
        choices=CaseOutcome.choices,
        widget=forms.RadioSelect,
        coerce=CaseOutcome,
        error_messages={"required": _("Velg en konklusjon.")},
    )
    reasons = forms.CharField(
        label=_("Begrunnelse"),
        help_text=_("For virksomheten. Innbyggeren ser den ikke her."),
        widget=forms.Textarea(attrs={"class": "ds-input", "rows": 4}),
        max_length=4000,
        error_messages={"required": _("Skriv en begrunnelse.")},
    )
    answer = forms.CharField(
        label=_("Svar til innbyggeren"),
        help_text=_("Vises bare når innbyggeren har spurt."),
        widget=forms.Textarea(attrs={"class": "ds-input", "rows": 4}),
        max_length=4000,
        required=False,
    )


@require_GET
def listed(request: AudienceRequest) -> HttpResponse:
    """Those who follow up for nobody are told so."""
    found = cases.cases_for(request.viewer)
    context = {
        "is_controller": cases.is_controller(request.viewer),
        "cases": [present_case(case) for case in found],
    }
    return render(request, "clinician/cases.html", context)


@require_http_methods(["GET", "POST"])
def case(request: AudienceRequest, case_id: uuid.UUID) -> HttpResponse:
    """The looks it is about, and what was concluded; logged as a look of its own."""
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    try:
        if form.is_valid():
            cases.close_case(request.viewer, case_id, **form.cleaned_data)
            return redirect("clinician:cases")
        found = cases.read_case(request.viewer, case_id)
    except cases.NotYours:
        raise Http404 from None
    context = {
        "form": form,
        "case": present_case(found),
        "days": present_log(found.lines),
    }
    status = 422 if form.is_bound else 200
    return render(request, "clinician/case.html", context, status=status)
