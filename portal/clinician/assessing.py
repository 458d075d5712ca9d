"""«Svar å vurdere»: what waits for the requester, and who does it in the holidays."""

import datetime
import uuid
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access import lookup
from access.terms import Verdict
from portal.clinician.release_form import ReleaseForm
from portal.middleware import AudienceRequest
from portal.presenting.assessing import present_deputy, present_to_assess
from portal.presenting.patients import present_patient
from portal.presenting.refusals import present_refusal
from portal.presenting.releases import present_release
from portal.presenting.reports import present_report

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _day(label: "StrOrPromise") -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"type": "date", "class": "ds-input"}
        ),
        error_messages={
            "invalid": _("Skriv en dato som finnes."),
            "required": _("Velg en dag."),
        },
    )


class DeputyForm(forms.Form):
    """A colleague, and the days; the last is the last day there is cover."""

    deputy_hpr = forms.CharField(
        label=_("Kollega"),
        widget=forms.Select(attrs={"class": "ds-input"}),
        max_length=20,
        error_messages={"required": _("Velg en kollega.")},
    )
    first = _day(_("Første dag"))
    last = _day(_("Siste dag"))

    def offer(self, colleagues: dict[str, str]) -> None:
        """Those to choose among, by name."""
        by_name = sorted(colleagues.items(), key=lambda choice: choice[1])
        self.fields["deputy_hpr"].widget.choices = [("", ""), *by_name]

    def clean(self) -> dict[str, object]:
        said = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if first and first < timezone.localdate():
            self.add_error("first", _("Velg i dag eller en dag frem i tid."))
        if first and last and last < first:
            self.add_error("last", _("Siste dag må være etter første dag."))
        return said


@require_GET
def worklist(request: AudienceRequest) -> HttpResponse:
    return _worklist(request, DeputyForm())


@require_http_methods(["GET", "POST"])
def answer(request: AudienceRequest, report_id: uuid.UUID) -> HttpResponse:
    """This answer and nothing else of the patient; decided, it is off the list."""
    form = ReleaseForm(request.POST if request.method == "POST" else None)
    order = form.order() if form.is_bound else None
    if order is not None:
        try:
            done = lookup.assess(request.viewer, report_id=report_id, order=order)
        except lookup.ReleaseRefused as fault:
            form.add_faults(fault.faults)
        else:
            if done.value is None:
                return _refused(request, done.verdict)
            return redirect("clinician:to_assess")
    found = lookup.open_to_assess(request.viewer, report_id=report_id)
    if found.value is None:
        return _refused(request, found.verdict)
    context = {
        "patient": present_patient(found.value.patient, today=timezone.localdate()),
        "report": present_report(found.value),
        "release": present_release(found.release),
        "release_form": form,
        "release_url": request.path,
    }
    status = 422 if form.is_bound else 200
    return render(request, "clinician/assess.html", context, status=status)


@require_POST
def set_deputy(request: AudienceRequest) -> HttpResponse:
    form = DeputyForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        is_set = lookup.set_deputy(
            request.viewer,
            deputy_hpr=said["deputy_hpr"],
            valid_from=said["first"],
            valid_to=said["last"] + datetime.timedelta(days=1),
        )
        if is_set:
            return redirect("clinician:to_assess")
        form.add_error("deputy_hpr", _("Velg en som arbeider i virksomheten da."))
    return _worklist(request, form, status=422)


@require_POST
def end_deputy(request: AudienceRequest, deputy_id: uuid.UUID) -> HttpResponse:
    """One that is not the viewer's, or is over, is left as it is."""
    lookup.end_deputy(request.viewer, deputy_id=deputy_id)
    return redirect("clinician:to_assess")


def _worklist(
    request: AudienceRequest, form: DeputyForm, *, status: int = 200
) -> HttpResponse:
    found = lookup.list_to_assess(request.viewer)
    if found.value is None:
        return _refused(request, found.verdict)
    form.offer(lookup.colleagues(request.viewer))
    now = timezone.now()
    context = {
        "lines": [present_to_assess(line, now=now) for line in found.value.lines],
        "more": found.value.more,
        "deputies": [present_deputy(d) for d in lookup.deputies(request.viewer)],
        "form": form,
    }
    return render(request, "clinician/to_assess.html", context, status=status)


def _refused(request: AudienceRequest, verdict: Verdict) -> HttpResponse:
    context = {"refusal": present_refusal(verdict.reason)}
    return render(request, "clinician/not_to_assess.html", context, status=403)
