"""What is read as text: microbiology, pathology, images, and a search in all of it."""

import uuid
from collections.abc import Mapping, Sequence

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from access import lookup
from access.lookup import Examined, ReportSummary, ShownPart
from portal.clinician.text_pages import present_search_page, present_text_page
from portal.clinician.views import refused
from portal.middleware import AudienceRequest
from portal.presenting.cumulative import read_selection
from portal.presenting.regions import earlier_of_same
from portal.presenting.titles import IMAGING
from results.vocabulary import Discipline

_TEXTS_ON_A_PAGE = 10
_CULTURES_ON_A_PAGE = 30
_LONGEST_SEARCH = 100


class TextSearchForm(forms.Form):
    """The words are posted: they may tell of the patient, and addresses are kept."""

    words = forms.CharField(
        label=_("Ord i svartekster"),
        help_text=_("Finner svar som har alle ordene, eller ord som begynner slik."),
        widget=forms.TextInput(
            attrs={
                "class": "ds-input",
                "type": "search",
                "autocomplete": "off",
                "spellcheck": "false",
            }
        ),
        max_length=_LONGEST_SEARCH,
        error_messages={
            "required": _("Skriv minst ett ord."),
            "max_length": _("Skriv færre ord, høyst 100 tegn."),
        },
    )


@require_GET
def microbiology(request: AudienceRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Findings by date, and what they were sensitive to across time."""
    specimen = request.GET.get("materiale", "")[:20]
    answer = lookup.read_category(
        request.viewer,
        patient_id=patient_id,
        categories=(Discipline.MBIO,),
        part=ShownPart(_number(request), _CULTURES_ON_A_PAGE, specimen),
    )
    if answer.value is None:
        return refused(request, answer.verdict, patient_id)
    page = present_text_page(answer.value, specimen=specimen, shows_isolates=True)
    context = {"page": page, "patient": page.patient, "view": "microbiology"}
    return render(request, "clinician/microbiology.html", context)


@require_GET
def pathology(request: AudienceRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Diagnosis first."""
    answer = lookup.read_category(
        request.viewer,
        patient_id=patient_id,
        categories=(Discipline.PAT,),
        part=ShownPart(_number(request), _TEXTS_ON_A_PAGE),
    )
    if answer.value is None:
        return refused(request, answer.verdict, patient_id)
    page = present_text_page(answer.value)
    context = {"page": page, "patient": page.patient, "view": "pathology"}
    return render(request, "clinician/pathology.html", context)


@require_GET
def imaging(request: AudienceRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Conclusion first, and beside it what earlier images of the same showed."""
    beside: dict[object, Sequence[ReportSummary]] = {}

    def related(
        report: ReportSummary,
        reports: Sequence[ReportSummary],
        examined: Mapping[uuid.UUID, Sequence[Examined]],
    ) -> list[uuid.UUID]:
        beside[report.id] = earlier_of_same(report, reports, examined)
        return [earlier.id for earlier in beside[report.id]]

    answer = lookup.read_category(
        request.viewer,
        patient_id=patient_id,
        categories=IMAGING,
        part=ShownPart(_number(request), _TEXTS_ON_A_PAGE),
        related=related,
    )
    if answer.value is None:
        return refused(request, answer.verdict, patient_id)
    page = present_text_page(answer.value, beside=beside)
    context = {"page": page, "patient": page.patient, "view": "imaging"}
    return render(request, "clinician/imaging.html", context)


@require_http_methods(["GET", "POST"])
def search(request: AudienceRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Nothing is looked for before there are words."""
    form = TextSearchForm(request.POST if request.method == "POST" else None)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    answer = lookup.search_texts(request.viewer, patient_id=patient_id, text=words)
    if answer.value is None:
        return refused(request, answer.verdict, patient_id)
    page = present_search_page(answer.value)
    context = {"page": page, "patient": page.patient, "form": form, "view": "search"}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "clinician/text_search.html", context, status=status)


def _number(request: AudienceRequest) -> int:
    return read_selection(request.GET.dict()).page
