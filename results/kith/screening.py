"""What bytes must be before an XML parser sees them: small, XML, without a DTD."""

import codecs
import re

from results.kith import magic
from results.parsed import MessageFault

MAX_BYTES = 10 * 1024 * 1024

# Cheap ceilings over the raw bytes, so that a flood of tiny nodes is refused before
# it is built: an element costs at least one «<», an attribute at least one «=».
MAX_TAGS = 1_000_000
MAX_EQUALS = 500_000

_BLANKS = b" \t\r\n"
_PROLOG = re.compile(rb"(?:\s++|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_HTML = re.compile(rb"<(?:!doctype\s+)?html", re.IGNORECASE)
# Encodings that keep ASCII where it is, so that the scans see what the parser sees.
_ENCODINGS = re.compile(
    r"utf-?8|us-ascii|ascii|latin-?1|iso-?8859-\d{1,2}|windows-125\d|cp125\d",
    re.IGNORECASE,
)


class UnreadableMessage(ValueError):
    """The bytes cannot be read as a message; `fault` says why, to the sender."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.fault = MessageFault("T01", text)


def screen(content: bytes) -> tuple[bytes, str | None]:
    """Bytes fit for the parser, and their encoding where it is not to be declared.

    Raises UnreadableMessage for what is not XML, is too large, has a DTD or an
    encoding that we do not read.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableMessage("Meldingen er større enn 10 MB.")
    content, encoding = _strip(content)
    seen = _as_ascii(content, encoding)
    _refuse_other_formats(seen)
    prolog = _PROLOG.match(seen)
    start = prolog.end() if prolog else 0
    if _HTML.match(seen, start):
        raise UnreadableMessage("Meldingen er en nettside (HTML), ikke XML.")
    if seen[start : start + 9].upper() == b"<!DOCTYPE":
        raise UnreadableMessage("Meldingen har en dokumenttype (DTD). Det er ikke lov.")
    if len(seen) > MAX_TAGS and _is_flood(seen):
        raise UnreadableMessage("Meldingen har for mange elementer.")
    return content, encoding or _declared_encoding(seen)


def _is_flood(content: bytes) -> bool:
    return content.count(b"<") > MAX_TAGS or content.count(b"=") > MAX_EQUALS


def _strip(content: bytes) -> tuple[bytes, str | None]:
    """A byte order mark is believed before any declaration (dialects A1, A2)."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "UTF-8"),
        (codecs.BOM_UTF16_LE, "UTF-16LE"),
        (codecs.BOM_UTF16_BE, "UTF-16BE"),
    ):
        if content.startswith(mark):
            return _without_blanks(content[len(mark) :], encoding), encoding
    content = content.lstrip(_BLANKS)
    for start_of_xml, encoding in ((b"<\0", "UTF-16LE"), (b"\0<", "UTF-16BE")):
        if content.startswith(start_of_xml):
            return content, encoding
    return content, None


def _without_blanks(content: bytes, encoding: str) -> bytes:
    if encoding == "UTF-8":
        return content.lstrip(_BLANKS)
    at = 0
    while content[at : at + 2].strip(b"\0") in {b" ", b"\t", b"\r", b"\n"}:
        at += 2
    return content[at:]


def _as_ascii(content: bytes, encoding: str | None) -> bytes:
    """The same characters where every ASCII one is a byte, for scanning only."""
    if encoding is None or encoding == "UTF-8":
        return content
    try:
        return content.decode(encoding).encode("utf-8")
    except UnicodeError:
        raise UnreadableMessage("Meldingen har tegn som ikke kan leses.") from None


def _declared_encoding(content: bytes) -> str | None:
    """None leaves it to the declaration. UTF-16 cannot be true of bytes seen here."""
    declared = _DECLARED.match(content)
    name = declared.group(1).decode("ascii") if declared else "utf-8"
    if name.upper().startswith("UTF-16"):
        return "UTF-8"
    if not _ENCODINGS.fullmatch(name):
        raise UnreadableMessage("Meldingen er i et tegnsett som ikke støttes.")
    return None


def _refuse_other_formats(content: bytes) -> None:
    if not content:
        raise UnreadableMessage("Meldingen er tom.")
    if content.startswith(b"<"):
        return
    if magic.is_archive(content):
        raise UnreadableMessage(
            "Meldingen er pakket eller komprimert. Send den som vanlig XML."
        )
    if magic.is_pdf(content):
        raise UnreadableMessage("Meldingen er en PDF, ikke XML.")
    if content.startswith((b"{", b"[")):
        raise UnreadableMessage("Meldingen er JSON, ikke XML.")
    raise UnreadableMessage("Meldingen er ikke XML.")
