"""The record system keeps open what it opened, ends it, and nobody else does."""

import datetime
import logging

import jwt
import pytest
import time_machine
from django.utils import timezone

from access.models import CareRelationship, Launch, RoleAssignment, UserSession
from portal.demo.provider.clients import machine_key
from tests.cast import INGRID, KARI, LILLEVIK_LEGESENTER, OLA, a_record_system
from tests.portal.visiting import CLINICIAN, a_visitor, somebody

pytestmark = pytest.mark.django_db

EXPIRY = "exp"
CLEARED = '"cache", "storage"'


@pytest.fixture
def page(olas, arrive):
    """Kari's answers, open on Ola's desk."""
    assert olas.create(KARI).status_code == 200
    return arrive(olas.address())["Location"]


def lasting(minutes) -> dict[str, int]:
    end = timezone.now() + datetime.timedelta(minutes=minutes)
    return {EXPIRY: int(end.timestamp())}


def test_a_new_token_makes_the_session_last(olas, changed, browser, page):
    longer = changed(olas, OLA, changed=lasting(25))

    assert longer.refresh().status_code == 200

    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=20)):
        assert browser.get(page).status_code == 200


def test_no_session_lasts_longer_than_any_may(olas, changed, page):
    changed(olas, OLA, changed=lasting(60 * 24)).refresh()

    session = UserSession.objects.get()
    assert session.ends_at - session.started_at == datetime.timedelta(hours=8)


def test_a_refresh_before_the_browser_comes_counts_too(olas, changed, arrive):
    olas.create(KARI)
    changed(olas, OLA, changed=lasting(25)).refresh()

    arrive(olas.address())

    assert UserSession.objects.get().ends_at == Launch.objects.get().token_expires_at


def test_the_hour_of_a_stated_need_is_not_made_longer(olas, changed, page):
    before = CareRelationship.objects.get().expires_at

    changed(olas, OLA, changed=lasting(25)).refresh()

    assert CareRelationship.objects.get().expires_at == before


def test_end_closes_the_patient_and_the_session(olas, browser, page):
    assert olas.end().status_code == 200

    answer = browser.get(page)

    assert answer["Location"].startswith("/innlogging/")
    assert UserSession.objects.get().end_reason == "BY_EHR"
    assert not CareRelationship.objects.filter(ended_at=None).exists()
    login = browser.get(answer["Location"]).content.decode()
    assert "avsluttet av journalsystemet" in login


def test_ending_twice_is_as_ending_once(olas, page):
    assert [olas.end().status_code for _time in range(2)] == [200, 200]


def without_hash(credentials):
    """As the reference client does at the end call: a proof without `ath`."""

    def of(method, url):
        headers = credentials(method, url)
        claims = jwt.decode(headers["DPoP"], options={"verify_signature": False})
        head = jwt.get_unverified_header(headers["DPoP"])
        del claims["ath"]
        pem = machine_key("lillevik-epj")
        proof = jwt.encode(
            claims, pem, algorithm="ES256", headers={"typ": "dpop+jwt", **head}
        )
        return {**headers, "DPoP": proof}

    return of


def test_end_is_taken_without_a_hash_of_the_token_and_noted(olas, page, caplog):
    caplog.set_level(logging.INFO)
    olas.credentials = without_hash(olas.credentials)

    assert olas.end().status_code == 200

    assert "lillevik-epj ends a launch with a proof without ath" in caplog.text
    assert UserSession.objects.get().ended_at is not None


def test_nothing_else_is_taken_without_it(olas, page):
    olas.credentials = without_hash(olas.credentials)

    assert olas.refresh().status_code == 401
    assert olas.create(KARI).status_code == 401


@pytest.mark.parametrize("call", ["refresh", "end"])
def test_ingrid_touches_nothing_of_olas(olas, at_the_office, browser, page, call):
    ingrids = at_the_office(INGRID)

    answer = getattr(ingrids, call)(olas.session_id)

    assert answer.status_code == 404
    assert answer.json()["error"] == "SESSION_UNKNOWN"
    assert browser.get(page).status_code == 200


@pytest.mark.parametrize("call", ["refresh", "end"])
def test_nor_does_olas_other_record_system(olas, changed, browser, page, call):
    a_record_system(LILLEVIK_LEGESENTER, client_id="fjord-epj")
    other = changed(olas, OLA, client_id="fjord-epj")

    assert getattr(other, call)().status_code == 404
    assert browser.get(page).status_code == 200


@pytest.mark.parametrize("call", ["refresh", "end"])
@pytest.mark.parametrize("session", ["x", "01890a5d-ac96-774b-bcce-b302099a8057"])
def test_a_session_that_is_not_there(olas, call, session):
    answer = getattr(olas, call)(session)

    assert answer.status_code in (400, 404)
    assert answer.json()["error"] in ("SESSION_ID", "SESSION_UNKNOWN")


def test_what_ola_ended_himself_is_not_taken_up_again(olas, browser, page):
    browser.get("/loggut")

    answer = olas.refresh()

    assert (answer.status_code, answer.json()["error"]) == (409, "SESSION_OVER")


def test_a_refresh_that_comes_too_late(olas, page):
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=11)):
        answer = olas.refresh()

    assert answer.json()["error"] == "SESSION_OVER"


def test_a_refresh_for_a_role_that_has_ended(olas, page):
    RoleAssignment.objects.update(valid_to=timezone.localdate())

    assert olas.refresh().json()["error"] == "ORG_NOT_YOURS"


def test_loggut_ends_what_the_record_system_opened(browser, page):
    answer = browser.get("/loggut")

    assert answer["Location"] == "/innlogging/avsluttet/"
    assert answer["Clear-Site-Data"] == CLEARED
    assert browser.get(page)["Location"].startswith("/innlogging/")
    assert not CareRelationship.objects.filter(ended_at=None).exists()


def test_loggut_in_a_frame_ends_nothing(browser, page):
    browser.get("/loggut", headers={"Sec-Fetch-Dest": "iframe"})

    assert browser.get(page).status_code == 200


def test_loggut_asks_who_signed_in_here_themselves():
    ola = a_visitor(OLA)

    assert ola.get("/loggut")["Location"] == "/innlogging/ut/"
    assert ola.get("/helsepersonell/").status_code == 200


def test_loggut_of_nobody_says_that_one_is_out():
    answer = somebody(CLINICIAN).get("/loggut")

    assert answer["Location"] == "/innlogging/avsluttet/"


def test_a_launch_replaces_who_signed_in_here_before(olas, browser, arrive, changed):
    """A shared screen: Ingrid's session does not lie under Ola's."""
    ingrid = a_visitor(INGRID)
    olas.create(KARI)

    landing = arrive(olas.address(), client=ingrid.client)

    assert landing["Clear-Site-Data"] == CLEARED
    ended = UserSession.objects.exclude(ended_at=None).get()
    assert (ended.user.name, ended.end_reason) == ("Ingrid Haug", "REPLACED")
    page = ingrid.get(landing["Location"]).content.decode()
    assert "Ola Lind" in page
    assert "Ingrid" not in page
