"""A citizen asks about a look, and follows what comes of it."""

import uuid

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from access import cases
from portal.middleware import AudienceRequest
from portal.on_behalf import for_oneself
from portal.presenting.cases import present_case
from portal.presenting.looks import present_log


class QuestionForm(forms.Form):
    question = forms.CharField(
        label=_("Hva vil du vite?"),
        help_text=_("For eksempel hvem det er, eller hvorfor de så svarene dine."),
        widget=forms.Textarea(attrs={"class": "ds-input", "rows": 4}),
        max_length=1000,
        error_messages={"required": _("Skriv hva du vil vite.")},
    )


@require_http_methods(["GET", "POST"])
@for_oneself
def ask(request: AudienceRequest, entry_id: uuid.UUID) -> HttpResponse:
    """Another's look, one's own, or none at all are one and the same: not found."""
    form = QuestionForm(request.POST if request.method == "POST" else None)
    try:
        line = cases.line_to_ask_about(request.viewer, entry_id)
        if form.is_valid():
            cases.ask(request.viewer, entry_id, **form.cleaned_data)
            return redirect("citizen:questions")
    except cases.NotYours:
        raise Http404 from None
    (day,) = present_log([line])
    context = {"form": form, "day": day.heading, "look": day.looks[0]}
    status = 422 if form.is_bound else 200
    return render(request, "citizen/ask.html", context, status=status)


@require_GET
@for_oneself
def questions(request: AudienceRequest) -> HttpResponse:
    """What was asked, of whom, by when an answer comes, and the answer."""
    context = {
        "questions": [present_case(case) for case in cases.own_cases(request.viewer)]
    }
    return render(request, "citizen/questions.html", context)
