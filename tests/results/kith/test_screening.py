"""What never reaches the parser, and what it is told of the encoding."""

import codecs
import gzip

import pytest

from results.kith import screening
from results.kith.screening import UnreadableMessage, screen

from .messages import a_message

MESSAGE = a_message()
DECLARED_LATIN_1 = '<?xml version="1.0" encoding="ISO-8859-1"?>'


def refused(content: bytes) -> str:
    with pytest.raises(UnreadableMessage) as caught:
        screen(content)
    assert caught.value.fault.code == "T01"
    return caught.value.fault.text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "tom"),
        (b" \r\n\t ", "tom"),
        (codecs.BOM_UTF8, "tom"),
        (b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>", "HTML"),
        (b"<html><head/></html>", "HTML"),
        (b"<?xml version='1.0'?>\n<HTML/>", "HTML"),
        (b'{"resourceType": "Bundle"}', "JSON"),
        (b"[1]", "JSON"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04\x14\x00", "komprimert"),
        (gzip.compress(MESSAGE.encode()), "komprimert"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "komprimert"),
        (b"Hei, her er svaret", "ikke XML"),
        (b"UNB+UNOC:3+", "ikke XML"),
    ],
)
def test_what_is_not_xml_is_named_for_what_it_is(content, says):
    assert says in refused(content)


def test_a_message_over_ten_megabytes_is_refused_before_anything_is_parsed():
    assert "10 MB" in refused(b"<a>" + b" " * screening.MAX_BYTES)


def test_a_message_of_just_ten_megabytes_is_let_through():
    content = b"<a>" + b" " * (screening.MAX_BYTES - 7) + b"</a>"
    assert len(content) == screening.MAX_BYTES
    screen(content)


@pytest.mark.parametrize(
    "prolog",
    [
        "<!DOCTYPE Message>",
        "<!doctype Message>",
        '<?xml version="1.0"?><!DOCTYPE Message [<!ENTITY a "b">]>',
        "<!-- a <comment> --> <?target some > data?>\n<!DOCTYPE Message>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_wherever_it_hides(prolog, encoding):
    assert "DTD" in refused((prolog + MESSAGE).encode(encoding))


def test_a_document_type_is_not_hidden_by_a_character_that_looks_like_a_comments_end():
    # In UTF-16, U+2D2D is the bytes of «--».
    hidden = "<!-- \u2d2d> --><!DOCTYPE Message>" + MESSAGE
    assert "DTD" in refused(hidden.encode("utf-16"))


def test_text_that_speaks_of_a_document_type_is_let_through():
    content = b"<a><![CDATA[<!DOCTYPE html><html>]]></a>"
    assert screen(content) == (content, None)


def test_a_flood_of_tags_is_refused_before_it_is_built():
    assert "for mange" in refused(b"<a>" + b"<b/>" * screening.MAX_TAGS + b"</a>")


def test_a_flood_of_attributes_is_refused_before_it_is_built():
    flood = b" a=''" * (screening.MAX_EQUALS + 1)
    assert "for mange" in refused(b"<a" + flood + b"/>")


def test_blanks_before_the_declaration_are_taken_away():
    content = b"\r\n \t<?xml version='1.0'?><a/>"
    assert screen(content) == (b"<?xml version='1.0'?><a/>", None)


@pytest.mark.parametrize(
    ("mark", "encoding", "named"),
    [
        (codecs.BOM_UTF8, "utf-8", "UTF-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16LE"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16BE"),
    ],
    ids=["utf-8", "little", "big"],
)
@pytest.mark.parametrize("blanks", ["", "\r\n "])
def test_a_byte_order_mark_is_believed_before_the_declaration(
    mark, encoding, named, blanks
):
    text = DECLARED_LATIN_1 + MESSAGE
    content = mark + (blanks + text).encode(encoding)
    assert screen(content) == (text.encode(encoding), named)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_sixteen_bits_are_known_without_a_mark(encoding):
    _, named = screen(MESSAGE.encode(encoding))
    assert named == encoding.upper().replace("16-", "16")


def test_bytes_that_are_no_utf_16_are_refused():
    content = codecs.BOM_UTF16_LE + "<a/>".encode("utf-16-le") + b"\x00\xd8<"
    assert "tegn" in refused(content)


@pytest.mark.parametrize("name", ["UTF-7", "EBCDIC-CP-US", "x-mac-roman"])
def test_an_encoding_that_could_hide_markup_is_refused(name):
    content = f'<?xml version="1.0" encoding="{name}"?><a/>'.encode()
    assert "tegnsett" in refused(content)


@pytest.mark.parametrize(
    "name", ["UTF-8", "utf-8", "ISO-8859-1", "iso-8859-1", "windows-1252", "US-ASCII"]
)
def test_the_encodings_of_norwegian_producers_are_let_through(name):
    content = f'<?xml version="1.0" encoding="{name}"?><a/>'.encode()
    assert screen(content) == (content, None)


def test_a_false_claim_of_utf_16_over_plain_bytes_is_read_as_utf_8():
    content = b'<?xml version="1.0" encoding="UTF-16"?><a/>'
    assert screen(content) == (content, "UTF-8")
