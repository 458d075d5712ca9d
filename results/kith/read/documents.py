"""A document in base64, whatever format of message it rides in: bounds and words."""

import base64
import binascii

from results.kith import magic
from results.kith.read.notes import Notes

MAX_BYTES = 8 * 1024 * 1024
MAX_NUMBER = 200
_MAX_PIXELS = 250_000_000

NEVER_SENT = "Dokumentet er bare nevnt, ikke oversendt."
NO_CONTENT = "Vedlegget mangler innhold."
UNREADABLE = "Innholdet i vedlegget kan ikke leses."
UNKNOWN = "Vedlegget er i et ukjent format."
TOO_MANY = "Meldingen har svært mange vedlegg; resten er sett bort fra."


def without_blanks(text: str | None) -> str:
    """Base64 comes folded; its length is known without them."""
    return "".join((text or "").split())


def is_too_large(data: str) -> bool:
    """Told before anything is decoded."""
    return len(data) * 3 // 4 > MAX_BYTES


def decode(data: str) -> bytes | None:
    """The bytes; None when they are no base64."""
    try:
        return base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        return None


def is_dangerous(content: bytes, notes: Notes) -> bool:
    """Archives, and pictures that unfold to far more than was sent; told to the sender
    as a ground for refusal."""
    if magic.is_archive(content):
        notes.refuse("Et vedlegg er et arkiv eller komprimert. Send det upakket.")
        return True
    if magic.pixels(content) > _MAX_PIXELS:
        notes.refuse("Et vedlagt bilde er for stort til å vises.")
        return True
    return False
