"""Access tokens at the API: RFC 9068, bound to the client's key by DPoP (RFC 9449)."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import APIException, AuthenticationFailed
from rest_framework.request import Request

from access.authentication import (
    LoginRefused,
    ProofsUnavailable,
    Refusal,
    provider_of,
    use_proof_once,
    verify_access_token,
)
from portal.api.proof import ALGORITHMS, InvalidProof, Proof, check_proof
from portal.api.tokens import ClientToken, UnreadableToken, read_token

__all__ = [
    "CHALLENGE",
    "AccessToken",
    "BearerToken",
    "ClientToken",
    "TemporarilyUnavailable",
    "TokenRefused",
    "client_of",
]
CHALLENGE = f'DPoP algs="{" ".join(ALGORITHMS)}"'
_LONGEST_HEADER = 16_384


class TokenRefused(AuthenticationFailed):
    """401 with an error code of RFC 6750 §3.1 or RFC 9449 §7.1, and no more."""

    def __init__(self, error: str) -> None:
        super().__init__(code=error)
        self.error = error


class TemporarilyUnavailable(APIException):
    """We cannot tell whether the token is good, so nobody gets in."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_code = "temporarily_unavailable"
    default_detail = _("Tilgangsbeviset kan ikke kontrolleres akkurat nå. Prøv igjen.")


class AccessToken(BaseAuthentication):
    """The DPoP scheme and no other: a bearer token works for whoever stole it.

    A view with an audience of its own, or whose known clients send proofs without a
    hash of the token (`ath`), names a subclass that says so.
    """

    audience_setting = "API_AUDIENCE"
    may_lack_token_hash = False

    def authenticate(self, request: Request) -> tuple[None, ClientToken] | None:
        if "HTTP_AUTHORIZATION" not in request.META:
            return None
        token = _token_in(request, scheme="dpop")
        proof = self._proven(request, token)
        claims = _claims_of(token, audience=getattr(settings, self.audience_setting))
        if _bound_to(claims) != proof.thumbprint:
            raise TokenRefused("invalid_token")
        client = _client(claims, is_token_hashed=proof.has_token_hash)
        # Last, so that only a request that is good in all else can spend a proof.
        _spend(proof)
        return None, client

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE

    def _proven(self, request: Request, token: str) -> Proof:
        proof = request.META.get("HTTP_DPOP", "").strip()
        if not _is_one_header(proof):
            raise TokenRefused("invalid_dpop_proof")
        try:
            return check_proof(
                proof,
                method=request.method or "",
                url=request.build_absolute_uri(request.path),
                access_token=token,
                may_lack_token_hash=self.may_lack_token_hash,
            )
        except InvalidProof as error:
            raise TokenRefused("invalid_dpop_proof") from error


class BearerToken(BaseAuthentication):
    """The Bearer scheme and no other, for a view that tells no more than it may tell
    to a thief. A token that is bound to a key is refused (RFC 9449 §7.2)."""

    audience_setting = "API_AUDIENCE"

    def authenticate(self, request: Request) -> tuple[None, ClientToken] | None:
        if "HTTP_AUTHORIZATION" not in request.META:
            return None
        token = _token_in(request, scheme="bearer")
        claims = _claims_of(token, audience=getattr(settings, self.audience_setting))
        if "cnf" in claims:
            raise TokenRefused("invalid_token")
        return None, _client(claims, is_token_hashed=False)

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def client_of(request: Request) -> ClientToken:
    """The client whose token let the request in; only after `has_scope`."""
    token: Any = request.auth
    if not isinstance(token, ClientToken):
        raise TokenRefused("invalid_token")
    return token


def _token_in(request: Request, *, scheme: str) -> str:
    value: str = request.META["HTTP_AUTHORIZATION"]
    sent_scheme, _space, token = value.partition(" ")
    if sent_scheme.lower() != scheme or not _is_one_header(token.strip()):
        raise TokenRefused("invalid_token")
    return token.strip()


def _is_one_header(value: str) -> bool:
    """Two headers of one name reach us joined by a comma, which no token contains."""
    return 0 < len(value) <= _LONGEST_HEADER and "," not in value


def _claims_of(token: str, *, audience: str) -> dict[str, Any]:
    try:
        return verify_access_token(
            token, provider=provider_of(settings.API_PROVIDER), audience=audience
        )
    except LoginRefused as error:
        if error.refusal is Refusal.PROVIDER_UNAVAILABLE:
            raise TemporarilyUnavailable from error
        raise TokenRefused("invalid_token") from error


def _bound_to(claims: dict[str, Any]) -> object:
    confirmation = claims.get("cnf")
    return confirmation.get("jkt") if isinstance(confirmation, dict) else None


def _client(claims: dict[str, Any], *, is_token_hashed: bool) -> ClientToken:
    try:
        return read_token(claims, is_token_hashed=is_token_hashed)
    except UnreadableToken as error:
        raise TokenRefused("invalid_token") from error


def _spend(proof: Proof) -> None:
    try:
        is_new = use_proof_once(thumbprint=proof.thumbprint, proof_id=proof.proof_id)
    except ProofsUnavailable as error:
        raise TemporarilyUnavailable from error
    if not is_new:
        raise TokenRefused("invalid_dpop_proof")
