"""From the bytes of a file to its text, whatever it was saved as."""

import codecs

from results.code_lists.problems import UnreadableList

MAX_BYTES = 100_000_000
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def decode(content: bytes) -> str:
    """UTF-8 or UTF-16 by their mark, UTF-8 where it fits, else Windows-1252.

    Raises UnreadableList.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableList("Filen er større enn 100 MB.")
    if content.startswith(_SPREADSHEETS):
        raise UnreadableList("Filen er et regneark. Lagre det som CSV (UTF-8) først.")
    text = _text(content)
    if "\x00" in text:
        raise UnreadableList("Filen er ikke en tekstfil.")
    if not text.strip():
        raise UnreadableList("Filen er tom.")
    return text


def _text(content: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(content, "cp1252")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableList("Tegnsettet er ikke til å lese.", line=line) from None
