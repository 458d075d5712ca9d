"""How the provider lies when a test asks it to, so that each lie is seen through."""

import base64
import enum
import functools
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.hazmat.primitives.serialization import load_pem_private_key as load
from jwt.algorithms import RSAAlgorithm

from portal.keys import new_signing_key

_RSA_KEY_ID = "rsa"


class Forgery(enum.StrEnum):
    """What is wrong with the signature."""

    UNSIGNED = "none"
    PUBLIC_KEY_AS_SECRET = "HS256"  # noqa: S105 - names an attack
    OTHER_ALGORITHM = "PS256"
    FOREIGN_KEY = "foreign key"
    UNKNOWN_KEY_ID = "unknown key id"
    NO_KEY_ID = "no key id"


@dataclass(frozen=True, slots=True)
class Lies:
    """The default tells the truth. `claims` replace the true ones, `without` are left
    out; `answer` replaces members of the token endpoint's answer; `response_issuer` is
    the `iss` of the answer to the browser, "" leaves it out.
    """

    claims: Mapping[str, Any] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    answer: Mapping[str, Any] = field(default_factory=dict)
    token_type: str = ""
    forgery: Forgery | None = None
    response_issuer: str | None = None

    def bend(self, claims: Mapping[str, Any]) -> dict[str, Any]:
        bent = {**claims, **self.claims}
        return {name: bent[name] for name in bent if name not in self.without}

    def extra_keys(self) -> list[dict[str, Any]]:
        """Published beside the provider's own, so that nothing but the algorithm is
        wrong with a token signed by it."""
        if self.forgery is not Forgery.OTHER_ALGORITHM:
            return []
        public = RSAAlgorithm.to_jwk(_rsa_key().public_key(), as_dict=True)
        return [{**public, "kid": _RSA_KEY_ID, "use": "sig"}]


def forge(
    forgery: Forgery, claims: Mapping[str, Any], *, headers: dict[str, Any], pem: str
) -> str:
    """A token with this one fault; `pem` is the provider's true private key."""
    content = dict(claims)
    match forgery:
        case Forgery.UNSIGNED:
            return jwt.encode(content, "", algorithm="none", headers=headers)
        case Forgery.PUBLIC_KEY_AS_SECRET:
            return _with_public_key_as_secret(content, headers, pem)
        case Forgery.OTHER_ALGORITHM:
            named = {**headers, "kid": _RSA_KEY_ID}
            return jwt.encode(content, _rsa_key(), algorithm="PS256", headers=named)
        case Forgery.FOREIGN_KEY:
            return jwt.encode(content, new_signing_key(), "ES256", headers=headers)
        case Forgery.UNKNOWN_KEY_ID:
            return jwt.encode(content, pem, "ES256", headers={**headers, "kid": "?"})
        case Forgery.NO_KEY_ID:
            nameless = {k: v for k, v in headers.items() if k != "kid"}
            return jwt.encode(content, pem, algorithm="ES256", headers=nameless)


def _with_public_key_as_secret(
    claims: dict[str, Any], headers: dict[str, Any], pem: str
) -> str:
    """By hand, since PyJWT rightly refuses to make one."""
    public = load(pem.encode(), password=None).public_key()
    secret = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    parts = ({"alg": "HS256", **headers}, claims)
    signed = b".".join(_base64url(json.dumps(part).encode()) for part in parts)
    mac = hmac.new(secret, signed, hashlib.sha256).digest()
    return b".".join((signed, _base64url(mac))).decode()


def _base64url(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")


@functools.cache
def _rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)
