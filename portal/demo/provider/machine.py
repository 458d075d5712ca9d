"""A laboratory's machine: fetches a token, and proves its key at every call."""

import hashlib
import secrets
import time
from typing import Any

import jwt
from django.conf import settings

from access.authentication import (
    ASSERTION_TYPE,
    Provider,
    base64url,
    client_assertion,
    public_key_of,
)
from portal.demo.provider.application import Provider as LocalProvider
from portal.demo.provider.clients import SEND_SCOPE, machine_key

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
        key = settings.API_PROVIDER
        issuer = settings.OIDC_PROVIDERS[key]["issuer"]
        form = {
            "grant_type": "client_credentials",
            "scope": self._scope,
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": client_assertion(self._as_client()),
        }
        proof = dpop_proof(self._pem, method="POST", url=f"{issuer}/token")
        return self._provider.issuers[key].tokens.issue(form, proof)

    def _as_client(self) -> Provider:
        configured: dict[str, Any] = settings.OIDC_PROVIDERS[settings.API_PROVIDER]
        own = {"client_id": self._client_id, "client_key": self._pem}
        return Provider(key=settings.API_PROVIDER, **{**configured, **own})


def dpop_proof(pem: str, *, method: str, url: str, access_token: str = "") -> str:
    """A proof of the key for one request (RFC 9449 §4.2)."""
    claims: dict[str, Any] = {
        "jti": secrets.token_urlsafe(16),
        "htm": method,
        "htu": url.partition("?")[0],
        "iat": int(time.time()),
    }
    if access_token:
        claims["ath"] = base64url(hashlib.sha256(access_token.encode()).digest())
    public = public_key_of(pem)
    jwk = {name: public[name] for name in ("kty", "crv", "x", "y")}
    headers = {"typ": "dpop+jwt", "jwk": jwk}
    return jwt.encode(claims, pem, algorithm="ES256", headers=headers)
