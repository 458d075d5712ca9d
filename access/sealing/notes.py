"""Checkpoints as signed notes (C2SP tlog-checkpoint and signed-note), with Ed25519.

The text is origin, size and root, each on a line, then lines of our own: the number
of the checkpoint, the hash of the one before it in whatever month, and the form of the
leaves, which transactions were left, and when.
"""

import base64
import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

NOTHING_BEFORE = bytes(32)
_ED25519 = b"\x01"
_KEY_ID_BYTES = 4
_DASH = "\N{EM DASH}"


class NotOurs(Exception):
    """The note is damaged, or no key we know has signed it; the text says which."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What is signed. `before` is the hash of the preceding checkpoint's text, zeros
    for the first; `tree` is the month, as 2026-11."""

    number: int
    tree: str
    size: int
    root: bytes
    before: bytes
    form: int
    below: int
    at: datetime.datetime

    def text(self, host: str) -> str:
        """Ends with a line break, as a note's text does."""
        return "".join(
            f"{line}\n"
            for line in (
                f"{host}/innsynslogg/{self.tree}",
                self.size,
                _base64(self.root),
                f"number {self.number}",
                f"before {_base64(self.before)}",
                f"form {self.form}",
                f"below {self.below}",
                f"at {self.at.astimezone(datetime.UTC).isoformat()}",
            )
        )


def sign(text: str, *, name: str, key: str) -> str:
    """The text with a signature line. `key` is 32 bytes as hexadecimal."""
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key))
    public = private.public_key().public_bytes_raw()
    signed = _key_id(name, public) + private.sign(text.encode())
    return f"{text}\n{_DASH} {name} {_base64(signed)}\n"


def open_note(note: str, *, keys: Sequence[str]) -> str:
    """The text, once one of the public keys (hexadecimal) is found to have signed it.
    Raises NotOurs."""
    text, found, signature_line = note.rpartition("\n\n")
    parts = signature_line.rstrip("\n").split(" ")
    if not found or len(parts) != 3 or parts[0] != _DASH:
        raise NotOurs("uleselig")
    text, name = f"{text}\n", parts[1]
    try:
        signed = base64.b64decode(parts[2], validate=True)
    except ValueError as error:
        raise NotOurs("uleselig signatur") from error
    key_id, signature = signed[:_KEY_ID_BYTES], signed[_KEY_ID_BYTES:]
    public = _by_id(name, keys).get(key_id)
    if public is None:
        raise NotOurs("ukjent nøkkel")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text.encode())
    except InvalidSignature as error:
        raise NotOurs("feil signatur") from error
    return text


def public_key(key: str) -> str:
    """The public half, as hexadecimal."""
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key))
    return private.public_key().public_bytes_raw().hex()


def hash_of(text: str) -> bytes:
    """What the next checkpoint names this one by."""
    return hashlib.sha256(text.encode()).digest()


def _by_id(name: str, keys: Sequence[str]) -> Mapping[bytes, bytes]:
    publics = [bytes.fromhex(key) for key in keys]
    return {_key_id(name, public): public for public in publics}


def _key_id(name: str, public: bytes) -> bytes:
    named = name.encode() + b"\n" + _ED25519 + public
    return hashlib.sha256(named).digest()[:_KEY_ID_BYTES]


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()
