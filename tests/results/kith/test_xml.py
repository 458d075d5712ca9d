"""Parsing what strangers send: tolerant of encodings, closed to attacks."""

import codecs
import re

import pytest
from django.conf import settings

from results.kith import screening, xml
from results.kith.screening import UnreadableMessage

from .messages import MESSAGE_ID, NAMESPACES, a_message

MESSAGE = a_message(header="<!-- prøve -->")
NORWEGIAN = "<a><b>Blåbærsyltetøy på Østre Ånsnes</b></a>"


def refused(content: bytes) -> str:
    with pytest.raises(UnreadableMessage) as caught:
        xml.parse(content)
    assert caught.value.fault.code == "T01"
    return caught.value.fault.text


def test_lxml_is_known_in_one_place():
    knows = re.compile(r"^\s*(?:import|from)\s+lxml\b", re.MULTILINE)
    found = [
        path.relative_to(settings.BASE_DIR).as_posix()
        for package in ("portal", "access", "results")
        for path in (settings.BASE_DIR / package).rglob("*.py")
        if knows.search(path.read_text(encoding="utf-8"))
    ]
    assert {path.rpartition("/")[0] for path in found} == {"results/kith/xml"}


@pytest.mark.parametrize("inner", ["<a><b></a>", "<a>", "<a>&nbsp;</a>", "<a/><b/>"])
def test_badly_formed_xml_is_refused_with_its_line(inner):
    assert "linje 2" in refused(f"<?xml version='1.0'?>\n{inner}".encode())


def test_text_in_latin_1_that_claims_to_be_utf_8_is_refused():
    declared = f'<?xml version="1.0" encoding="UTF-8"?>{NORWEGIAN}'
    assert "ikke gyldig XML" in refused(declared.encode("latin-1"))


def test_what_the_parser_says_is_not_repeated_to_anyone():
    fault = refused(f"<OffId>{MESSAGE_ID}</Wrong>".encode())
    assert MESSAGE_ID not in fault
    assert "OffId" not in fault


def test_a_file_on_disk_cannot_be_read_through_an_entity(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("hemmelig")
    entity = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><a>&x;</a>'
    assert "DTD" in refused(entity.encode())


def test_laughs_do_not_multiply():
    lol = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><a b="&b;">&b;</a>'
    assert "DTD" in refused(lol.encode())


def test_a_document_type_that_slips_past_the_screening_is_still_refused(monkeypatch):
    monkeypatch.setattr(xml, "screen", lambda content: (content, None))
    assert "DTD" in refused(b"<!DOCTYPE a><a/>")


def test_nesting_has_a_floor():
    levels = xml.MAX_DEPTH
    assert xml.parse(b"<a>" * levels + b"</a>" * levels)
    assert "nivåer" in refused(b"<a>" * (levels + 1) + b"</a>" * (levels + 1))


def test_more_than_half_a_million_elements_are_refused():
    few, many = xml.MAX_NODES - 1, xml.MAX_NODES
    assert xml.parse(b"<a>" + b"<b/>" * few + b"</a>")
    assert "for mange" in refused(b"<a>" + b"<b/>" * many + b"</a>")


def test_one_attachment_may_fill_the_message():
    size = screening.MAX_BYTES - 7
    assert len(xml.parse(b"<a>" + b"A" * size + b"</a>").own_text) == size


@pytest.mark.parametrize(
    ("declared", "mark", "encoding"),
    [
        ("UTF-8", b"", "utf-8"),
        ("UTF-8", codecs.BOM_UTF8, "utf-8"),
        ("ISO-8859-1", codecs.BOM_UTF8, "utf-8"),
        ("ISO-8859-1", b"", "latin-1"),
        ("iso-8859-1", b"", "latin-1"),
        ("windows-1252", b"", "cp1252"),
        ("ISO-8859-1", codecs.BOM_UTF16_LE, "utf-16-le"),
        ("ISO-8859-1", codecs.BOM_UTF16_BE, "utf-16-be"),
        ("ISO-8859-1", b"", "utf-16-le"),
        ("UTF-16", codecs.BOM_UTF16_LE, "utf-16-le"),
        ("UTF-16", b"", "utf-8"),
    ],
)
def test_norwegian_letters_survive_every_encoding(declared, mark, encoding):
    text = f'\r\n<?xml version="1.0" encoding="{declared}"?>\n{NORWEGIAN}'
    content = mark + text.encode(encoding)
    if not mark and encoding == "utf-16-le":
        content = content[4:]  # blanks before cannot be told apart from other bytes
    assert xml.parse(content).text("b") == "Blåbærsyltetøy på Østre Ånsnes"


def test_no_declaration_means_utf_8():
    assert xml.parse(NORWEGIAN.encode()).text("b").startswith("Blåbær")


def test_comments_do_not_cut_a_text_in_two():
    assert xml.parse(b"<a><b>13<!-- ! -->9</b></a>").text("b") == "139"


class TestNode:
    def test_children_are_found_by_name_in_the_messages_own_namespace(self):
        root = xml.parse(
            b'<m:a xmlns:m="urn:m" xmlns:o="urn:o">'
            b"<o:b>other</o:b><b>none</b><m:b>first</m:b><m:b>second</m:b></m:a>"
        )
        assert root.text("b") == "first"
        assert root.texts("b") == ("first", "second")
        assert [n.own_text for n in root.children("b")] == ["first", "second"]

    def test_children_of_no_namespace_are_found_where_the_root_has_none(self):
        assert xml.parse(b"<a><b>x</b></a>").text("b") == "x"

    def test_codes_and_texts_come_stripped(self):
        root = xml.parse(b'<a><b V=" NPU19677 "> tekst\n</b></a>')
        assert root.code("b") == "NPU19677"
        assert root.text("b") == "tekst"

    @pytest.mark.parametrize("inner", [b"", b"<b/>", b'<b V=" "> </b>'])
    def test_what_is_missing_or_blank_is_none(self, inner):
        root = xml.parse(b"<a>" + inner + b"</a>")
        assert root.code("b") is None
        assert root.text("b") is None
        assert root.texts("b") == ()

    def test_text_is_found_though_tags_stand_in_it(self):
        assert xml.parse(b"<a><b>en <i>to</i> tre</b></a>").text("b") == "en to tre"

    def test_mixed_content_comes_in_order(self):
        pieces = xml.parse(b"<a>en<b/>to<c/></a>").pieces()
        shown = [p if isinstance(p, str) else p.name for p in pieces]
        assert shown == ["en", "b", "to", "c"]

    def test_a_descendant_sees_its_own_namespace(self):
        root = xml.parse(f"<w><x>{MESSAGE}</x></w>".encode())
        found = list(root.descendants(NAMESPACES["1.4"], "Message"))
        assert [n.text("MsgId") for n in found] == [MESSAGE_ID]


class TestRecovery:
    """Only so that the sender can be told."""

    def test_the_header_is_found_before_the_break(self):
        broken = MESSAGE.replace("</OffId>", "")
        assert xml.recover(broken.encode()).text("MsgId") == MESSAGE_ID

    @pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"<", b"<!DOCTYPE a><a>"])
    def test_nothing_comes_of_nothing(self, content):
        assert xml.recover(content) is None

    def test_the_same_bounds_hold(self):
        levels = xml.MAX_DEPTH + 1
        assert xml.recover(b"<a>" * levels) is None


class TestWriting:
    def test_ours_is_utf_8_and_says_so_in_line_one(self):
        root = xml.start("urn:x", "A")
        xml.add(root, "B", "Prøve", V="å")
        assert (
            xml.to_bytes(root)
            == (
                '<?xml version="1.0" encoding="UTF-8"?>\n'
                '<A xmlns="urn:x"><B V="å">Prøve</B></A>'
            ).encode()
        )

    def test_characters_xml_cannot_hold_are_left_out(self):
        root = xml.start("urn:x", "A")
        xml.add(root, "B", "a\x00b\x1fc\ufffe", V="\x08d")
        assert b'<B V="d">abc</B>' in xml.to_bytes(root)
