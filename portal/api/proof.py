"""Checks a DPoP proof (RFC 9449 §4.3), apart from whether it was used before."""

import hashlib
import hmac
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import jwt

from access.authentication import base64url, thumbprint

ALGORITHMS = ("ES256", "ES384", "ES512", "PS256", "RS256")
_OLDEST_SECONDS = 15
_AHEAD_SECONDS = 5
_LONGEST_PROOF_ID = 256
# An RSA key beyond these would take long to check, and anybody may show one.
_RSA_LENGTHS = range(340, 1025)  # base64url of 2048 to some 6100 bits
_LONGEST_EXPONENT = 8
_PRIVATE_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_DEFAULT_PORTS = {"http": 80, "https": 443}


class InvalidProof(Exception):
    """The proof proves nothing; the text says which check failed, and only that."""


@dataclass(frozen=True, slots=True)
class Proof:
    """`thumbprint` names the key that was proven; `proof_id` may be used once; `nonce`
    is what a server gave the client to put there, for that server to judge."""

    thumbprint: str
    proof_id: str
    nonce: object = None
    has_token_hash: bool = False


def check_proof(
    proof: str,
    *,
    method: str,
    url: str,
    access_token: str | None = None,
    may_lack_token_hash: bool = False,
) -> Proof:
    """What the proof proves for this request. Raises InvalidProof.

    `access_token` is the token it comes with; None at a token endpoint. Query and
    fragment of the addresses count for nothing (§4.3, item 9). A hash of the token
    that is there must fit, also where it may be lacking.
    """
    key, key_name = _key_in(proof)
    claims = _claims(proof, key)
    if claims["htm"] != method:
        raise InvalidProof("htm")
    if not _is_same_address(claims["htu"], url):
        raise InvalidProof("htu")
    _check_age(claims["iat"])
    has_token_hash = "ath" in claims
    if access_token is not None and (has_token_hash or not may_lack_token_hash):
        _check_token_hash(claims.get("ath"), access_token)
    proof_id = claims["jti"]
    if not isinstance(proof_id, str) or not 1 <= len(proof_id) <= _LONGEST_PROOF_ID:
        raise InvalidProof("jti")
    return Proof(key_name, proof_id, claims.get("nonce"), has_token_hash)


def _key_in(proof: str) -> tuple[jwt.PyJWK, str]:
    try:
        header = jwt.get_unverified_header(proof)
    except (jwt.PyJWTError, RecursionError) as error:
        raise InvalidProof("format") from error
    if str(header.get("typ", "")).lower() != "dpop+jwt":
        raise InvalidProof("typ")
    if header.get("alg") not in ALGORITHMS:
        raise InvalidProof("alg")
    jwk = header.get("jwk")
    if not isinstance(jwk, dict) or _PRIVATE_MEMBERS.intersection(jwk):
        raise InvalidProof("jwk")
    try:
        # First, since it says whether the members are text at all.
        name = thumbprint(jwk)
        if jwk["kty"] == "RSA" and not _is_of_usual_size(jwk):
            raise InvalidProof("jwk")
        return jwt.PyJWK(jwk, header["alg"]), name
    except (jwt.PyJWTError, ValueError) as error:
        raise InvalidProof("jwk") from error


def _is_of_usual_size(rsa: dict[str, str]) -> bool:
    return len(rsa["n"]) in _RSA_LENGTHS and len(rsa["e"]) <= _LONGEST_EXPONENT


def _claims(proof: str, key: jwt.PyJWK) -> dict[str, Any]:
    # `exp` and `nbf` mean nothing in a proof; its age is judged by `iat`.
    options: Any = {
        "require": ["jti", "htm", "htu", "iat"],
        "verify_aud": False,
        "verify_exp": False,
        "verify_iat": False,
        "verify_nbf": False,
    }
    try:
        return jwt.decode(proof, key, algorithms=list(ALGORITHMS), options=options)
    except jwt.MissingRequiredClaimError as error:
        raise InvalidProof("claims") from error
    except (jwt.PyJWTError, RecursionError) as error:
        raise InvalidProof("signature") from error


# A number too great to subtract from is no moment.
_LAST_MOMENT = 2**53


def _check_age(issued_at: object) -> None:
    if not isinstance(issued_at, int | float) or isinstance(issued_at, bool):
        raise InvalidProof("iat")
    if abs(issued_at) > _LAST_MOMENT:
        raise InvalidProof("iat")
    age = time.time() - issued_at
    # Written so that NaN, which compares false with everything, is refused as well.
    if not -_AHEAD_SECONDS <= age <= _OLDEST_SECONDS:
        raise InvalidProof("iat")


def _check_token_hash(sent: object, access_token: str) -> None:
    expected = base64url(hashlib.sha256(access_token.encode()).digest())
    is_plain = isinstance(sent, str) and sent.isascii()
    if not is_plain or not hmac.compare_digest(str(sent), expected):
        raise InvalidProof("ath")


def _is_same_address(sent: object, url: str) -> bool:
    try:
        return isinstance(sent, str) and _plain(sent) == _plain(url)
    except ValueError:
        return False


def _plain(address: str) -> tuple[str, str, int | None, str]:
    parts = urlsplit(address)
    if parts.username is not None:
        raise ValueError("An address with a user is none of ours.")
    scheme = parts.scheme.lower()
    port = parts.port or _DEFAULT_PORTS.get(scheme)
    return scheme, (parts.hostname or "").lower(), port, parts.path or "/"
