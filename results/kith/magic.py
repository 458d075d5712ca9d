"""What bytes are, judged by how they begin, never by what a label says."""

import re
from typing import Literal

_ARCHIVES = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PK\x07\x08",
    b"\x1f\x8b",  # gzip
    b"\x1f\x9d",  # compress
    b"\x1f\xa0",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\xfd7zXZ\x00",
    b"\x28\xb5\x2f\xfd",  # zstandard
    b"MSCF\x00\x00\x00\x00",
    b"LZIP\x01",
    b"\x04\x22\x4d\x18",  # lz4
)
_BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
_TAR_MAGIC = slice(257, 262)
# A zip is read from its end, so anything may stand before it.
_ZIP_END = b"PK\x05\x06"
_ZIP_END_LENGTH = 22
_LONGEST_ZIP_COMMENT = 0xFFFF

_MEDIA_TYPES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
)
# Some producers write a line of their own before the header; readers allow 1 kB.
_PDF_HEADER_WITHIN = 1024

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SIZE_BEFORE_PIXELS = {"image/png": slice(16, 24), "image/gif": slice(6, 10)}


def is_archive(content: bytes) -> bool:
    """Whether the bytes are an archive or compressed: zip, gzip, 7z, rar, tar, …, also
    one hidden behind something else."""
    return (
        content.startswith(_ARCHIVES)
        or _BZIP2.match(content) is not None
        or content[_TAR_MAGIC] == b"ustar"
        or _ends_as_zip(content)
    )


def media_type(content: bytes) -> str | None:
    """The media type of a PDF, an image or text; None for anything else."""
    if is_pdf(content):
        return "application/pdf"
    for start, name in _MEDIA_TYPES:
        if content.startswith(start):
            return name
    return "text/plain" if content and _is_text(content) else None


def is_pdf(content: bytes) -> bool:
    """What stands before the header may be words, but not markup: a browser that is
    given the file would run it."""
    before, header, _ = content[:_PDF_HEADER_WITHIN].partition(b"%PDF-")
    return bool(header) and b"<" not in before


def pixels(content: bytes) -> int:
    """How many pixels a PNG or GIF says it unfolds to; 0 when it does not say."""
    kind = media_type(content)
    where = _SIZE_BEFORE_PIXELS.get(kind or "")
    field = content[where] if where else b""
    if not where or len(field) != where.stop - where.start:
        return 0
    half = len(field) // 2
    order: Literal["big", "little"] = "big" if kind == "image/png" else "little"
    width = int.from_bytes(field[:half], order)
    return width * int.from_bytes(field[half:], order)


def _ends_as_zip(content: bytes) -> bool:
    start = max(0, len(content) - _ZIP_END_LENGTH - _LONGEST_ZIP_COMMENT)
    at = content.rfind(_ZIP_END, start)
    if at < 0 or at + _ZIP_END_LENGTH > len(content):
        return False
    comment = content[at + _ZIP_END_LENGTH - 2 : at + _ZIP_END_LENGTH]
    return at + _ZIP_END_LENGTH + int.from_bytes(comment, "little") == len(content)


def _is_text(content: bytes) -> bool:
    """UTF-8, or Latin-1 without control characters."""
    return _CONTROL.search(content) is None
