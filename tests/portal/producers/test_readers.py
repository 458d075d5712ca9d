"""The answer as its readers will see it, on the page of whoever made it."""

import re

import pytest

from results import codes
from tests.builders import a_message, a_number, a_person, a_susceptibility, a_text
from tests.portal.producers.bench import drop, part_of, try_example, words_of
from tests.results.kith.messages import (
    a_document,
    a_message_with,
    a_patient,
    a_report,
    an_item,
)
from tests.results.kith.messages import a_message as a_kith_message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _codes_are_loaded(db):
    codes.load_seed()


def test_both_readers_see_it_as_on_their_own_pages():
    answer = drop(a_message(results=[a_number(), a_susceptibility("Ampicillin", "R")]))

    doctors = part_of(answer, "Slik ser legen det").split("Slik ser innbyggeren det")[0]
    citizens = part_of(answer, "Slik ser innbyggeren det")
    assert "PRØVE, Kari" in doctors
    assert "B-Hemoglobin NOR05172 13,2 g/dL" in doctors
    assert "Ikke alle laboratorier og bildeavdelinger sender svar hit" in doctors
    assert "Kort oppsummert Svaret er innenfor referanseområdet." in citizens
    assert "Ampicillin R Resistent" in citizens
    used = {t.name for t in answer.templates}
    assert {"clinician/_report.html", "citizen/_report.html"} <= used


SCRIPT = "<script>alert(1)</script>"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;"


def test_every_text_is_text_whoever_wrote_it():
    answer = drop(
        a_message(
            about=a_person(name=SCRIPT),
            results=[
                a_number("X<b>", name=SCRIPT, unit=SCRIPT, comment=SCRIPT),
                a_text(SCRIPT, heading="VU"),
            ],
            comment=SCRIPT,
        )
    )

    page = answer.content.decode()
    assert SCRIPT not in page
    assert page.count(ESCAPED) > 6


def test_a_laboratorys_formatting_is_let_through_by_tag():
    html = '<b onclick="x()">Funn</b><script>x()</script>' + " tekst" * 20

    page = drop(a_message(results=[a_text(html, heading="VU")])).content.decode()

    assert "onclick=" not in page.replace("onclick=&quot;", "")
    assert "<script>x" not in page


def test_a_long_message_says_that_it_is_cut():
    many = a_message(results=[a_number() for _ in range(520)])

    assert "bare begynnelsen vises her" in words_of(drop(many))


@pytest.mark.parametrize("name", ["blodprover", "dyrkning", "vevsprove", "rontgen"])
def test_no_id_is_used_twice_though_both_views_stand_on_one_page(name):
    ids = re.findall(r'\sid="([^"]+)"', try_example(name).content.decode())

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("status", [("C", "F"), ("N", "X"), ("C", "P")])
def test_an_answer_taken_back_is_shown_as_taken_back(status):
    """And leads to no page of anyone's, for there is no such report."""
    service_type, code = status

    answer = drop(a_message_with(an_item(), service_type=service_type, status=code))

    assert answer.status_code == 200
    assert "/helsepersonell/" not in answer.content.decode()
    if service_type == "C":
        assert "trukket" in part_of(answer, "Slik ser legen det")


def test_a_document_is_told_of_and_leads_nowhere():
    patient = a_patient(an_item())
    report = a_report(patient, header=a_document("JVBERi0xLjc="))

    answer = drop(a_kith_message(report).encode())

    assert answer.status_code == 200
    assert "Vedlegg fulgte med svaret" in words_of(answer)
    assert "/vedlegg/" not in answer.content.decode()
