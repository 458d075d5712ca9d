"""A browser arrives from the EHR system, and leaves again.

Both addresses are the reference client's. They are reached by plain navigation, so
neither needs JavaScript, and neither can be asked for a token of ours.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from access import lookup
from access.operations import redeem_launch
from access.terms import (
    ANONYMOUS,
)
from access.vocabulary import (
    LaunchFault,
)
from portal.accounts.launch_sentences import explain_launch
from portal.accounts.signing import begin_launched, finish
from portal.middleware import AudienceRequest
from portal.presenting.refusals import present_refusal

_LONGEST = 512
_SEE_OTHER, _FORBIDDEN, _BAD_REQUEST = 303, 403, 400


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "POST"])
def open_patient(request: AudienceRequest) -> HttpResponse:
    """`/hentpasient.html`: the code and its verifier, for a session and one patient.

    Exempt from the check of where a form came from: it comes from the EHR system, and
    the code, which works once, is proof enough. Answered at once with a redirect to an
    address that says nothing; what the address said before is told to nobody.
    """
    response = _open(request)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _open(request: AudienceRequest) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    code, verifier = sent.get("code", ""), sent.get("ehr_code_verifier", "")
    if not _is_a_page_of_its_own(request):
        # Nor is the code spent: a frame, an image or a guess ahead is no arrival.
        return _refused(request, LaunchFault.NOT_A_PAGE)
    if not 0 < len(code) <= _LONGEST or not 0 < len(verifier) <= _LONGEST:
        return _refused(request, LaunchFault.CODE_UNKNOWN)
    opening = redeem_launch(code, verifier)
    if isinstance(opening, LaunchFault):
        return _refused(request, opening)
    was_someone = request.viewer is not ANONYMOUS
    request.viewer = begin_launched(request, opening)
    answer = lookup.renew_need(
        request.viewer,
        patient_id=opening.patient_id,
        basis=opening.basis,
        purpose=opening.purpose,
    )
    if answer.value is None:
        context = {"refusal": present_refusal(answer.verdict.reason)}
        return render(request, "clinician/refused.html", context, status=_FORBIDDEN)
    address = reverse("clinician:reports", args=[opening.patient_id])
    response = HttpResponse(status=_SEE_OTHER, headers={"Location": address})
    if was_someone:
        # Another patient, or another person, was open here a moment ago.
        response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@login_not_required
@require_GET
def leave(request: AudienceRequest) -> HttpResponse:
    """`/loggut`: ends what the EHR system opened. Who signed in here themselves is
    asked first, as by any link."""
    is_from_ehr = request.viewer.only_patient_id is not None
    if not is_from_ehr or not _is_a_page_of_its_own(request):
        return redirect("accounts:logout" if _is_signed_in(request) else _LOGGED_OUT)
    finish(request)
    response = redirect(_LOGGED_OUT)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


_LOGGED_OUT = "accounts:logged_out"


def _is_signed_in(request: AudienceRequest) -> bool:
    return request.viewer is not ANONYMOUS


def _is_a_page_of_its_own(request: HttpRequest) -> bool:
    """Not fetched into another page, nor ahead of time; browsers say which it is
    (Fetch Metadata). One that says nothing is believed."""
    purposes = request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    is_early = "prefetch" in purposes
    return not is_early and request.headers.get("Sec-Fetch-Dest", "document") == (
        "document"
    )


def _refused(request: HttpRequest, fault: LaunchFault) -> HttpResponse:
    context = {"code": fault.value, "sentence": explain_launch(fault)}
    return render(request, "accounts/not_opened.html", context, status=_BAD_REQUEST)
