"""A citizen chooses whose answers to see; the choice stands in the address."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from access import lookup
from portal.citizen.views import refused
from portal.middleware import AudienceRequest
from portal.on_behalf import about, for_oneself
from portal.presenting.patients import spoken_name
from portal.presenting.people import present_people

_PAGE = "/innbygger/"


@require_http_methods(["GET", "POST"])
@for_oneself
def whom(request: AudienceRequest) -> HttpResponse:
    """Oneself, and those one sees for now. The door is asked again at every look."""
    if request.method == "POST":
        key = _key(request.POST.get("person", ""))
        return _turn_to(request, key) if key else _page(request, is_refused=True)
    return _page(request)


def _turn_to(request: AudienceRequest, key: uuid.UUID) -> HttpResponse:
    """What the browser kept of the person before is not kept."""
    answer = lookup.choose_person(request.viewer, patient_id=key)
    if answer.value is None:
        return refused(request, answer.verdict)
    is_own = key == request.viewer.patient_id
    response = redirect(_PAGE if is_own else about(key, _PAGE))
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _page(request: AudienceRequest, *, is_refused: bool = False) -> HttpResponse:
    context = {
        "people": present_people(lookup.seen_for(request.viewer)),
        "own_key": request.viewer.patient_id,
        "own_name": spoken_name(request.viewer.name) or _("Deg selv"),
        "is_refused": is_refused,
    }
    status = 422 if is_refused else 200
    return render(request, "citizen/whom.html", context, status=status)


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
