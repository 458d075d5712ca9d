"""Encryption of what is stored, and the keyed hash that finds an identity number.

AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce; a `context` such as the
column's name is authenticated with it, so that a value moved elsewhere will not open.
A bare hash of an identity number is reversed in seconds: there are few of them. Hence
HMAC-SHA-256 with a key that lies outside the database.
"""

import functools
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_VERSION = b"\x01"
_NONCE_BYTES = 12


class CannotDecrypt(Exception):
    """The bytes were not made with this key for this context."""


def encrypt(plain: bytes, *, context: str, key: str | None = None) -> bytes:
    """Version byte, nonce, ciphertext with tag: 29 bytes longer than `plain`. `key`,
    64 hexadecimal digits, is for what has one of its own."""
    nonce = os.urandom(_NONCE_BYTES)
    return _VERSION + nonce + _cipher(key).encrypt(nonce, plain, context.encode())


def decrypt(
    sealed: bytes | memoryview, *, context: str, key: str | None = None
) -> bytes:
    """The plain bytes. Raises CannotDecrypt."""
    raw = bytes(sealed)
    nonce, body = raw[1 : 1 + _NONCE_BYTES], raw[1 + _NONCE_BYTES :]
    if raw[:1] != _VERSION:
        raise CannotDecrypt
    try:
        return _cipher(key).decrypt(nonce, body, context.encode())
    except (InvalidTag, ValueError) as error:
        raise CannotDecrypt from error


def lookup_hash(text: str, *, context: str) -> bytes:
    """32 bytes, the same for the same text; they tell nothing without the key."""
    key = bytes.fromhex(settings.LOOKUP_KEY)
    return hmac.new(key, f"{context}\0{text}".encode(), hashlib.sha256).digest()


def _cipher(key: str | None) -> AESGCM:
    return _cipher_for(key or settings.ENCRYPTION_KEY)


@functools.cache
def _cipher_for(key: str) -> AESGCM:
    return AESGCM(bytes.fromhex(key))
