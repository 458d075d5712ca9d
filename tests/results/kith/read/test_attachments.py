"""Documents in the report: judged by their bytes, refused only when dangerous."""

import base64
import gzip

import pytest

from results.kith.read import documents, read

from ..messages import a_document, a_message, a_report
from ..test_magic import a_png, a_tar, a_zip

PDF = b"%PDF-1.7\n" + b"Histologisk beskrivelse. " * 10 + b"\n%%EOF"


def encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def reading(*documents: str):
    return read(a_message(a_report(header="".join(documents))).encode())


@pytest.mark.parametrize(
    "content",
    [a_zip(), a_tar(), gzip.compress(PDF), b"7z\xbc\xaf\x27\x1c" + PDF],
    ids=["zip", "tar", "gzip", "7z"],
)
def test_an_archive_is_refused_whatever_it_claims_to_be(content):
    message = reading(a_document(encoded(content), mime="application/pdf"))
    assert [f.code for f in message.faults] == ["X99"]
    assert "arkiv" in message.faults[0].text
    assert message.report.attachments[0].content is None


@pytest.mark.parametrize("code", ["GZ", "DF", "Z", "annet", ""])
def test_compression_is_refused_though_the_content_is_whole(code):
    compressed = f'<Compression V="{code}"/>'
    message = reading(a_document(encoded(PDF), more=compressed))
    assert [f.code for f in message.faults] == ["X99"]
    assert "komprimert" in message.faults[0].text


def test_an_image_that_unfolds_to_billions_of_pixels_is_refused():
    message = reading(a_document(encoded(a_png(60_000, 60_000)), mime="image/png"))
    assert [f.code for f in message.faults] == ["X99"]


@pytest.mark.parametrize(
    "text", ["dette er ikke base64!", "QUJDR", "æøå", encoded(PDF)[:-3], "=" * 8]
)
def test_content_that_is_damaged_is_refused(text):
    message = reading(a_document(text))
    assert [f.code for f in message.faults] == ["X99"]
    assert "skadet" in message.faults[0].text
    assert message.report.attachments[0].content is None


def test_an_archive_behind_a_pdf_is_refused():
    message = reading(a_document(encoded(PDF + a_zip())))
    assert [f.code for f in message.faults] == ["X99"]


def test_the_same_fault_twice_is_one_fault():
    message = reading(a_document(encoded(a_zip())), a_document(encoded(a_zip())))
    assert len(message.faults) == 1


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        (a_document(""), "mangler innhold"),
        (a_document(encoded(b"%PDF-1.7 (tomt)")), "plassholder"),
        (a_document(encoded(b"Pdf kommer siden")), "plassholder"),
        (a_document(encoded(b"\x00\x01" * 99)), "ukjent format"),
        ("<RefDoc><Content>Se PDF</Content></RefDoc>", "ren tekst"),
        ("<RefDoc><Content/></RefDoc>", "mangler innhold"),
        ("<RefDoc><Content><svar/></Content></RefDoc>", "ukjent format"),
        (r"<RefDoc><Id>file://disk\kari.tif</Id></RefDoc>", "ikke oversendt"),
        ("<RefDoc><FileReference>http://x/y.tif</FileReference></RefDoc>", "ikke"),
    ],
)
def test_what_is_wrong_is_told_of_and_never_refuses(document, problem):
    message = reading(document)
    assert message.faults == ()
    (attachment,) = message.report.attachments
    assert problem in attachment.problem
    assert attachment.content is None
    assert message.warnings == (attachment.problem,)


def test_a_document_is_decoded_and_known_by_its_bytes():
    sent = a_document(
        encoded(PDF),
        mime="image/pjpeg",
        more="<Id>svar.pdf</Id><Description>Histologi</Description>",
    )
    (attachment,) = reading(sent).report.attachments
    assert attachment.content == PDF
    assert attachment.media_type == "application/pdf"
    assert attachment.title == "Histologi"
    assert attachment.problem is None


def test_base64_may_stand_on_many_lines():
    text = encoded(PDF)
    lines = "\n\t".join(text[i : i + 40] for i in range(0, len(text), 40))
    (attachment,) = reading(a_document(f"\r\n{lines}\r\n")).report.attachments
    assert attachment.content == PDF


def test_a_short_text_is_no_placeholder_when_it_claims_to_be_text():
    sent = a_document(encoded("Prøven kom på avveie".encode()), mime="text/plain")
    (attachment,) = reading(sent).report.attachments
    assert attachment.problem is None
    assert attachment.media_type == "text/plain"


@pytest.mark.parametrize(
    ("identifier", "title"),
    [
        ("svar.pdf", "svar.pdf"),
        (r"\\server\share\kari.pdf", None),
        ("file://server/kari.pdf", None),
        ("C:\\svar.pdf", None),
    ],
)
def test_no_path_on_the_senders_disks_is_shown(identifier, title):
    sent = a_document(encoded(PDF), more=f"<Id>{identifier}</Id>")
    (attachment,) = reading(sent).report.attachments
    assert attachment.title == title


def test_one_larger_than_can_be_kept_is_not_decoded(monkeypatch):
    monkeypatch.setattr(documents, "MAX_BYTES", 100)
    (attachment,) = reading(a_document(encoded(PDF))).report.attachments
    assert attachment.content is None
    assert "kan ikke leses" in attachment.problem


def test_one_that_fills_the_message_is_read():
    large = PDF + b" " * 7_000_000
    (attachment,) = reading(a_document(encoded(large))).report.attachments
    assert len(attachment.content) == len(large)


def test_there_is_an_end_to_how_many(monkeypatch):
    monkeypatch.setattr(documents, "MAX_NUMBER", 2)
    message = reading(*[a_document(encoded(PDF))] * 3)
    assert len(message.report.attachments) == 2
    assert any("svært mange" in w for w in message.warnings)


@pytest.mark.parametrize("kind", ["S", "REF", "RF-DEL", "A"])
def test_a_mention_that_says_nothing_is_nothing(kind):
    message = reading(f'<RefDoc><MsgType V="{kind}" DN="Svar"/></RefDoc>')
    assert message.report.attachments == ()
    assert message.warnings == ()


def test_a_document_says_when_it_was_made():
    sent = a_document(encoded(PDF), more='<IssueDate V="2026-02-27"/>')
    (attachment,) = reading(sent).report.attachments
    assert attachment.issued_at.as_sent == "2026-02-27"


def test_several_documents_in_one_frame_are_each_kept():
    one = a_document(encoded(PDF)).partition("<Content>")[2].partition("</Content>")[0]
    two = a_document(encoded(PDF)).replace("</Content>", one + "</Content>")
    message = reading(two)
    assert [a.content for a in message.report.attachments] == [PDF, PDF]
