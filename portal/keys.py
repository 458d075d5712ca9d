"""Secrets: from a file or the environment; made on first use in the demonstration.

A secret named NAME is read from the file that `NAME_FILE` names, else from `NAME`.
Only in demonstration mode is a missing one made, in the state folder, mode 0600.
"""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.core.exceptions import ImproperlyConfigured

_CURVES = frozenset({"secp256r1", "secp384r1", "secp521r1"})
_SMALLEST_RSA = 2048


class MissingSecret(ImproperlyConfigured):
    """A secret is not configured; the text names the variables to set."""


class UnusableSecret(ImproperlyConfigured):
    """A secret is configured and will not do; the text never shows it."""


def read_secret(
    name: str, *, state_dir: Path | None, make: Callable[[], str] | None = None
) -> str:
    """The secret's text without surrounding blanks.

    `state_dir` is None outside demonstration mode. `make` gives a new secret where
    32 random bytes as hexadecimal will not do (a private key). Raises MissingSecret.
    """
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    if value := os.environ.get(name):
        return value.strip()
    if state_dir is None:
        raise MissingSecret(f"Set {name}_FILE (a path) or {name}.")
    return _find_or_make(state_dir / "keys" / name.lower(), make or _random_hex)


def read_optional_secret(name: str) -> str:
    """The secret's text; empty where none is configured."""
    is_configured = os.environ.get(f"{name}_FILE") or os.environ.get(name)
    return read_secret(name, state_dir=None) if is_configured else ""


def require_signing_key(name: str, pem: str) -> None:
    """Raises UnusableSecret when the secret of this name is no key to sign with."""
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UnusableSecret(f"{name} is no private key in PEM.") from error
    if isinstance(key, ec.EllipticCurvePrivateKey):
        will_do = key.curve.name in _CURVES
    else:
        will_do = isinstance(key, rsa.RSAPrivateKey) and key.key_size >= _SMALLEST_RSA
    if not will_do:
        raise UnusableSecret(
            f"{name} must be an EC key (P-256, P-384, P-521), or RSA of 2048 bits."
        )


def seal_keys(private: str, others: list[str]) -> list[str]:
    """The public keys (hexadecimal) a seal may be signed with: the private one's own,
    if any, and the others. Raises UnusableSecret."""
    try:
        own = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private or "00" * 32))
        for key in others:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
    except ValueError as error:
        raise UnusableSecret("A key for seals is 32 bytes as hexadecimal.") from error
    return [own.public_key().public_bytes_raw().hex(), *others] if private else others


def new_signing_key() -> str:
    """A new private key on the curve P-256, as PEM (PKCS #8)."""
    key = ec.generate_private_key(ec.SECP256R1())
    form = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return key.private_bytes(*form).decode()


def _random_hex() -> str:
    return secrets.token_hex(32)


def _find_or_make(path: Path, make: Callable[[], str]) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_whole(path, make())
    return path.read_text().strip()


def _write_whole(path: Path, text: str) -> None:
    """Write beside and link, so that of several starting processes one wins."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
