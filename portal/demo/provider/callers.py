"""Who calls an endpoint: the client by its assertion, its key by its proof."""

import hashlib
import hmac
import secrets
import time
from collections.abc import Mapping
from typing import Any

import jwt

from access.authentication import ASSERTION_TYPE, base64url
from portal.api.proof import InvalidProof, check_proof
from portal.demo.provider.clients import Client
from portal.demo.provider.exchange import OAuthError
from portal.demo.provider.shelf import Once

_LONGEST_ASSERTION_SECONDS = 60
_REMEMBERED_SECONDS = 120
_LEEWAY_SECONDS = 5
_NONCE_SECONDS = 60


class Callers:
    """One issuer's. Stands on RFC 7523, RFC 9449 and HelseID's profile."""

    def __init__(self, issuer: str, clients: Mapping[str, Client]) -> None:
        self._issuer = issuer
        self._clients = clients
        self._used = Once(_REMEMBERED_SECONDS)
        self._nonce_secret = secrets.token_bytes(32)

    def authenticated(
        self, form: Mapping[str, str]
    ) -> tuple[Client, list[dict[str, Any]]]:
        """The client, and the `assertion_details` it has signed. Raises OAuthError."""
        if form.get("client_assertion_type") != ASSERTION_TYPE:
            raise OAuthError("invalid_client", "private_key_jwt is demanded.", 401)
        assertion = form.get("client_assertion", "")
        try:
            claimed = jwt.decode(assertion, options={"verify_signature": False})
            client = self._clients[claimed["iss"]]
            claims = _claims_of(assertion, client, self._issuer)
        except (jwt.PyJWTError, KeyError, TypeError) as error:
            raise OAuthError("invalid_client", "Bad client assertion.", 401) from error
        if form.get("client_id", client.client_id) != client.client_id:
            raise OAuthError("invalid_client", "Another client's assertion.", 401)
        if not self._used.use(f"assertion {client.client_id} {claims['jti']}"):
            raise OAuthError("invalid_client", "The assertion was used before.", 401)
        return client, _details_in(claims)

    def proven(self, proof: str, path: str) -> str:
        """The thumbprint of the key that was proven for this endpoint, with a nonce of
        ours in the proof (RFC 9449 §8). Raises OAuthError."""
        try:
            proven = check_proof(proof, method="POST", url=f"{self._issuer}/{path}")
        except InvalidProof as error:
            raise OAuthError("invalid_dpop_proof", f"Bad proof: {error}.") from error
        if proven.nonce not in (self.nonce(), self.nonce(windows_ago=1)):
            raise OAuthError(
                "use_dpop_nonce",
                "The proof must hold the nonce that is given here.",
                headers={"DPoP-Nonce": self.nonce()},
            )
        if not self._used.use(f"proof {proven.thumbprint} {proven.proof_id}"):
            raise OAuthError("invalid_dpop_proof", "The proof was used before.")
        return proven.thumbprint

    def nonce(self, *, windows_ago: int = 0) -> str:
        """The nonce of this minute, or of so many ago."""
        window = int(time.time()) // _NONCE_SECONDS - windows_ago
        digest = hmac.new(self._nonce_secret, str(window).encode(), hashlib.sha256)
        return base64url(digest.digest())


def _claims_of(assertion: str, client: Client, issuer: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(assertion)
    if header.get("typ") != "client-authentication+jwt":
        raise jwt.InvalidTokenError("typ")
    claims: dict[str, Any] = jwt.decode(
        assertion,
        jwt.PyJWK(dict(client.key_named(header.get("kid")))),
        algorithms=[client.public_key["alg"]],
        audience=issuer,
        issuer=client.client_id,
        leeway=_LEEWAY_SECONDS,
        options={
            "require": ["iss", "sub", "aud", "jti", "iat", "exp"],
            "strict_aud": True,
        },
    )
    if claims["sub"] != client.client_id:
        raise jwt.InvalidTokenError("sub")
    if claims["exp"] - time.time() > _LONGEST_ASSERTION_SECONDS:
        raise jwt.InvalidTokenError("exp")
    return claims


def _details_in(claims: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One object or a list of them; older clients call it `authorization_details`."""
    sent = claims.get("assertion_details", claims.get("authorization_details"))
    details = sent if isinstance(sent, list) else [sent]
    return [detail for detail in details if isinstance(detail, dict)]
