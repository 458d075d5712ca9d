"""Cases E: documents that came, that came empty, and that never came."""

import base64
import gzip

import pytest

from ..kith.messages import a_document, a_message, a_report, an_item
from ..kith.test_magic import a_png, a_zip
from .reading import a_letter, accepted, opened, refusals, warnings

PDF = b"%PDF-1.7\n" + b"Histologisk beskrivelse. " * 10 + b"\n%%EOF"


def sent(document: str) -> str:
    return a_message(a_report(header=document))


def encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def the_document(document: str):
    (attachment,) = accepted(sent(document)).attachments
    return attachment


def test_e1_a_pdf_is_known_by_its_bytes():
    document = the_document(a_document(encoded(PDF)))
    assert (document.media_type, document.content) == ("application/pdf", PDF)


def test_e2_a_report_may_be_nothing_but_a_document():
    report = accepted(sent(a_document(encoded(PDF))))
    assert (report.observations, report.category) == ((), "CLIN")
    assert len(report.attachments) == 1


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 tom", b"Her kommer den siden."])
def test_e3_a_placeholder_is_told_of_and_the_report_taken_over(content):
    document = the_document(a_document(encoded(content)))
    assert document.content is None
    assert document.problem in warnings(sent(a_document(encoded(content))))


def test_e4_text_where_a_document_should_be():
    document = the_document("<RefDoc><Content>Se eget svar</Content></RefDoc>")
    assert "ren tekst" in document.problem


@pytest.mark.parametrize(
    "mention",
    [
        "<FileReference>BU20141_Page01.tif</FileReference>",
        r"<Id>file://server\share\kari.pdf</Id>",
    ],
)
def test_e5_a_file_that_was_never_sent_is_told_of_without_its_place(mention):
    document = the_document(f'<RefDoc><MsgType V="A"/>{mention}</RefDoc>')
    assert "ikke oversendt" in document.problem
    assert (document.title, document.content) == (None, None)


@pytest.mark.parametrize("kind", ["REF", "S", "RF-DEL"])
def test_e6_a_mention_of_nothing_is_nothing(kind):
    content = sent(f'<RefDoc><MsgType V="{kind}"/></RefDoc>')
    assert accepted(content).attachments == ()


@pytest.mark.parametrize("claimed", ["", "image/pjpeg", "application/jwt", "text/html"])
def test_e7_the_bytes_tell_what_it_is_whatever_is_claimed(claimed):
    document = the_document(a_document(encoded(PDF), mime=claimed))
    assert document.media_type == "application/pdf"
    picture = the_document(a_document(encoded(a_png(9, 9) + bytes(99)), mime=claimed))
    assert picture.media_type == "image/png"


@pytest.mark.parametrize("code", ["DF", "GZ", "Z"])
def test_e8_what_is_compressed_is_refused(code):
    more = f'<Compression V="{code}"/>'
    assert refusals(sent(a_document(encoded(PDF), more=more))) == ["X99"]


@pytest.mark.parametrize("content", [a_zip(), gzip.compress(PDF)], ids=["zip", "gzip"])
def test_e8_and_what_is_an_archive_without_saying_so(content):
    assert refusals(sent(a_document(encoded(content)))) == ["X99"]


def test_e9_base64_may_stand_on_lines():
    text = encoded(PDF)
    lines = "\r\n\t".join(text[at : at + 40] for at in range(0, len(text), 40))
    assert the_document(a_document(f" {lines} ")).content == PDF


def test_e10_where_compression_is_named_does_not_matter():
    frame = a_document(encoded(PDF))
    after = frame.replace("</RefDoc>", '<Compression V="GZ"/></RefDoc>')
    assert refusals(sent(after)) == ["X99"]


def test_e11_a_document_is_no_part_of_the_results():
    content = a_letter(an_item(), header="")
    with_one = content.replace("<Patient>", a_document(encoded(PDF)) + "<Patient>")
    assert accepted(with_one).observations == accepted(content).observations
    assert PDF.decode() not in repr(opened(with_one))
