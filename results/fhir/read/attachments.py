"""Documents in the report: `presentedForm`. Nothing is ever fetched."""

import base64
import binascii

from results.fhir.items import Item
from results.fhir.read import values
from results.kith import magic
from results.kith.read.attachments import MAX_BYTES, MAX_NUMBER, MAX_PIXELS
from results.kith.read.notes import Notes
from results.parsed import ParsedAttachment

_NEVER_SENT = "Dokumentet er bare nevnt, ikke oversendt."
_NO_CONTENT = "Vedlegget mangler innhold."
_UNREADABLE = "Innholdet i vedlegget kan ikke leses."
_TOO_LARGE = "Vedlegget er større enn vi tar imot."
_UNKNOWN = "Vedlegget er i et ukjent format."


def attachments(report: Item, notes: Notes) -> tuple[ParsedAttachment, ...]:
    """Every form. What is wrong with one is told of and never refuses the report,
    except archives, compression and what unfolds to far more than was sent."""
    forms = report.items("presentedForm")
    if len(forms) > MAX_NUMBER:
        notes.warn("Meldingen har svært mange vedlegg; resten er sett bort fra.")
    read = tuple(_attachment(form, notes) for form in forms[:MAX_NUMBER])
    for attachment in read:
        if attachment.problem:
            notes.warn(attachment.problem)
    return read


def plain_text(read: tuple[ParsedAttachment, ...]) -> str | None:
    """What the forms say when they are only text, in UTF-8 or Latin-1."""
    texts = [a.content for a in read if a.content and a.media_type == "text/plain"]
    return "\n\n".join(filter(None, map(_decoded, texts))) or None


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        return content.decode("latin-1").strip()


def _attachment(form: Item, notes: Notes) -> ParsedAttachment:
    data = "".join((form.text("data") or "").split())
    is_too_large = len(data) * 3 // 4 > MAX_BYTES
    content = None if is_too_large else _decode(data)
    if content and _is_dangerous(content, notes):
        content = None
    kind = magic.media_type(content) if content else None
    problem = _TOO_LARGE if is_too_large else _problem(form, content, kind)
    return ParsedAttachment(
        title=form.text("title"),
        media_type=form.text("contentType") if problem else kind,
        content=None if problem else content,
        problem=problem,
        issued_at=values.moment(form, "creation", notes),
    )


def _decode(data: str) -> bytes | None:
    try:
        return base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        return None


def _is_dangerous(content: bytes, notes: Notes) -> bool:
    if magic.is_archive(content):
        notes.refuse("Et vedlegg er et arkiv eller komprimert. Send det upakket.")
        return True
    if magic.pixels(content) > MAX_PIXELS:
        notes.refuse("Et vedlagt bilde er for stort til å vises.")
        return True
    return False


def _problem(form: Item, content: bytes | None, kind: str | None) -> str | None:
    if form.text("data") is None:
        return _NEVER_SENT if form.text("url") else _NO_CONTENT
    if content is None:
        return _UNREADABLE
    return None if kind else _UNKNOWN
