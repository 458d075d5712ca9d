"""Checks a signed token against everything a receiver must check."""

import hmac
from collections.abc import Sequence
from typing import Any

import jwt

from access.authentication.providers import Provider
from access.authentication.publications import publication_of
from access.authentication.refusals import LoginRefused, Refusal

LEEWAY_SECONDS = 5
_ID_TOKEN_TYPES = frozenset({"jwt", ""})
_ACCESS_TOKEN_TYPES = frozenset({"at+jwt", "application/at+jwt"})
_LOGOUT_TOKEN_TYPES = frozenset({"logout+jwt", "application/logout+jwt"})
_REFUSALS: tuple[tuple[type[jwt.PyJWTError], Refusal], ...] = (
    (jwt.ExpiredSignatureError, Refusal.TOKEN_EXPIRED),
    (jwt.ImmatureSignatureError, Refusal.TOKEN_EARLY),
    (jwt.InvalidIssuerError, Refusal.TOKEN_ISSUER),
    (jwt.MissingRequiredClaimError, Refusal.TOKEN_CLAIM_MISSING),
    (jwt.InvalidAlgorithmError, Refusal.TOKEN_ALGORITHM),
)


def verify_id_token(token: object, *, provider: Provider, nonce: str) -> dict[str, Any]:
    """The claims of an ID token meant for us, now, in answer to this `nonce`.

    OpenID Connect Core 1.0 §3.1.3.7, and the health network's «Validering av ID-token».
    Raises LoginRefused.
    """
    claims = _verify(
        token,
        provider=provider,
        audience=provider.client_id,
        types=_ID_TOKEN_TYPES,
        required=("exp", "iat", "iss", "aud", "sub", "nonce"),
    )
    if claims.get("azp", provider.client_id) != provider.client_id:
        raise LoginRefused(Refusal.TOKEN_AUDIENCE)
    if not nonce or not hmac.compare_digest(str(claims["nonce"]), nonce):
        raise LoginRefused(Refusal.TOKEN_NONCE)
    return claims


def verify_access_token(
    token: object, *, provider: Provider, audience: str
) -> dict[str, Any]:
    """The claims of an access token (RFC 9068) for our API. Raises LoginRefused."""
    return _verify(
        token,
        provider=provider,
        audience=audience,
        types=_ACCESS_TOKEN_TYPES,
        required=("exp", "iat", "iss", "aud", "sub", "client_id", "scope"),
    )


def verify_logout_claims(token: object, *, provider: Provider) -> dict[str, Any]:
    """The claims of a logout token meant for us; what they say is not yet judged.
    Raises LoginRefused."""
    return _verify(
        token,
        provider=provider,
        audience=provider.client_id,
        types=_LOGOUT_TOKEN_TYPES,
        required=("exp", "iat", "iss", "aud", "jti", "events"),
    )


def _verify(
    token: object,
    *,
    provider: Provider,
    audience: str,
    types: frozenset[str],
    required: Sequence[str],
) -> dict[str, Any]:
    if not isinstance(token, str):
        raise LoginRefused(Refusal.TOKEN_INVALID)
    try:
        key = _key_of(token, provider=provider, types=types)
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=list(provider.algorithms),
            issuer=provider.issuer,
            leeway=LEEWAY_SECONDS,
            # Stricter below: ours, and nobody else's beside us.
            options={"require": list(required), "verify_aud": False},
        )
    except (jwt.PyJWTError, RecursionError) as error:
        raise LoginRefused(_refusal_for(error)) from error
    if claims["aud"] not in (audience, [audience]):
        raise LoginRefused(Refusal.TOKEN_AUDIENCE)
    return claims


def _key_of(token: str, *, provider: Provider, types: frozenset[str]) -> jwt.PyJWK:
    header = jwt.get_unverified_header(token)
    if header.get("alg") not in provider.algorithms:
        raise LoginRefused(Refusal.TOKEN_ALGORITHM)
    if str(header.get("typ") or "").lower() not in types:
        raise LoginRefused(Refusal.TOKEN_TYPE)
    return publication_of(provider).signing_key(header.get("kid"), header["alg"])


def _refusal_for(error: Exception) -> Refusal:
    for kind, refusal in _REFUSALS:
        if isinstance(error, kind):
            return refusal
    return Refusal.TOKEN_INVALID
