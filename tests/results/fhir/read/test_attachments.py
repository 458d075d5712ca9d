"""Documents in a report: noted, sniffed, and never a way in."""

import base64

import pytest

from results.fhir.read import read
from results.kith.read import documents
from results.kith.read.documents import MAX_NUMBER

from ..bundles import a_collection, refused, the_report

PDF = b"%PDF-1.7\n" + b"x" * 100


def a_form(content: bytes | None = PDF, **fields):
    data = {"data": base64.b64encode(content).decode()} if content else {}
    return {"contentType": "application/pdf", "title": "Svar", **data, **fields}


def attachment_of(form):
    return the_report(report={"presentedForm": [form]}).attachments[0]


def test_a_pdf_is_a_pdf():
    found = attachment_of(a_form())

    assert (found.title, found.media_type, found.problem) == (
        "Svar",
        "application/pdf",
        None,
    )
    assert found.content == PDF


def test_when_it_was_made():
    assert attachment_of(a_form(creation="2026-03-02")).issued_at.date.day == 2


def test_what_it_is_is_seen_and_not_believed():
    assert attachment_of(a_form(b"Bare tekst")).media_type == "text/plain"


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (a_form(None), "mangler innhold"),
        (a_form(None, data=" "), "mangler innhold"),
        (a_form(None, url="http://lab.example/1.pdf"), "bare nevnt"),
        (a_form(None, data="%%%"), "kan ikke leses"),
        (a_form(b"\x00\x01\x02\x03"), "ukjent format"),
    ],
    ids=["none", "blank", "address", "no base64", "unknown"],
)
def test_what_is_wrong_with_one_is_told_of_and_keeps_the_report(form, words):
    message = read(a_collection(report={"presentedForm": [form]}))
    (found,) = message.report.attachments

    assert (message.faults, found.content) == ((), None)
    assert words in found.problem
    assert found.problem in message.warnings


def test_one_too_large_is_not_even_decoded(monkeypatch):
    monkeypatch.setattr(documents, "MAX_BYTES", 64)
    monkeypatch.setattr(documents.base64, "b64decode", None)

    assert "større enn" in attachment_of(a_form(None, data="A" * 99)).problem


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\x1f\x8b"], ids=["zip", "gzip"])
def test_an_archive_refuses_the_message(start):
    assert (
        "arkiv"
        in refused(a_collection(report={"presentedForm": [a_form(start + b"x" * 99)]}))[
            0
        ]
    )


def test_an_image_that_unfolds_to_a_city_wall_refuses_the_message():
    size = (100_000).to_bytes(4, "big")
    png = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + size + size + b"\x08" * 99
    content = a_collection(report={"presentedForm": [a_form(png)]})

    assert "for stort" in refused(content)[0]


def test_more_than_anyone_sends_are_cut_off():
    forms = [a_form(None)] * (MAX_NUMBER + 1)
    message = read(a_collection(report={"presentedForm": forms}))

    assert len(message.report.attachments) == MAX_NUMBER
    assert "svært mange vedlegg" in message.warnings[0]


def test_plain_text_in_latin_1_is_read_as_such():
    form = a_form("Måle på nytt".encode("latin-1"))
    (found,) = the_report(report={"presentedForm": [form]}).observations

    assert found.text == "Måle på nytt"
