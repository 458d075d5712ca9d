"""Who the provider knows: the portal itself, and the laboratories' machines."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse

from access.authentication import public_key_of
from portal.demo.people import LABORATORIES, Laboratory
from portal.keys import new_signing_key, read_secret

SEND_SCOPE = "provesvar:messages"
_AUDIENCES = {"helseid": ("clinician", "administration"), "idporten": ("citizen",)}


@dataclass(frozen=True, slots=True)
class Client:
    """A registered client. One that logs people in has addresses to return to; one
    that calls the API has scopes and an organisation."""

    client_id: str
    issuer_key: str
    public_key: Mapping[str, Any] = field(repr=False)
    redirect_uris: frozenset[str] = frozenset()
    logout_uris: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
    organization_number: str = ""


def registered_clients() -> dict[str, Client]:
    clients = [
        *(_relying_party(key) for key in settings.OIDC_PROVIDERS),
        *(_machine(laboratory) for laboratory in LABORATORIES),
    ]
    return {client.client_id: client for client in clients}


def machine_key(client_id: str) -> str:
    """The laboratory's private key (PEM); in real life it never leaves them."""
    name = f"PROVESVAR_CLIENT_{client_id.replace('-', '_').upper()}"
    return read_secret(name, state_dir=settings.STATE_DIR, make=new_signing_key)


def _relying_party(key: str) -> Client:
    configured = settings.OIDC_PROVIDERS[key]
    return Client(
        client_id=configured["client_id"],
        issuer_key=key,
        public_key=public_key_of(configured["client_key"]),
        redirect_uris=_addresses(key, f"accounts:{key}_callback"),
        logout_uris=_addresses(key, "accounts:logged_out"),
    )


def _machine(laboratory: Laboratory) -> Client:
    return Client(
        client_id=laboratory.client_id,
        issuer_key=settings.API_PROVIDER,
        public_key=public_key_of(machine_key(laboratory.client_id)),
        scopes=frozenset({SEND_SCOPE}),
        organization_number=laboratory.organization.organization_number,
    )


def _addresses(key: str, url_name: str) -> frozenset[str]:
    port = f":{settings.PORT}" if settings.PORT else ""
    return frozenset(
        f"{settings.SCHEME}://{settings.AUDIENCE_HOSTS[audience]}{port}"
        f"{reverse(url_name)}"
        for audience in _AUDIENCES[key]
    )
