"""The browser's part: who asks, who one wants to be, and back with a code."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from portal.demo.people import PERSONAS, Persona
from portal.demo.provider.clients import Client
from portal.demo.provider.exchange import Answer, OAuthError, page, redirect
from portal.demo.provider.shelf import Shelf

_REQUEST_SECONDS = 60
_PENDING_SECONDS = 600
_CODE_SECONDS = 60
_REQUEST_PREFIX = "urn:ietf:params:oauth:request_uri:"


@dataclass(frozen=True, slots=True)
class Asked:
    """An authorisation request that has been found good. `thumbprint` names the key
    that the code is then bound to, empty for any."""

    client: Client
    redirect_uri: str
    scope: str
    state: str
    nonce: str
    challenge: str
    thumbprint: str = ""
    authorization_details: str = ""


@dataclass(frozen=True, slots=True)
class Granted:
    """What a code stands for."""

    asked: Asked
    persona: Persona
    authenticated_at: int


class Authorization:
    """One issuer's authorisation endpoint, and the page where one chooses a persona."""

    def __init__(self, issuer_key: str, response_issuer: str) -> None:
        self._issuer_key = issuer_key
        self._response_issuer = response_issuer
        self._pushed: Shelf[Asked] = Shelf(_REQUEST_SECONDS)
        self._pending: Shelf[Asked] = Shelf(_PENDING_SECONDS)
        self._codes: Shelf[Granted] = Shelf(_CODE_SECONDS)

    def push(
        self, client: Client, values: Mapping[str, str], *, thumbprint: str
    ) -> dict[str, object]:
        """RFC 9126 §2: the answer's JSON object. Raises OAuthError."""
        if problem := _problem_with(values, client):
            raise OAuthError("invalid_request", problem)
        if not client.login_scopes.issuperset(values["scope"].split()):
            raise OAuthError("invalid_scope", "Not among the client's scopes.")
        if values.get("dpop_jkt", thumbprint) != thumbprint:
            raise OAuthError("invalid_dpop_proof", "The proof is another key's.")
        asked = Asked(
            client=client,
            redirect_uri=values["redirect_uri"],
            scope=values["scope"],
            state=values["state"],
            nonce=values["nonce"],
            challenge=values["code_challenge"],
            thumbprint=thumbprint,
            authorization_details=values.get("authorization_details", ""),
        )
        request_uri = self._pushed.put(asked, prefix=_REQUEST_PREFIX)
        return {"request_uri": request_uri, "expires_in": _REQUEST_SECONDS}

    def authorize(self, values: Mapping[str, str]) -> Answer:
        """What was not pushed is refused here: there is nowhere safe to tell it."""
        request_id = self.begin(values)
        if request_id is None:
            return page("fault", 400, reason="Innloggingen er brukt eller for gammel.")
        return page(
            "choose",
            is_citizen=self._issuer_key == "idporten",
            personas=self._personas(),
            path=f"/{self._issuer_key}/velg/{request_id}",
        )

    def begin(self, values: Mapping[str, str]) -> str | None:
        """The name under which the choice is awaited; None for what was not pushed."""
        asked = self._pushed.take(values.get("request_uri", ""))
        if asked is None or asked.client.client_id != values.get("client_id"):
            return None
        return self._pending.put(asked)

    def choose(self, request_id: str, persona_key: str) -> Answer:
        """The link one followed: back to the client as this persona."""
        asked = self._pending.look(request_id)
        if asked is None:
            return page("fault", 400, reason="Innloggingen tok for lang tid.")
        if persona_key == "avbryt":
            return self._return(asked, error="access_denied")
        for persona in self._personas():
            if persona.key == persona_key:
                granted = Granted(asked, persona, int(time.time()))
                return self._return(asked, code=self._codes.put(granted))
        return page("fault", 404, reason="Ukjent person.")

    def redeem(self, code: str) -> Granted:
        """What the code stands for, once. Raises OAuthError."""
        granted = self._codes.take(code)
        if granted is None:
            raise OAuthError("invalid_grant", "The code is unknown, used or too old.")
        return granted

    def _personas(self) -> list[Persona]:
        return [p for p in PERSONAS if p.issuer == self._issuer_key]

    def _return(self, asked: Asked, *, code: str = "", error: str = "") -> Answer:
        values = {
            "code": code,
            "error": error,
            "state": asked.state,
            "iss": self._response_issuer,
        }
        return redirect(asked.redirect_uri, {k: v for k, v in values.items() if v})


def _problem_with(values: Mapping[str, str], client: Client) -> str:
    demands = {
        "redirect_uri is not registered.": (
            values.get("redirect_uri") in client.redirect_uris
        ),
        "request_uri has no place here.": "request_uri" not in values,
        "response_type must be code.": values.get("response_type") == "code",
        "scope must hold openid.": "openid" in values.get("scope", "").split(),
        "state is missing.": bool(values.get("state")),
        "nonce is missing.": bool(values.get("nonce")),
        "PKCE with S256 is demanded.": (
            values.get("code_challenge_method") == "S256"
            and len(values.get("code_challenge", "")) == 43
        ),
    }
    return next((problem for problem, is_met in demands.items() if not is_met), "")
