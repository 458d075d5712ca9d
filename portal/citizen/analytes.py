"""A citizen's answers by test, one test over time, and a search in everyday words."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from access import lookup
from portal.citizen.analyte_lines import (
    LONGEST_WORDS,
    is_it,
    matching_reports,
    present_analyte,
    present_analytes,
)
from portal.citizen.presenters import own_line
from portal.citizen.views import own_record, refused
from portal.middleware import AudienceRequest
from portal.presenting.lists import present_line


@require_GET
def analytes(request: AudienceRequest) -> HttpResponse:
    answer = lookup.follow_own(request.viewer, patient_id=own_record(request.viewer))
    if answer.value is None:
        return refused(request, answer.verdict)
    own = answer.value
    context = {
        "groups": present_analytes(own.followed),
        "unopened": [own_line(present_line(report)) for report in own.unopened],
    }
    return render(request, "citizen/analytes.html", context)


@require_GET
def analyte(request: AudienceRequest, key: str) -> HttpResponse:
    patient_id = own_record(request.viewer)
    answer = lookup.follow_own_analyte(
        request.viewer,
        patient_id=patient_id,
        is_wanted=is_it(key, patient_id),
        language=get_language() or "",
    )
    if answer.value is None:
        return refused(request, answer.verdict)
    page = present_analyte(answer.value, key=key)
    return render(request, "citizen/analyte.html", {"page": page})


@require_POST
def search(request: AudienceRequest) -> HttpResponse:
    """What is sought may say what someone fails; so it stands in no address."""
    said = request.POST.get("ord", "")[:LONGEST_WORDS].strip()
    words = tuple(said.casefold().split())
    if not words:
        return redirect("citizen:reports")
    answer = lookup.follow_own(request.viewer, patient_id=own_record(request.viewer))
    if answer.value is None:
        return refused(request, answer.verdict)
    followed = answer.value.followed
    context = {
        "said": said,
        "groups": present_analytes(followed, words=words),
        "lines": matching_reports(followed, words),
    }
    return render(request, "citizen/search.html", context)
