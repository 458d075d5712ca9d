"""Who the provider knows: the portal itself, the laboratories' machines, and an EHR."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import jwt
from django.conf import settings
from django.urls import reverse

from access.authentication import CLAIM_ORGANIZATION, public_key_of
from portal.demo.people import LABORATORIES, Laboratory
from portal.keys import new_signing_key, read_secret

SEND_SCOPE = "provesvar:messages"
EHR_CLIENT_ID = "lillevik-epj"
EHR_SCOPES = (
    "nhn:kjernejournal/innlogging",
    "nhn:kjernejournal/tillitsrammeverk",
)
EHR_RETURNS_TO = "http://127.0.0.1/epj/tilbake"
_LAUNCH_AUDIENCE = "nhn:kjernejournal"
_AUDIENCES = {"helseid": ("clinician", "administration"), "idporten": ("citizen",)}


@dataclass(frozen=True, slots=True)
class Client:
    """A registered client. One that logs people in has addresses to return to and
    `login_scopes`; one that calls for itself has `scopes` and an organisation."""

    client_id: str
    issuer_key: str
    public_key: Mapping[str, Any] = field(repr=False)
    other_key: Mapping[str, Any] = field(default_factory=dict, repr=False)
    redirect_uris: frozenset[str] = frozenset()
    logout_uris: frozenset[str] = frozenset()
    back_channel_uri: str = ""
    login_scopes: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
    organization_number: str = ""

    def key_named(self, key_id: object) -> Mapping[str, Any]:
        """The client's key with this name. Raises jwt.InvalidTokenError."""
        for key in (self.public_key, self.other_key):
            if key and key["kid"] == key_id:
                return key
        raise jwt.InvalidTokenError("kid")

    def audience_of(self, scopes: Iterable[str]) -> str:
        """Whom a token with these scopes is for; empty when for nobody."""
        for scope in scopes:
            if scope in EHR_SCOPES:
                return _LAUNCH_AUDIENCE
            if scope.partition(":")[0] == "provesvar":
                return str(settings.API_AUDIENCE)
        return ""

    def organization_claims(self) -> dict[str, str]:
        if not self.organization_number:
            return {}
        return {CLAIM_ORGANIZATION: self.organization_number}


def registered_clients() -> dict[str, Client]:
    clients = [
        *(_relying_party(key) for key in settings.OIDC_PROVIDERS),
        *(_machine(laboratory) for laboratory in LABORATORIES),
        _ehr(),
    ]
    return {client.client_id: client for client in clients}


def machine_key(client_id: str) -> str:
    """The machine's private key (PEM); in real life it never leaves them."""
    name = f"PROVESVAR_CLIENT_{client_id.replace('-', '_').upper()}"
    return read_secret(name, state_dir=settings.STATE_DIR, make=new_signing_key)


def _relying_party(key: str) -> Client:
    configured = settings.OIDC_PROVIDERS[key]
    other_key = configured.get("other_key")
    return Client(
        client_id=configured["client_id"],
        issuer_key=key,
        public_key=public_key_of(configured["client_key"]),
        other_key=public_key_of(other_key) if other_key else {},
        redirect_uris=_addresses(key, f"accounts:{key}_callback"),
        logout_uris=_addresses(key, "accounts:logged_out"),
        back_channel_uri=min(_addresses(key, f"accounts:{key}_back_channel")),
        login_scopes=frozenset(configured["scopes"].split()),
    )


def _machine(laboratory: Laboratory) -> Client:
    return Client(
        client_id=laboratory.client_id,
        issuer_key=settings.API_PROVIDER,
        public_key=public_key_of(machine_key(laboratory.client_id)),
        scopes=frozenset({SEND_SCOPE}),
        organization_number=laboratory.organization.organization_number,
    )


def _ehr() -> Client:
    """A record system that signs its users in, and opens the portal for them."""
    return Client(
        client_id=EHR_CLIENT_ID,
        issuer_key="helseid",
        public_key=public_key_of(machine_key(EHR_CLIENT_ID)),
        redirect_uris=frozenset({EHR_RETURNS_TO}),
        login_scopes=frozenset(
            {"openid", "profile", "offline_access", "provesvar:portal", *EHR_SCOPES}
        ),
    )


def _addresses(key: str, url_name: str) -> frozenset[str]:
    port = f":{settings.PORT}" if settings.PORT else ""
    return frozenset(
        f"{settings.SCHEME}://{settings.AUDIENCE_HOSTS[audience]}{port}"
        f"{reverse(url_name)}"
        for audience in _AUDIENCES[key]
    )
