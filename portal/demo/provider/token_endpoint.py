"""The token endpoint: who the client is, what it has a right to, and its tokens."""

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Mapping
from typing import Any

import jwt

from access.authentication import ASSERTION_TYPE, base64url
from portal.api.proof import InvalidProof, Proof, check_proof
from portal.demo.provider.authorization import Authorization, Granted
from portal.demo.provider.clients import Client
from portal.demo.provider.exchange import OAuthError
from portal.demo.provider.minting import ACCESS_TOKEN_SECONDS, Mint

_LONGEST_ASSERTION_SECONDS = 60
_REMEMBERED_SECONDS = 120
_LEEWAY_SECONDS = 5


class TokenEndpoint:
    """One issuer's. Stands on RFC 6749, 7523, 7636, 9449 and HelseID's profile."""

    def __init__(
        self, mint: Mint, authorization: Authorization, clients: Mapping[str, Client]
    ) -> None:
        self._mint = mint
        self._authorization = authorization
        self._clients = clients
        self._seen: dict[str, float] = {}
        self._lock = threading.Lock()

    def issue(self, form: Mapping[str, str], proof: str) -> dict[str, Any]:
        """The answer's JSON object. Raises OAuthError."""
        client = self._authenticated(form)
        grant_type = form.get("grant_type")
        if grant_type == "authorization_code":
            return self._for_code(client, form)
        if grant_type == "client_credentials":
            return self._for_machine(client, form, proof)
        raise OAuthError("unsupported_grant_type", "Unknown grant_type.")

    def _authenticated(self, form: Mapping[str, str]) -> Client:
        if form.get("client_assertion_type") != ASSERTION_TYPE:
            raise OAuthError("invalid_client", "private_key_jwt is demanded.", 401)
        assertion = form.get("client_assertion", "")
        try:
            claimed = jwt.decode(assertion, options={"verify_signature": False})
            client = self._clients[claimed["iss"]]
            claims = _claims_of(assertion, client, self._mint.issuer)
        except (jwt.PyJWTError, KeyError, TypeError) as error:
            raise OAuthError("invalid_client", "Bad client assertion.", 401) from error
        if form.get("client_id", client.client_id) != client.client_id:
            raise OAuthError("invalid_client", "Another client's assertion.", 401)
        self._use_once(f"assertion {client.client_id} {claims['jti']}")
        return client

    def _for_code(self, client: Client, form: Mapping[str, str]) -> dict[str, Any]:
        granted = self._authorization.redeem(form.get("code", ""))
        _check_grant(granted, client, form)
        id_token = self._mint.id_token(
            granted.persona, client_id=client.client_id, nonce=granted.asked.nonce
        )
        # Nothing takes this access token: the portal has what it needs in the other.
        return {
            "id_token": id_token,
            "access_token": secrets.token_urlsafe(24),
            "token_type": "Bearer",
            "expires_in": 60,
        }

    def _for_machine(
        self, client: Client, form: Mapping[str, str], proof: str
    ) -> dict[str, Any]:
        asked = form.get("scope", "").split()
        if not asked or not client.scopes.issuperset(asked):
            raise OAuthError("invalid_scope", "Not among the client's scopes.")
        proven = self._proven(proof)
        scope = " ".join(asked)
        token = self._mint.access_token(
            client, scope=scope, thumbprint=proven.thumbprint
        )
        return {
            "access_token": token,
            "token_type": "DPoP",
            "expires_in": ACCESS_TOKEN_SECONDS,
            "scope": scope,
        }

    def _proven(self, proof: str) -> Proof:
        url = f"{self._mint.issuer}/token"
        try:
            proven = check_proof(proof, method="POST", url=url)
        except InvalidProof as error:
            raise OAuthError("invalid_dpop_proof", f"Bad proof: {error}.") from error
        self._use_once(f"proof {proven.thumbprint} {proven.proof_id}")
        return proven

    def _use_once(self, name: str) -> None:
        now = time.time()
        with self._lock:
            self._seen = {k: v for k, v in self._seen.items() if v > now}
            if name in self._seen:
                raise OAuthError("invalid_client", "Used before.", 401)
            self._seen[name] = now + _REMEMBERED_SECONDS


def _claims_of(assertion: str, client: Client, issuer: str) -> dict[str, Any]:
    header = jwt.get_unverified_header(assertion)
    if header.get("typ") != "client-authentication+jwt":
        raise jwt.InvalidTokenError("typ")
    claims: dict[str, Any] = jwt.decode(
        assertion,
        jwt.PyJWK(dict(client.public_key)),
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


def _check_grant(granted: Granted, client: Client, form: Mapping[str, str]) -> None:
    asked = granted.asked
    if asked.client.client_id != client.client_id:
        raise OAuthError("invalid_grant", "The code was given to another client.")
    if asked.redirect_uri != form.get("redirect_uri"):
        raise OAuthError("invalid_grant", "Another redirect_uri than was asked for.")
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    if not hmac.compare_digest(base64url(digest), asked.challenge):
        raise OAuthError("invalid_grant", "The code_verifier does not fit.")
