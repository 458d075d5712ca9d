"""Choosing which role, for which organisation, one acts in."""

import logging

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from access.authentication import LoginRefused
from access.operations import choose_workplace
from access.sessions import Workplace, workplaces_of
from access.terms import ViewerKind
from portal.accounts.sentences import explain
from portal.accounts.views import local_path
from portal.accounts.vouching import let_helseid_vouch
from portal.middleware import AudienceRequest

logger = logging.getLogger(__name__)
_FORBIDDEN = 403


@require_http_methods(["GET", "HEAD", "POST"])
def workplace(request: AudienceRequest) -> HttpResponse:
    """Only what the person holds today, the one they chose last chosen already. To
    change it closes the open patient."""
    is_at_work = request.viewer.kind is ViewerKind.PRACTITIONER
    if request.audience != "clinician" or not is_at_work:
        raise Http404
    sentence = ""
    if request.method == "POST":
        try:
            if _choose(request):
                return _onward(request)
        except LoginRefused as error:
            logger.warning("Workplace refused: %s", error.refusal.value)
            sentence = str(explain(error.refusal).text)
    return _page(request, is_refused=request.method == "POST", sentence=sentence)


def _choose(request: AudienceRequest) -> bool:
    """HelseID is asked first: what it does not vouch for is not chosen."""
    wanted = request.POST.get("workplace", "")
    held = {str(place.id): place for place in workplaces_of(request.viewer)}
    if wanted not in held:
        return False
    let_helseid_vouch(request.session, held[wanted].organization_number)
    return choose_workplace(request.viewer, held[wanted].id)


def _onward(request: AudienceRequest) -> HttpResponse:
    next_path = local_path(request.POST.get("next"))
    response = redirect(next_path or "clinician:search")
    if request.viewer.organization_id:
        # What the browser may have kept was seen for another organisation.
        response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _page(request: AudienceRequest, *, is_refused: bool, sentence: str) -> HttpResponse:
    viewer = request.viewer
    workplaces = workplaces_of(viewer)
    context = {
        "workplaces": workplaces,
        "chosen": _chosen(workplaces),
        "is_from_ehr": viewer.only_patient_id is not None,
        "next": local_path(request.POST.get("next") or request.GET.get("next")),
        "is_refused": is_refused,
        "sentence": sentence,
    }
    template = "accounts/workplace.html" if workplaces else "accounts/no_workplace.html"
    status = _FORBIDDEN if is_refused else 200
    return render(request, template, context, status=status)


def _chosen(workplaces: tuple[Workplace, ...]) -> Workplace | None:
    """The one in use, else the usual one, else none: nobody acts in a role by
    oversight."""
    in_order = sorted(workplaces, key=lambda w: (not w.is_current, not w.is_usual))
    first = in_order[0] if in_order else None
    return first if first and (first.is_current or first.is_usual) else None
