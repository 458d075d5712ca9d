"""What holds for every page: headers, one host per audience, and who is looking."""

import logging
from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.contrib import auth
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.template import loader
from django_htmx.http import HttpResponseClientRedirect

from access.terms import ANONYMOUS, Viewer
from access.viewers import visit

logger = logging.getLogger(__name__)

_GetResponse = Callable[[HttpRequest], HttpResponseBase]


class AudienceRequest(HttpRequest):
    """A request that has passed the middleware below."""

    audience: str
    viewer: Viewer


class NothingUnloggedMiddleware:
    """Where the database does not answer, a look cannot be logged: 503, and nothing of
    what was asked for. The error's own words may quote a row, and are left out."""

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        if not isinstance(error, DatabaseError | InterfaceError):
            return None
        logger.error("the database refused: %s", type(error).__name__)
        page = loader.get_template("503.html").render()
        return HttpResponse(page, status=503, headers={"Retry-After": "30"})


class SecurityHeadersMiddleware:
    """Nothing is kept, framed, shared or indexed. Static files never come this far."""

    HEADERS = {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": (
            "camera=(), display-capture=(), fullscreen=(), geolocation=(),"
            " microphone=(), payment=(), usb=()"
        ),
        "X-Robots-Tag": "noindex, nofollow",
    }

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in self.HEADERS.items():
            response[name] = value
        return response


class AudienceHostMiddleware:
    """An audience's pages on its own host alone, so that sessions never meet.

    Elsewhere they do not exist. What is for everybody (`/api/`, login, language) is on
    every host; a bare audience host leads to its entrance.
    """

    ENTRANCES = {
        "clinician": "/helsepersonell/",
        "citizen": "/innbygger/",
        "administration": "/forvaltning/",
        "producer": "/produsent/",
    }
    # Pages that stand alone; the latter two are where EHR systems send browsers.
    ALONE = {"/": "front", "/hentpasient.html": "clinician", "/loggut": "clinician"}

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        audience = audience_of(request)
        request.audience = audience  # type: ignore[attr-defined]
        if request.path_info == "/" and audience in self.ENTRANCES:
            return HttpResponseRedirect(self.ENTRANCES[audience])
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> None:
        """Here rather than above, so that the plain 404 page has its language."""
        here = request.path_info
        owner = self.ALONE.get(here) or next(
            (a for a, path in self.ENTRANCES.items() if here.startswith(path)),
            None,
        )
        if owner and owner != request.audience:  # type: ignore[attr-defined]
            raise Http404


def audience_of(request: HttpRequest) -> str:
    """Whose host the request came to; empty for a host that is nobody's entrance."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    hosts = {name: audience for audience, name in settings.AUDIENCE_HOSTS.items()}
    return hosts.get(host.lower(), "")


class ViewerMiddleware:
    """`request.viewer`; and a fragment's request that has lost its session says so.

    Without the latter a browser would follow the redirect silently, to another origin,
    and the page would stand as if nothing had happened.
    """

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.viewer = _viewer(request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if getattr(request, "htmx", False) and _leads_to_login(response):
            return HttpResponseClientRedirect(response["Location"])
        return response


# Whoever brings a session from another audience's host is nobody here.
PROVIDERS = {
    "clinician": "helseid",
    "administration": "helseid",
    "citizen": "idporten",
}


# Where Django's session holds the key of ours, and why the one before it ended.
SESSION_KEY = "session"
ENDED_KEY = "ended"


def _viewer(request: HttpRequest) -> Viewer:
    """Of nobody's session, or one that is over, nothing is left but the reason."""
    key = request.session.get(SESSION_KEY)
    if key is None and auth.SESSION_KEY not in request.session:
        return ANONYMOUS
    found = visit(request.user, key)
    if found.ended:
        auth.logout(request)
        request.session[ENDED_KEY] = found.ended.value
        return ANONYMOUS
    wanted = PROVIDERS.get(getattr(request, "audience", ""))
    if found.provider != wanted:
        return ANONYMOUS
    represented_id = getattr(request, "represented_id", None)
    if represented_id == found.viewer.patient_id:
        return found.viewer
    return replace(found.viewer, represented_id=represented_id)


def _leads_to_login(response: HttpResponseBase) -> bool:
    if not isinstance(response, HttpResponse) or response.status_code != 302:
        return False
    return response["Location"].startswith(resolve_url(settings.LOGIN_URL))
