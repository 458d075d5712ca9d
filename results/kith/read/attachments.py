"""Documents that ride in the report: `RefDoc` (HIS 1036). Nothing is ever fetched."""

import base64
import binascii
from collections.abc import Iterator, Sequence
from itertools import islice

from results.kith import magic
from results.kith.read import values
from results.kith.read.notes import Notes
from results.kith.xml import Node
from results.parsed import ParsedAttachment

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 250_000_000
MAX_NUMBER = 200
# Shorter than the shortest document there can be; producers send 15 or 24 bytes (E3).
_SHORTEST_DOCUMENT = 64

_SAYING_SOMETHING = frozenset(
    {"Content", "FileReference", "Id", "Description", "Compression"}
)

_NEVER_SENT = "Dokumentet er bare nevnt, ikke oversendt."
_NO_CONTENT = "Vedlegget mangler innhold."
_PLAIN_TEXT = "Vedlegget er ren tekst der det skulle vært et kodet dokument."
_UNREADABLE = "Innholdet i vedlegget kan ikke leses."
_PLACEHOLDER = "Vedlegget er bare en plassholder."
_UNKNOWN = "Vedlegget er i et ukjent format."


def attachments(report: Node, notes: Notes) -> tuple[ParsedAttachment, ...]:
    """Every RefDoc that says something (dialect E6).

    What was left out of one is told of and refuses nothing. What came and cannot be
    handled does: bytes cut short, archives, compression, and what unfolds to far more
    than was sent (HITS 1168).
    """
    sent = (a for node in report.children("RefDoc") for a in _attachments(node, notes))
    read = tuple(islice(sent, MAX_NUMBER))
    if next(sent, None):
        notes.warn("Meldingen har svært mange vedlegg; resten er sett bort fra.")
    for attachment in read:
        if attachment.problem:
            notes.warn(attachment.problem)
    return read


def _attachments(node: Node, notes: Notes) -> Iterator[ParsedAttachment]:
    """One for each document in the frame, or for a frame that only mentions one."""
    if not node.has_any(_SAYING_SOMETHING):
        return
    if node.child("Compression"):
        notes.refuse("Et vedlegg er komprimert. Send det ukomprimert.")
    containers: Sequence[Node | None] = _containers(node) or [None]
    for container in containers:
        yield _attachment(node, container, notes)


def _attachment(node: Node, container: Node | None, notes: Notes) -> ParsedAttachment:
    content = _decode(container) if container else None
    if container and content is None:
        notes.refuse("Innholdet i et vedlegg er skadet (ugyldig base64).")
    if content and _is_dangerous(content, notes):
        content = None
    kind = magic.media_type(content) if content else None
    problem = _problem(node, container, content, kind)
    return ParsedAttachment(
        issued_at=values.moment(node, "IssueDate", notes),
        title=_title(node),
        media_type=node.text("MimeType") if problem else kind,
        content=None if problem else content,
        problem=problem,
    )


def _containers(node: Node) -> Sequence[Node]:
    content = node.child("Content")
    pieces = content.pieces() if content else ()
    nodes = (piece for piece in pieces if isinstance(piece, Node))
    return [found for found in nodes if found.name == "Base64Container"]


def _decode(container: Node) -> bytes | None:
    """The bytes; None when they are no base64 or could not be as large as they say."""
    text = "".join((container.own_text or "").split())
    if len(text) * 3 // 4 > MAX_BYTES:
        return None
    try:
        return base64.b64decode(text, validate=True)
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


def _problem(
    node: Node, container: Node | None, content: bytes | None, kind: str | None
) -> str | None:
    if container is None:
        return _without_container(node)
    if content is None:
        return _UNREADABLE
    if not content:
        return _NO_CONTENT
    if len(content) < _SHORTEST_DOCUMENT and _claims_document(node, kind):
        return _PLACEHOLDER
    return None if kind else _UNKNOWN


def _without_container(node: Node) -> str:
    content = node.child("Content")
    if content is None:
        return _NEVER_SENT
    if content.has_elements:
        return _UNKNOWN
    return _PLAIN_TEXT if content.own_text else _NO_CONTENT


def _claims_document(node: Node, kind: str | None) -> bool:
    claimed = node.text("MimeType") or ""
    return kind != "text/plain" or not claimed.startswith("text/")


def _title(node: Node) -> str | None:
    """The caption, else the id; a path on the sender's disks is nobody's business."""
    identifier = node.text("Id") or ""
    is_path = any(mark in identifier for mark in "/\\:")
    return node.text("Description") or (None if is_path else identifier or None)
