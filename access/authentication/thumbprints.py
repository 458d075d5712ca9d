"""The name of a public key, computed from the key itself (RFC 7638)."""

import base64
import hashlib
import json
from collections.abc import Mapping

# Only these members count, in this order (RFC 7638 §3.2).
_MEMBERS = {"EC": ("crv", "kty", "x", "y"), "RSA": ("e", "kty", "n")}


def thumbprint(jwk: Mapping[str, object]) -> str:
    """SHA-256 thumbprint, base64url without padding. Raises ValueError for no key."""
    members = _MEMBERS.get(str(jwk.get("kty")))
    if members is None or not all(isinstance(jwk.get(m), str) for m in members):
        raise ValueError("Not a public EC or RSA key.")
    canonical = json.dumps({m: jwk[m] for m in members}, separators=(",", ":"))
    return base64url(hashlib.sha256(canonical.encode()).digest())


def base64url(content: bytes) -> str:
    """Base64 for addresses, without padding (RFC 7515 §2)."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
