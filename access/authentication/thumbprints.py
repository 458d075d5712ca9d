"""The name of a public key, computed from the key itself (RFC 7638)."""

import base64
import hashlib
import json
from collections.abc import Mapping

# Only these members count, in this order (RFC 7638 §3.2).
_MEMBERS = {"EC": ("crv", "kty", "x", "y"), "RSA": ("e", "kty", "n")}


def thumbprint(jwk: Mapping[str, object]) -> str:
    """SHA-256 thumbprint, base64url without padding. Raises ValueError for no key."""
    canonical = json.dumps(public_members(jwk), separators=(",", ":"))
    return base64url(hashlib.sha256(canonical.encode()).digest())


def public_members(jwk: Mapping[str, object]) -> dict[str, str]:
    """The members that make the key what it is. Raises ValueError for no key."""
    found: dict[str, str] = {}
    for member in _MEMBERS.get(str(jwk.get("kty")), ()):
        value = jwk.get(member)
        if isinstance(value, str):
            found[member] = value
    if not found or len(found) != len(_MEMBERS[str(jwk["kty"])]):
        raise ValueError("Not a public EC or RSA key.")
    return found


def base64url(content: bytes) -> str:
    """Base64 for addresses, without padding (RFC 7515 §2)."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
