"""A laboratory's machine: fetches a token, and proves its key at every call."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings

from access.authentication import (
    ASSERTION_TYPE,
    Provider,
    client_assertion,
    dpop_proof,
)
from portal.demo.provider.application import Provider as LocalProvider
from portal.demo.provider.clients import SEND_SCOPE, machine_key
from portal.demo.provider.exchange import OAuthError

__all__ = ["Machine", "ask_as_client", "dpop_proof"]
_RENEW_SECONDS = 30


class Machine:
    """One client. The provider is asked in this process, through the same endpoint as
    over HTTP, so that a command works whether or not one is running."""

    def __init__(
        self,
        client_id: str,
        *,
        scope: str = SEND_SCOPE,
        provider: LocalProvider | None = None,
    ) -> None:
        self._provider = provider or LocalProvider()
        self._pem = machine_key(client_id)
        self._scope = scope
        self._client_id = client_id
        self._token = ""
        self._token_until = 0.0

    def headers(self, method: str, url: str) -> dict[str, str]:
        """`Authorization` and `DPoP` for one request; the proof works once."""
        token = self._access_token()
        proof = dpop_proof(self._pem, method=method, url=url, access_token=token)
        return {"Authorization": f"DPoP {token}", "DPoP": proof}

    def _access_token(self) -> str:
        if time.time() > self._token_until - _RENEW_SECONDS:
            answer = self._ask()
            self._token = answer["access_token"]
            self._token_until = time.time() + answer["expires_in"]
        return self._token

    def _ask(self) -> dict[str, Any]:
        issuer = self._provider.issuers[settings.API_PROVIDER]
        form = {"grant_type": "client_credentials", "scope": self._scope}
        return ask_as_client(
            issuer.tokens.issue,
            f"{issuer.mint.issuer}/token",
            form,
            client=client_named(self._client_id),
        )


def client_named(client_id: str) -> Provider:
    """API_PROVIDER, as this client of the demonstration's sees it."""
    configured: dict[str, Any] = settings.OIDC_PROVIDERS[settings.API_PROVIDER]
    own = {"client_id": client_id, "client_key": machine_key(client_id)}
    return Provider(key=settings.API_PROVIDER, **{**configured, **own})


def ask_as_client(
    endpoint: Callable[[Mapping[str, str], str], dict[str, Any]],
    url: str,
    form: Mapping[str, str],
    *,
    client: Provider,
    details: tuple[dict[str, Any], ...] = (),
) -> dict[str, Any]:
    """The endpoint's answer, asked twice when it wants a nonce. Raises OAuthError."""

    def ask(nonce: str) -> dict[str, Any]:
        sent = {
            **form,
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": client_assertion(client, details=details),
        }
        pem = client.client_key
        proof = dpop_proof(pem, method="POST", url=url, nonce=nonce)
        return endpoint(sent, proof)

    try:
        return ask("")
    except OAuthError as error:
        if error.error != "use_dpop_nonce":
            raise
        return ask(error.headers["DPoP-Nonce"])
