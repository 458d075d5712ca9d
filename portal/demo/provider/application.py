"""The provider as a WSGI application: two issuers side by side, and their style."""

import mimetypes
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured, SuspiciousFileOperation

from portal.demo.provider.authorization import Authorization
from portal.demo.provider.callers import Callers
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
Notify = Callable[[str, str], None]


class Issuer:
    """One of the two: its metadata, keys and endpoints below `/helseid/…`."""

    def __init__(
        self,
        issuer_key: str,
        clients: Mapping[str, Client],
        lies: Lies,
        notify: Notify,
    ) -> None:
        self._notify = notify
        self.mint = Mint(issuer_key, lies)
        response_issuer = lies.response_issuer
        if response_issuer is None:
            response_issuer = self.mint.issuer
        self._clients = clients
        self._binds_tokens = bool(settings.OIDC_PROVIDERS[issuer_key]["uses_dpop"])
        own = {k: c for k, c in clients.items() if c.issuer_key == issuer_key}
        self.callers = Callers(self.mint.issuer, own)
        self.authorization = Authorization(issuer_key, response_issuer)
        self.tokens = TokenEndpoint(
            self.mint,
            self.authorization,
            self.callers,
            binds_tokens=self._binds_tokens,
        )

    def answer(self, request: Request, path: str) -> Answer:
        """`path` is what follows the issuer's name. Raises OAuthError."""
        match request.method, path.split("/"):
            case "GET", [".well-known", "openid-configuration"]:
                return json_answer(self.metadata())
            case "GET", ["jwks"]:
                return json_answer(self.mint.published_keys())
            case "POST", ["par"]:
                return self._fresh(self.push(request.values, request.proof), 201)
            case "GET", ["authorize"]:
                return self.authorization.authorize(request.values)
            case "GET", ["velg", request_id, persona]:
                return self.authorization.choose(request_id, persona)
            case "POST", ["token"]:
                return self._fresh(self.tokens.issue(request.values, request.proof))
            case "POST", ["revoke"]:
                self.tokens.revoke(request.values)
                return json_answer({})
            case "GET" | "POST", ["endsession"]:
                return self._end_session(request.values)
        return page("fault", 404, reason="Det finnes ikke noe her.")

    def push(self, values: Mapping[str, str], proof: str) -> dict[str, object]:
        """The answer's JSON object (RFC 9126 §2.2). Raises OAuthError."""
        client, _details = self.callers.authenticated(values)
        thumbprint = self.callers.proven(proof, "par") if self._binds_tokens else ""
        return self.authorization.push(client, values, thumbprint=thumbprint)

    def _fresh(self, content: Mapping[str, Any], status: int = 200) -> Answer:
        """With the nonce for the next proof, which may be another than the last."""
        nonce = {"DPoP-Nonce": self.callers.nonce()} if self._binds_tokens else {}
        return json_answer(content, status, headers=nonce)

    def metadata(self) -> dict[str, Any]:
        issuer = self.mint.issuer
        bound = {"dpop_signing_alg_values_supported": ["ES256"]}
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "pushed_authorization_request_endpoint": f"{issuer}/par",
            "require_pushed_authorization_requests": True,
            "token_endpoint": f"{issuer}/token",
            "revocation_endpoint": f"{issuer}/revoke",
            "jwks_uri": f"{issuer}/jwks",
            "end_session_endpoint": f"{issuer}/endsession",
            "backchannel_logout_supported": True,
            "backchannel_logout_session_supported": True,
            "response_types_supported": ["code"],
            "grant_types_supported": [
                "authorization_code",
                "refresh_token",
                "client_credentials",
            ],
            "scopes_supported": ["openid", "profile", "offline_access", SEND_SCOPE],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ["ES256"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
            **(bound if self._binds_tokens else {}),
        }

    def _end_session(self, values: Mapping[str, str]) -> Answer:
        """OpenID Connect RP-Initiated Logout 1.0. There is no session of our own to
        end: one chooses a persona at every login. The client is told all the same."""
        client = self._clients.get(values.get("client_id", ""))
        return_to = values.get("post_logout_redirect_uri", "")
        if client is None or return_to not in client.logout_uris:
            return page("fault", 400, reason="Ukjent klient eller returadresse.")
        if hint := values.get("id_token_hint", ""):
            hinted = self.mint.hinted(hint, client_id=client.client_id)
            if hinted is None:
                return page("fault", 400, reason="Innloggingen er ikke vår.")
            token = self.mint.logout_token(
                client, subject=hinted["sub"], session_id=hinted["sid"]
            )
            self._notify(client.back_channel_uri, token)
        state = values.get("state")
        return redirect(return_to, {"state": state} if state else {})


class Provider:
    """`Provider()` tells the truth; `Provider(Lies(…))` is for tests. `notify` brings a
    logout token to a client's address; without it nobody is told."""

    def __init__(
        self, lies: Lies = _TRUTH, *, notify: Notify = lambda address, token: None
    ) -> None:
        if not settings.IS_DEMONSTRATION:
            raise ImproperlyConfigured(
                "The local identity provider lets anybody in as anybody: it runs in "
                "the demonstration alone, when DATABASE_URL is not set."
            )
        clients = registered_clients()
        self.issuers = {
            key: Issuer(key, clients, lies, notify) for key in settings.OIDC_PROVIDERS
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
                headers=error.headers,
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
