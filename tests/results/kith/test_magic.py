"""What bytes are is judged by how they begin."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

import pytest

from results.kith import magic


def a_zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("svar.pdf", b"%PDF-1.7")
    return held.getvalue()


def a_tar() -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("svar.pdf"))
    return held.getvalue()


def a_png(width: int, height: int) -> bytes:
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + size + b"\x08\x02\x00\x00\x00"


@pytest.mark.parametrize(
    "content",
    [
        a_zip(),
        a_tar(),
        gzip.compress(b"svar"),
        bz2.compress(b"svar"),
        bz2.compress(b""),
        lzma.compress(b"svar"),
        b"Rar!\x1a\x07\x01\x00",
        b"7z\xbc\xaf\x27\x1c\x00\x04",
        b"\x28\xb5\x2f\xfd\x24\x00",
        b"\x1f\x9d\x90",
        b"MSCF\x00\x00\x00\x00",
    ],
    ids=[
        "zip",
        "tar",
        "gzip",
        "bzip2",
        "empty-bzip2",
        "xz",
        "rar",
        "7z",
        "zstd",
        "compress",
        "cab",
    ],
)
def test_archives_are_known(content):
    assert magic.is_archive(content)


@pytest.mark.parametrize(
    "content", [b"", b"PK er pakken", b"BZh er et ord", b"%PDF-1.4", a_png(1, 1)]
)
def test_other_bytes_are_no_archives(content):
    assert not magic.is_archive(content)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.4\n", "application/pdf"),
        (b"\r\n%PDF-1.4\n", "application/pdf"),
        (a_png(10, 10), "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"GIF89a\x01\x00\x01\x00", "image/gif"),
        (b"II*\x00\x08\x00", "image/tiff"),
        (b"{\\rtf1\\ansi", "application/rtf"),
        ("Svaret følger i brev.\r\n".encode(), "text/plain"),
        ("Svaret følger i brev.".encode("latin-1"), "text/plain"),
        (b"\x00\x01\x02\x03", None),
        (b"", None),
    ],
)
def test_media_types_follow_the_bytes(content, kind):
    assert magic.media_type(content) == kind


def test_an_image_tells_how_much_it_unfolds_to():
    assert magic.pixels(a_png(60_000, 50_000)) == 3_000_000_000
    assert magic.pixels(b"GIF89a\xff\xff\xff\xff") == 65535 * 65535


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", a_png(9, 9)[:20], b"GIF89a\x01"])
def test_what_tells_no_size_has_none(content):
    assert magic.pixels(content) == 0


@pytest.mark.parametrize("before", [b"", b"%PDF-1.7\n" + bytes(99), b"<html>"])
def test_a_zip_is_known_from_its_end(before):
    assert magic.is_archive(before + a_zip())


@pytest.mark.parametrize(
    "content",
    [b"PK\x05\x06", b"%PDF-1.7 PK\x05\x06 nevnt i en tekst", a_zip()[:-1], b"PK"],
    ids=["mark alone", "mark in a text", "cut short", "two letters"],
)
def test_the_mark_of_a_zips_end_alone_is_no_zip(content):
    assert not magic._ends_as_zip(content)


@pytest.mark.parametrize("before", [b"<script>x</script>", b"<svg ", b"<?php "])
def test_a_page_that_is_also_a_pdf_is_no_pdf(before):
    assert not magic.is_pdf(before + b"%PDF-1.7")
    assert magic.media_type(before + b"%PDF-1.7") != "application/pdf"


def test_words_before_the_header_of_a_pdf_do_no_harm():
    assert magic.is_pdf(b"Fra Nordlab\r\n%PDF-1.7")
