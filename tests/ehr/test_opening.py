"""Ola opens Kari from his record system, and lands on her answers."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from access.models import AccessLogEntry, CareRelationship, Launch, UserSession
from access.terms import AccessBasis, PurposeOfUse
from tests.builders import a_message
from tests.cast import KARI, OLA, PER
from tests.ehr.record_system import claims_about
from tests.portal.visiting import has_arrived

pytestmark = pytest.mark.django_db


def test_ola_lands_on_karis_answers(olas, browser, arrive):
    has_arrived(a_message(about=KARI))
    assert olas.create(KARI).status_code == 200

    landing = arrive(olas.address())

    assert landing.status_code == 303
    assert landing["Location"].startswith("/helsepersonell/pasient/")
    page = browser.get(landing["Location"]).content.decode()
    assert "Nordlab" in page
    assert "Ola Lind" in page


def test_the_ground_is_the_one_the_record_system_gave(olas, arrive):
    olas.create(KARI, claims=claims_about(KARI, basis="UNNTAK"))

    arrive(olas.address())

    need = CareRelationship.objects.get()
    assert (need.basis, need.purpose_of_use) == (AccessBasis.EXEMPT, PurposeOfUse.TREAT)
    assert need.session_id == UserSession.objects.get().id
    entry = AccessLogEntry.objects.get()
    assert (entry.is_permitted, entry.viewer_name) == (True, "Ola Lind")
    assert entry.organization_name == "Lillevik legesenter"


def test_the_session_is_no_longer_than_the_token(olas, arrive):
    olas.create(KARI)
    arrive(olas.address())

    session = UserSession.objects.get()
    assert session.ends_at == Launch.objects.get().token_expires_at
    assert session.ends_at < timezone.now() + datetime.timedelta(minutes=11)


def test_when_the_token_ends_so_does_the_session(olas, browser, arrive):
    olas.create(KARI)
    patient = arrive(olas.address())["Location"]

    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=11)):
        answer = browser.get(patient)

    assert answer["Location"].startswith("/innlogging/")
    assert not CareRelationship.objects.filter(ended_at=None).exists()


def test_the_form_post_opens_as_well(olas, browser):
    """Neither the code nor the verifier need stand in an address at all."""
    olas.create(KARI)

    landing = browser.post(
        "/hentpasient.html", {"code": olas.code, "ehr_code_verifier": olas.verifier}
    )

    assert landing.status_code == 303


def test_the_session_is_for_kari_and_nobody_else(olas, browser, arrive):
    olas.create(KARI)
    arrive(olas.address())

    form = {"number": PER.number, "basis": "SAMTYKKE", "purpose": "TREAT"}
    answer = browser.post("/helsepersonell/", form)

    assert answer.status_code == 403
    assert "Åpnet for en annen pasient" in answer.content.decode()
    assert AccessLogEntry.objects.latest("at").reason == "PATIENT_MISMATCH"


def test_a_change_of_patient_is_end_and_create(olas, browser, arrive):
    olas.create(KARI)
    karis = arrive(olas.address())["Location"]
    olas.end()
    olas.create(PER)

    pers = arrive(olas.address())

    assert pers.status_code == 303
    assert browser.get(pers["Location"]).status_code == 200
    assert browser.get(karis).status_code == 403


def test_opening_the_next_without_ending_the_first_clears_the_browser(olas, arrive):
    olas.create(KARI)
    first = arrive(olas.address())
    olas.create(PER)

    second = arrive(olas.address())

    assert "Clear-Site-Data" not in first
    assert second["Clear-Site-Data"] == '"cache", "storage"'
    assert [s.end_reason for s in UserSession.objects.order_by("started_at")] == [
        "REPLACED",
        "",
    ]


def test_karis_number_lies_encrypted_and_is_gone_when_the_code_is_used(olas, arrive):
    olas.create(KARI)
    kept = bytes(Launch.objects.get().number_encrypted)

    arrive(olas.address())

    assert KARI.number.encode() not in kept
    launch = Launch.objects.get()
    assert launch.number_encrypted is None
    assert OLA.number.encode() not in bytes(launch.attestation_encrypted)


def test_the_code_itself_is_not_kept(olas):
    olas.create(KARI)

    row = Launch.objects.values().get()
    assert olas.code not in str(row)
    assert olas.verifier not in str(row)


def test_the_search_page_leads_to_the_one_patient(olas, browser, arrive):
    olas.create(KARI)
    page = arrive(olas.address())["Location"]

    assert browser.get("/helsepersonell/")["Location"] == page


def test_closing_the_patient_is_leaving(olas, browser, arrive):
    olas.create(KARI)
    page = arrive(olas.address())["Location"]

    closed = browser.post(f"{page}lukk/")
    left = browser.get(closed["Location"])

    assert closed["Location"] == "/loggut"
    assert left["Location"] == "/innlogging/avsluttet/"
    assert UserSession.objects.get().end_reason == "LOGGED_OUT"


def test_the_workplace_is_the_record_systems_to_choose(olas, browser, arrive):
    olas.create(KARI)
    page = arrive(olas.address())["Location"]
    role = UserSession.objects.get().role_assignment_id

    shown = browser.get("/innlogging/arbeidssted/").content.decode()
    chosen = browser.post("/innlogging/arbeidssted/", {"workplace": str(role)})

    assert "Bytt arbeidssted i journalsystemet" in shown
    assert f'href="{page}"' in shown
    assert chosen.status_code == 403
