"""How we prove to a provider who we are: a signed assertion, never a shared secret."""

import functools
import secrets
import time
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
_EC_ALGORITHMS = {"secp256r1": "ES256", "secp384r1": "ES384", "secp521r1": "ES512"}


class UnusableKey(Exception):
    """A private key is of a kind we cannot sign with."""


def client_assertion(provider: Provider) -> str:
    """A `private_key_jwt` (RFC 7523, OpenID Connect Core §9), to be used once.

    Audience is the issuer and `typ` says what it is, as HelseID demands.
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
    key, algorithm, key_id = _signing_key(provider.client_key)
    headers = {"typ": "client-authentication+jwt", "kid": key_id}
    return jwt.encode(claims, key, algorithm=algorithm, headers=headers)


def public_key_of(pem: str) -> JWKDict:
    """The public half as the provider must know it: a JWK with `kid`, `alg`, `use`."""
    key, algorithm, key_id = _signing_key(pem)
    return {**_public_jwk(key), "kid": key_id, "alg": algorithm, "use": "sig"}


@functools.lru_cache(maxsize=8)
def _signing_key(
    pem: str,
) -> tuple[EllipticCurvePrivateKey | RSAPrivateKey, str, str]:
    key = load_pem_private_key(pem.encode(), password=None)
    if isinstance(key, RSAPrivateKey):
        algorithm = "RS256"
    elif isinstance(key, EllipticCurvePrivateKey) and key.curve.name in _EC_ALGORITHMS:
        algorithm = _EC_ALGORITHMS[key.curve.name]
    else:
        raise UnusableKey("An EC key (P-256, P-384, P-521) or an RSA key is needed.")
    return key, algorithm, thumbprint(_public_jwk(key))


def _public_jwk(key: EllipticCurvePrivateKey | RSAPrivateKey) -> JWKDict:
    if isinstance(key, RSAPrivateKey):
        return RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
