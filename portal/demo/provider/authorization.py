"""The browser's part: who asks, who one wants to be, and back with a code."""

import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

from portal.demo.people import PERSONAS, Persona
from portal.demo.provider.clients import Client
from portal.demo.provider.exchange import Answer, OAuthError, page, redirect

_CODE_SECONDS = 60
_PENDING_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Asked:
    """An authorisation request that has been found good."""

    client: Client
    redirect_uri: str
    state: str
    nonce: str
    challenge: str


@dataclass(frozen=True, slots=True)
class Granted:
    """What a code stands for."""

    asked: Asked
    persona: Persona


class Shelf:
    """Things kept for a while under a name that cannot be guessed; threads share it."""

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds
        self._kept: dict[str, tuple[float, Asked | Granted]] = {}
        self._lock = threading.Lock()

    def put(self, thing: Asked | Granted) -> str:
        name = secrets.token_urlsafe(24)
        now = time.time()
        with self._lock:
            self._kept = {k: v for k, v in self._kept.items() if v[0] > now}
            self._kept[name] = (now + self._seconds, thing)
        return name

    def look(self, name: str) -> Asked | Granted | None:
        until, thing = self._kept.get(name, (0.0, None))
        return thing if until > time.time() else None

    def take(self, name: str) -> Asked | Granted | None:
        """The thing, and nobody else gets it."""
        with self._lock:
            until, thing = self._kept.pop(name, (0.0, None))
        return thing if until > time.time() else None


class Authorization:
    """One issuer's authorisation endpoint, and the page where one chooses a persona."""

    def __init__(
        self, issuer_key: str, response_issuer: str, clients: Mapping[str, Client]
    ) -> None:
        self._issuer_key = issuer_key
        self._response_issuer = response_issuer
        self._clients = clients
        self._pending = Shelf(_PENDING_SECONDS)
        self._codes = Shelf(_CODE_SECONDS)

    def authorize(self, values: Mapping[str, str]) -> Answer:
        """RFC 6749 §4.1.1 with RFC 7636. An unknown client or address to return to is
        told here; everything else is told to the client."""
        client = self._clients.get(values.get("client_id", ""))
        redirect_uri = values.get("redirect_uri", "")
        if (
            client is None
            or client.issuer_key != self._issuer_key
            or redirect_uri not in client.redirect_uris
        ):
            return page("fault", 400, reason="Ukjent klient eller returadresse.")
        asked = Asked(
            client=client,
            redirect_uri=redirect_uri,
            state=values.get("state", ""),
            nonce=values.get("nonce", ""),
            challenge=values.get("code_challenge", ""),
        )
        if problem := _problem_with(values):
            return self._return(asked, error="invalid_request", description=problem)
        return self._choose(self._pending.put(asked))

    def choose(self, request_id: str, persona_key: str) -> Answer:
        """The link one followed: back to the client as this persona."""
        asked = self._pending.look(request_id)
        if not isinstance(asked, Asked):
            return page("fault", 400, reason="Innloggingen tok for lang tid.")
        if persona_key == "avbryt":
            return self._return(asked, error="access_denied", description="Cancelled.")
        for persona in self._personas():
            if persona.key == persona_key:
                code = self._codes.put(Granted(asked, persona))
                return self._return(asked, code=code)
        return page("fault", 404, reason="Ukjent person.")

    def redeem(self, code: str) -> Granted:
        """What the code stands for, once. Raises OAuthError."""
        granted = self._codes.take(code)
        if not isinstance(granted, Granted):
            raise OAuthError("invalid_grant", "The code is unknown, used or too old.")
        return granted

    def _choose(self, request_id: str) -> Answer:
        return page(
            "choose",
            is_citizen=self._issuer_key == "idporten",
            personas=self._personas(),
            path=f"/{self._issuer_key}/velg/{request_id}",
        )

    def _personas(self) -> list[Persona]:
        return [p for p in PERSONAS if p.issuer == self._issuer_key]

    def _return(
        self, asked: Asked, *, code: str = "", error: str = "", description: str = ""
    ) -> Answer:
        values = {
            "code": code,
            "error": error,
            "error_description": description,
            "state": asked.state,
            "iss": self._response_issuer,
        }
        return redirect(asked.redirect_uri, {k: v for k, v in values.items() if v})


def _problem_with(values: Mapping[str, str]) -> str:
    demands = {
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
