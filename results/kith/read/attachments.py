"""Documents that ride in the report: `RefDoc` (HIS 1036). Nothing is ever fetched."""

from collections.abc import Iterator, Sequence
from itertools import islice

from results.kith import magic
from results.kith.read import documents, values
from results.kith.read.notes import Notes
from results.kith.xml import Node
from results.parsed import ParsedAttachment

# Shorter than the shortest document there can be; producers send 15 or 24 bytes (E3).
_SHORTEST_DOCUMENT = 64

_SAYING_SOMETHING = frozenset(
    {"Content", "FileReference", "Id", "Description", "Compression"}
)

_PLAIN_TEXT = "Vedlegget er ren tekst der det skulle vært et kodet dokument."
_PLACEHOLDER = "Vedlegget er bare en plassholder."


def attachments(report: Node, notes: Notes) -> tuple[ParsedAttachment, ...]:
    """Every RefDoc that says something (dialect E6).

    What was left out of one is told of and refuses nothing. What came and cannot be
    handled does: bytes cut short, archives, compression, and what unfolds to far more
    than was sent (HITS 1168).
    """
    sent = (a for node in report.children("RefDoc") for a in _attachments(node, notes))
    read = tuple(islice(sent, documents.MAX_NUMBER))
    if next(sent, None):
        notes.warn(documents.TOO_MANY)
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
    if content and documents.is_dangerous(content, notes):
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
    data = documents.without_blanks(container.own_text)
    return None if documents.is_too_large(data) else documents.decode(data)


def _problem(
    node: Node, container: Node | None, content: bytes | None, kind: str | None
) -> str | None:
    if container is None:
        return _without_container(node)
    if content is None:
        return documents.UNREADABLE
    if not content:
        return documents.NO_CONTENT
    if len(content) < _SHORTEST_DOCUMENT and _claims_document(node, kind):
        return _PLACEHOLDER
    return None if kind else documents.UNKNOWN


def _without_container(node: Node) -> str:
    content = node.child("Content")
    if content is None:
        return documents.NEVER_SENT
    if content.has_elements:
        return documents.UNKNOWN
    return _PLAIN_TEXT if content.own_text else documents.NO_CONTENT


def _claims_document(node: Node, kind: str | None) -> bool:
    claimed = node.text("MimeType") or ""
    return kind != "text/plain" or not claimed.startswith("text/")


def _title(node: Node) -> str | None:
    """The caption, else the id; a path on the sender's disks is nobody's business."""
    identifier = node.text("Id") or ""
    is_path = any(mark in identifier for mark in "/\\:")
    return node.text("Description") or (None if is_path else identifier or None)
