"""Signing in and out, page by page."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from access.authentication import Ending, drop_refresh_token, ending_of
from access.terms import ANONYMOUS
from portal.accounts.endings import why_ended
from portal.accounts.entrances import entrance_of
from portal.accounts.signing import finish


@require_safe
def login(request: HttpRequest) -> HttpResponse:
    """The one way in at this host; the front page knows the way to each."""
    entrance = entrance_of(request)
    if entrance is None:
        return redirect("front")
    context = {
        "provider_name": entrance.provider_name,
        "start": reverse(f"accounts:{entrance.provider_key}_authenticate"),
        "next": local_path(request.GET.get("next")),
        "ended": why_ended(request),
    }
    return render(request, "accounts/login.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def logout(request: HttpRequest) -> HttpResponse:
    """End the session here, then at the provider; a link only gets the question.

    The answer is a page with a form that is sent to the provider by itself, or by its
    button where no script runs. A redirect would put the ID token into an address.
    """
    if request.method != "POST":
        return render(request, "accounts/logout.html")
    return_to = request.build_absolute_uri(reverse("accounts:logged_out"))
    ending = ending_of(request.session, return_to=return_to)
    before = dict(request.session)
    finish(request)
    drop_refresh_token(before)
    request.viewer = ANONYMOUS  # type: ignore[attr-defined]
    response = render(request, "accounts/logged_out.html", {"ending": ending})
    if ending:
        _let_forms_go_to(response, ending)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _let_forms_go_to(response: HttpResponse, ending: Ending) -> None:
    """On this page, which holds nothing but that form."""
    parts = urlsplit(ending.address)
    origin = f"{parts.scheme}://{parts.netloc}"
    response._csp_update = {"form-action": [origin]}  # type: ignore[attr-defined]


@require_safe
def logged_out(request: HttpRequest) -> HttpResponse:
    """Where the provider sends the browser when its session has ended too."""
    return render(request, "accounts/logged_out.html")


def local_path(address: str | None) -> str:
    """The address if it is a path on this host, else nothing: no open redirects."""
    if (
        address
        and address.startswith("/")
        and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    ):
        return address
    return ""
