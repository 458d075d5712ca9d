"""How we prove to a provider who we are: a signed assertion, never a shared secret."""

import functools
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from jwt.algorithms import ECAlgorithm, RSAAlgorithm
from jwt.types import JWKDict

from access.authentication.providers import Provider
from access.authentication.thumbprints import thumbprint

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
# HelseID refuses more than 60 s ahead, and our clock may be a little ahead of theirs.
_LIFETIME_SECONDS = 45
_SMALLEST_RSA = 2048
_EC_ALGORITHMS = {"secp256r1": "ES256", "secp384r1": "ES384", "secp521r1": "ES512"}


class UnusableKey(Exception):
    """A private key is of a kind we cannot sign with."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """`key_id` is the key's own thumbprint, so that nobody need keep a list."""

    key: EllipticCurvePrivateKey | RSAPrivateKey
    algorithm: str
    key_id: str
    public: JWKDict


def client_assertion(
    provider: Provider, *, details: Sequence[dict[str, Any]] = ()
) -> str:
    """A `private_key_jwt` (RFC 7523, OpenID Connect Core §9), to be used once.

    Audience is the issuer and `typ` says what it is, as HelseID demands. `details` is
    what HelseID shall put into the token: organisation, attestation.
    """
    now = int(time.time())
    claims: dict[str, Any] = {
        "iss": provider.client_id,
        "sub": provider.client_id,
        "aud": provider.issuer,
        "jti": secrets.token_urlsafe(24),
        "iat": now,
        "nbf": now,
        "exp": now + _LIFETIME_SECONDS,
    }
    if details:
        # HelseID's examples send one as an object and several as a list.
        claims["assertion_details"] = list(details) if details[1:] else details[0]
    signing = signing_key_of(provider.client_key)
    headers = {"typ": "client-authentication+jwt", "kid": signing.key_id}
    return jwt.encode(claims, signing.key, algorithm=signing.algorithm, headers=headers)


def public_key_of(pem: str) -> JWKDict:
    """The public half as the provider must know it: a JWK with `kid`, `alg`, `use`."""
    signing = signing_key_of(pem)
    return {
        **signing.public,
        "kid": signing.key_id,
        "alg": signing.algorithm,
        "use": "sig",
    }


@functools.lru_cache(maxsize=32)
def signing_key_of(pem: str) -> SigningKey:
    """What the PEM holds, and how it signs. Raises UnusableKey."""
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError) as error:
        raise UnusableKey(
            "This is no private key in PEM without a password."
        ) from error
    if isinstance(key, RSAPrivateKey) and key.key_size >= _SMALLEST_RSA:
        algorithm = "RS256"
    elif isinstance(key, EllipticCurvePrivateKey) and key.curve.name in _EC_ALGORITHMS:
        algorithm = _EC_ALGORITHMS[key.curve.name]
    else:
        raise UnusableKey(
            "An EC key (P-256, P-384, P-521) is needed, or RSA of 2048 bits or more."
        )
    public = _public_jwk(key)
    return SigningKey(key, algorithm, thumbprint(public), public)


def _public_jwk(key: EllipticCurvePrivateKey | RSAPrivateKey) -> JWKDict:
    if isinstance(key, RSAPrivateKey):
        return RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
