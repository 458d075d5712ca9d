"""Nordlab sends a report about Kari Prøve. Her doctor reads it; she reads it too, and
sees that he did. Nobody else does."""

import re

import pytest

from tests import builders
from tests.cast import HEGE, INGRID, JONAS, KARI, NORDLAB, OLA, TOR
from tests.journeys.visitor import CONSENT

AS_SHOWN = "PRØVE, Kari"  # as a record has it, on health personnel's pages


@pytest.fixture(scope="module")
def sent(product):
    """Once for them all; a message is stored once."""
    message = builders.a_message(about=KARI, results=[builders.a_number(number="13.7")])
    assert product.send(message, client_id=NORDLAB.client_id) == [1]


@pytest.fixture
def report_of_kari(sent, at_home):
    """The address of her report, which she might have sent to somebody."""
    kari = at_home(KARI)
    kari.read_newest()
    assert "13,7" in kari.reads
    return kari.path


def test_without_a_basis_the_patient_stays_closed(sent, at_work):
    """Ingrid has not had Kari's consent before; what Ola was given is Ola's."""
    ingrid = at_work(INGRID)

    ingrid.find_patient(KARI.number, basis=None)

    assert ingrid.response.status == 403
    assert "Oppgi et tilgangsgrunnlag" in ingrid.reads
    assert ingrid.path == "/helsepersonell/"
    assert AS_SHOWN not in ingrid.reads


def test_without_a_purpose_the_patient_stays_closed(sent, at_work):
    ola = at_work(OLA)

    ola.find_patient(KARI.number, purpose=None)

    assert ola.response.status == 403
    assert "Oppgi et formål" in ola.reads
    assert AS_SHOWN not in ola.reads


def test_a_secretary_is_refused_in_plain_words(sent, at_work):
    hege = at_work(HEGE)

    hege.find_patient(KARI.number)

    assert hege.response.status == 403
    assert hege.heading == "Rollen din gir ikke tilgang"
    assert "Be lege eller annet helsepersonell" in hege.reads
    assert AS_SHOWN not in hege.reads


def test_a_doctor_with_only_the_address_must_state_a_need(sent, at_work):
    ola, ingrid = at_work(OLA), at_work(INGRID)
    ola.find_patient(KARI.number)

    ingrid.visit(ola.path)

    assert ingrid.response.status == 403
    assert ingrid.heading == "Hvorfor trenger du svarene?"
    assert AS_SHOWN not in ingrid.reads


def test_another_citizen_neither_sees_the_report_nor_opens_it(report_of_kari, at_home):
    jonas = at_home(JONAS)
    assert report_of_kari not in jonas.page.content()

    jonas.visit(report_of_kari)

    assert jonas.response.status == 403
    assert jonas.heading == "Vi fant ikke svaret"
    assert "13,7" not in jonas.reads


def test_too_low_a_level_does_not_get_in(someone):
    tor = someone("citizen").sign_in(TOR)

    assert tor.response.status == 403
    assert tor.heading == "Du ble ikke logget inn"
    assert "nivå 4" in tor.reads


def test_the_doctor_and_then_the_citizen_read_the_same_report(sent, at_work, at_home):
    ola = at_work(OLA)
    ola.find_patient(KARI.number)
    assert AS_SHOWN in ola.reads
    assert KARI.number not in ola.page.content()
    ola.read_newest()
    assert "13,7" in ola.page.get_by_role("row", name="B-Hemoglobin").inner_text()

    kari = at_home(KARI)
    kari.read_newest()
    assert "B-Hemoglobin" in kari.reads
    assert "13,7 g/dL" in kari.reads

    kari.follow(re.compile("^Hvem har sett svarene"))
    looks = kari.page.locator(".look", has_text=OLA.name)
    look = looks.filter(has_text="Leste").first.inner_text()
    for told in ("Lege, Lillevik legesenter", CONSENT, "Behandling"):
        assert told in look
    assert re.search(r"\b\d\d[.:]\d\d\b", look)


def test_an_attempt_that_was_refused_is_shown_to_the_citizen(sent, at_work, at_home):
    at_work(HEGE).find_patient(KARI.number)

    kari = at_home(KARI).visit("/innbygger/hvem-har-sett/")

    assert "Avvist" in kari.page.locator(".look", has_text=HEGE.name).first.inner_text()


def test_a_patients_page_is_kept_nowhere_and_runs_nothing_foreign(sent, at_work):
    ola = at_work(OLA)
    ola.find_patient(KARI.number)

    headers = ola.response.headers

    assert "no-store" in headers["cache-control"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]


def test_it_all_works_without_javascript(sent, at_work, at_home):
    ola = at_work(OLA, java_script_enabled=False)
    ola.find_patient(KARI.number)
    ola.read_newest()
    assert "13,7" in ola.reads
    ola.press("Lukk pasient")
    assert ola.heading == "Finn pasient"

    kari = at_home(KARI, java_script_enabled=False)
    kari.read_newest()
    assert "13,7" in kari.reads
