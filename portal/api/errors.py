"""Any refusal as `{"error": code, "message": sentence}`; no input is repeated."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, status
from rest_framework.response import Response

from portal.api.authentication import CHALLENGE, TokenRefused
from results.ingestion.watch.troubles import Trouble


class Unavailable(exceptions.APIException):
    """The database is away or held; nothing was kept, and the sender tries again."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_code = "unavailable"
    default_detail = Trouble.DATABASE.label
    wait = 10


_SENTENCES: Mapping[type[exceptions.APIException], Promise] = {
    exceptions.NotAuthenticated: _("Kallet mangler tilgangsbevis (DPoP)."),
    exceptions.AuthenticationFailed: _("Tilgangsbeviset er ikke gyldig."),
    exceptions.PermissionDenied: _("Klienten har ikke tilgang til dette."),
    exceptions.NotFound: _("Det finnes ikke noe her."),
    exceptions.MethodNotAllowed: _("Metoden kan ikke brukes her."),
    exceptions.NotAcceptable: _("Svaret finnes ikke i formatet du ber om."),
    exceptions.UnsupportedMediaType: _("Innholdstypen støttes ikke."),
    exceptions.ParseError: _("Innholdet kan ikke leses."),
    exceptions.ValidationError: _("Innholdet er ikke gyldig."),
    exceptions.Throttled: _("For mange kall. Vent litt."),
}
# Their own text is ours when somebody here wrote it; the rest of DRF's may echo input.
_MAY_SPEAK = (exceptions.PermissionDenied, exceptions.NotFound)


def handle(exc: Exception, context: Mapping[str, object]) -> Response | None:
    """The answer to an exception in a view; None for a fault, which becomes a 500."""
    if isinstance(exc, Http404):
        exc = exceptions.NotFound()
    elif isinstance(exc, PermissionDenied):
        exc = exceptions.PermissionDenied()
    elif isinstance(exc, OperationalError | InterfaceError):
        exc = Unavailable()
    if not isinstance(exc, exceptions.APIException):
        return None
    code = _code(exc)
    content = {"error": code, "message": str(_sentence(exc))}
    return Response(content, status=exc.status_code, headers=_headers(exc, code))


def _code(exc: exceptions.APIException) -> str:
    codes: Any = exc.get_codes()
    return codes if isinstance(codes, str) else str(exc.default_code)


def _sentence(exc: exceptions.APIException) -> object:
    is_own = exc.detail != exc.default_detail or hasattr(exc, "challenge")
    written_here = exc.detail if is_own else None
    for kind, sentence in _SENTENCES.items():
        if isinstance(exc, kind):
            return (written_here if isinstance(exc, _MAY_SPEAK) else None) or sentence
    return exc.detail


def _headers(exc: exceptions.APIException, code: str) -> dict[str, str]:
    challenge = getattr(exc, "auth_header", CHALLENGE)
    if isinstance(exc, TokenRefused):
        return {"WWW-Authenticate": _joined(challenge, f'error="{code}"')}
    if detail := getattr(exc, "challenge", ""):
        return {"WWW-Authenticate": _joined(challenge, f'error="{code}"', detail)}
    if exc.status_code == 401:
        return {"WWW-Authenticate": challenge}
    if wait := getattr(exc, "wait", None):
        return {"Retry-After": str(int(wait))}
    return {}


def _joined(challenge: str, *parameters: str) -> str:
    """One challenge: a scheme, a blank, and parameters with commas between them."""
    scheme, _blank, own = challenge.partition(" ")
    return f"{scheme} " + ", ".join(filter(None, [own, *parameters]))
