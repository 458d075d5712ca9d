"""Proofs that we hold our key, for our own calls (RFC 9449 §4)."""

import hashlib
import secrets
import time
from typing import Any

import jwt

from access.authentication.assertions import signing_key_of
from access.authentication.thumbprints import base64url, public_members, thumbprint


def dpop_proof(
    pem: str, *, method: str, url: str, access_token: str = "", nonce: str = ""
) -> str:
    """A proof for one request; `access_token` where one goes with it, `nonce` where
    the server has asked for one."""
    claims: dict[str, Any] = {
        "jti": secrets.token_urlsafe(16),
        "htm": method,
        "htu": url.partition("?")[0],
        "iat": int(time.time()),
    }
    if access_token:
        claims["ath"] = base64url(hashlib.sha256(access_token.encode()).digest())
    if nonce:
        claims["nonce"] = nonce
    signing = signing_key_of(pem)
    headers = {"typ": "dpop+jwt", "jwk": public_members(signing.public)}
    return jwt.encode(claims, signing.key, algorithm=signing.algorithm, headers=headers)


def thumbprint_of(pem: str) -> str:
    """What a token is bound to (`cnf.jkt`) when this key has proven itself for it."""
    return thumbprint(signing_key_of(pem).public)
