"""The provider as a WSGI application: two issuers side by side, and their style."""

import mimetypes
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured, SuspiciousFileOperation

from portal.demo.provider.authorization import Authorization
from portal.demo.provider.clients import SEND_SCOPE, Client, registered_clients
from portal.demo.provider.exchange import (
    Answer,
    OAuthError,
    Request,
    json_answer,
    page,
    redirect,
)
from portal.demo.provider.lies import Lies
from portal.demo.provider.minting import Mint
from portal.demo.provider.token_endpoint import TokenEndpoint

_TRUTH = Lies()


class Issuer:
    """One of the two: its metadata, keys and endpoints below `/helseid/…`."""

    def __init__(
        self, issuer_key: str, clients: Mapping[str, Client], lies: Lies
    ) -> None:
        self.mint = Mint(issuer_key, lies)
        response_issuer = lies.response_issuer
        if response_issuer is None:
            response_issuer = self.mint.issuer
        self._clients = clients
        self._authorization = Authorization(issuer_key, response_issuer, clients)
        self.tokens = TokenEndpoint(self.mint, self._authorization, clients)

    def answer(self, request: Request, path: str) -> Answer:
        """`path` is what follows the issuer's name. Raises OAuthError."""
        match request.method, path.split("/"):
            case "GET", [".well-known", "openid-configuration"]:
                return json_answer(self.metadata())
            case "GET", ["jwks"]:
                return json_answer(self.mint.published_keys())
            case "GET", ["authorize"]:
                return self._authorization.authorize(request.values)
            case "GET", ["velg", request_id, persona]:
                return self._authorization.choose(request_id, persona)
            case "POST", ["token"]:
                return json_answer(self.tokens.issue(request.values, request.proof))
            case "GET", ["endsession"]:
                return self._end_session(request.values)
        return page("fault", 404, reason="Det finnes ikke noe her.")

    def metadata(self) -> dict[str, Any]:
        issuer = self.mint.issuer
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks",
            "end_session_endpoint": f"{issuer}/endsession",
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code", "client_credentials"],
            "scopes_supported": ["openid", "profile", SEND_SCOPE],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ["ES256"],
            "dpop_signing_alg_values_supported": ["ES256"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
        }

    def _end_session(self, values: Mapping[str, str]) -> Answer:
        """OpenID Connect RP-Initiated Logout 1.0. There is no session to end: one
        chooses a persona at every login."""
        client = self._clients.get(values.get("client_id", ""))
        return_to = values.get("post_logout_redirect_uri", "")
        hint = values.get("id_token_hint", "")
        if (
            client is None
            or return_to not in client.logout_uris
            or (hint and not self.mint.is_ours(hint, client_id=client.client_id))
        ):
            return page("fault", 400, reason="Ukjent klient eller returadresse.")
        state = values.get("state")
        return redirect(return_to, {"state": state} if state else {})


class Provider:
    """`Provider()` tells the truth; `Provider(Lies(…))` is for tests."""

    def __init__(self, lies: Lies = _TRUTH) -> None:
        if not settings.IS_DEMONSTRATION:
            raise ImproperlyConfigured(
                "The local identity provider lets anybody in as anybody: it runs in "
                "the demonstration alone, when DATABASE_URL is not set."
            )
        clients = registered_clients()
        self.issuers = {
            key: Issuer(key, clients, lies) for key in settings.OIDC_PROVIDERS
        }

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        try:
            answer = self._answer(Request.from_environ(environ))
        except OAuthError as error:
            answer = json_answer(
                {"error": error.error, "error_description": error.description},
                error.status,
            )
        status = f"{answer.status} {HTTPStatus(answer.status).phrase}"
        start_response(status, answer.all_headers())
        return [answer.body]

    def _answer(self, request: Request) -> Answer:
        name, _slash, path = request.path.lstrip("/").partition("/")
        if name == "static" and request.method == "GET":
            return _static(path)
        if issuer := self.issuers.get(name):
            return issuer.answer(request, path)
        return page("fault", 404, reason="Det finnes ikke noe her.")


def _static(path: str) -> Answer:
    try:
        found = finders.find(path)
    except SuspiciousFileOperation:
        found = None
    if not isinstance(found, str) or not Path(found).is_file():
        return Answer(b"", 404)
    content_type = mimetypes.guess_type(found)[0] or "application/octet-stream"
    return Answer(
        Path(found).read_bytes(),
        content_type=content_type,
        headers={"Cache-Control": "max-age=60"},
    )
