"""Documents in the report: `presentedForm`. Nothing is ever fetched."""

from results.fhir.items import Item
from results.fhir.read import values
from results.kith import magic
from results.kith.read import documents
from results.kith.read.notes import Notes
from results.parsed import ParsedAttachment

_TOO_LARGE = "Vedlegget er større enn vi tar imot."


def attachments(report: Item, notes: Notes) -> tuple[ParsedAttachment, ...]:
    """Every form. What is wrong with one is told of and never refuses the report,
    except archives, compression and what unfolds to far more than was sent."""
    forms = report.items("presentedForm")
    if len(forms) > documents.MAX_NUMBER:
        notes.warn(documents.TOO_MANY)
    read = tuple(_attachment(form, notes) for form in forms[: documents.MAX_NUMBER])
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
    data = documents.without_blanks(form.text("data"))
    is_too_large = documents.is_too_large(data)
    content = None if is_too_large else documents.decode(data)
    if content and documents.is_dangerous(content, notes):
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


def _problem(form: Item, content: bytes | None, kind: str | None) -> str | None:
    if form.text("data") is None:
        return documents.NEVER_SENT if form.text("url") else documents.NO_CONTENT
    if content is None:
        return documents.UNREADABLE
    return None if kind else documents.UNKNOWN
