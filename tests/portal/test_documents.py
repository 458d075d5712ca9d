"""Answers as PDF: tagged, in the reader's language, and nothing in them is markup."""

import dataclasses
import datetime
import io

from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from access.lookup import Taken
from portal.documents import Head, as_pdf
from portal.presenting.taking import present_taken
from tests.portal.answers import (
    OSLO,
    a_detail,
    a_group,
    a_resistance,
    a_summary,
    a_text,
    an_observation,
    kari,
)

AT = datetime.datetime(2026, 11, 24, 16, 5, tzinfo=OSLO)
KARI = Head(
    name="PRØVE, Kari",
    birth_date="12.04.1984",
    number="120484 •••••",
    printed_by="",
    at=AT,
)
HOSTILE = '#eval("1+1") #read("report.typ") *fet* _k_ $x^2$ <a> @b `c` \\ // = h'


def read(*details, head: Head = KARI) -> PdfReader:
    reports = present_taken(Taken(kari(), details))
    return PdfReader(io.BytesIO(as_pdf(reports, head)))


def words_of(document: PdfReader) -> str:
    return " ".join(" ".join(p.extract_text().split()) for p in document.pages)


def tags_of(document: PdfReader) -> set[str]:
    found: set[str] = set()

    def walk(node) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            if "/S" in node:
                found.add(node["/S"])
            walk(node.get("/K", []))

    walk(document.root_object["/StructTreeRoot"])
    return found


def test_it_is_tagged_and_says_its_language_and_title():
    document = read(a_detail(an_observation()))

    root = document.root_object
    assert root["/Lang"].startswith("nb")
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert document.metadata.title == "Blodprøve – PRØVE, Kari"
    assert b"pdfuaid:part>1<" in document.xmp_metadata.stream.get_data()
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L"} <= tags_of(document)


def test_in_nynorsk_it_says_so():
    with translation.override("nn"):
        document = read(a_detail(an_observation()))

    assert document.root_object["/Lang"].startswith("nn")


def test_each_page_says_whose_from_where_when_and_which_of_how_many():
    many = [an_observation(f"P-Prøve {number}") for number in range(90)]
    document = read(a_detail(*many))

    count = len(document.pages)
    assert count > 1
    for number, page in enumerate(document.pages, start=1):
        words = " ".join(page.extract_text().split())
        assert "PRØVE, Kari · født 12.04.1984 · 120484 •••••" in words
        assert "Nordlab" in words
        assert "Utskrift fra Prøvesvar 24.11.2026 kl. 16.05" in words
        assert f"Side {number} av {count}" in words


def test_each_report_begins_on_a_page_that_names_its_own_laboratory():
    other = a_detail(an_observation(), summary=a_summary(performer_name="Fjordlab"))
    document = read(a_detail(an_observation()), other)

    first, second = (page.extract_text() for page in document.pages)
    assert "Fjordlab" not in first
    assert "Nordlab" not in second


def test_values_stand_as_sent_with_comparator_and_range():
    ferritin = an_observation(
        "P-Ferritin", digits="4.10", comparator="<", unit="µg/L", code="NPU19763"
    )

    words = words_of(read(a_detail(ferritin)))

    for said in ("P-Ferritin", "NPU19763", "<4,10", "µg/L", "117–153"):
        assert said in words


def test_a_culture_has_its_table():
    agents = (a_resistance("Trimetoprim", "R"), a_resistance("Mecillinam", "S", "0.5"))
    words = words_of(read(a_detail(a_group("Escherichia coli", *agents))))

    for said in ("Escherichia coli", "Trimetoprim", "R Resistent", "Mecillinam"):
        assert said in words


def test_formatted_text_is_words():
    text = a_text("Svar", "<p>Ingen <b>vekst</b>.</p><p>Se neste.</p>", is_markup=True)

    words = words_of(read(a_detail(text)))

    assert "Ingen vekst. Se neste." in words
    assert "<b>" not in words


def test_what_a_laboratory_writes_is_never_markup():
    detail = a_detail(
        an_observation(HOSTILE, comments=(HOSTILE,), unit="#", digits="*1*"),
        a_text(HOSTILE, f"{HOSTILE}\n{HOSTILE}"),
        comment=HOSTILE,
        responsible_name=HOSTILE,
        summary=a_summary(performer_name=HOSTILE, requester_name=HOSTILE),
    )

    head = dataclasses.replace(KARI, name=HOSTILE)
    words = words_of(read(detail, head=head)).replace(" ", "")

    assert words.count('#eval("1+1")#read("report.typ")*fet*') >= 7


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_text_makes_a_document(text):
    observation = an_observation(text, comments=(text,))

    assert len(read(a_detail(observation, comment=text)).pages) >= 1


def test_a_sign_the_font_lacks_costs_the_label_and_nothing_else():
    document = read(a_detail(an_observation("P-Ferritin 😀")))

    assert document.root_object["/MarkInfo"]["/Marked"]
    assert "P-Ferritin" in words_of(document)


def test_without_any_report_it_says_so():
    assert "Det er ingen svar å ta med." in words_of(read())
