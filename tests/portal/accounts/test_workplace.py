"""Choosing role and workplace after login: what is offered, refused and closed."""

import datetime
import uuid

import pytest

from access import operations
from access.models import CareRelationship, RoleAssignment
from tests.cast import FJORD_SYKEHUS, INGRID, KARI, OLA, SIRI, an_organization, employed
from tests.portal.accounts.browser import CLINICIAN, Browser, a_provider
from tests.portal.visiting import CITIZEN, a_visitor, state_need

pytestmark = pytest.mark.django_db

PAGE = "/innlogging/arbeidssted/"


@pytest.fixture
def at_the_hospital() -> uuid.UUID:
    """Ola's second role, beside the one at Lillevik legesenter."""
    employed(OLA)
    return operations.assign_role(
        hpr_number=OLA.hpr_number,
        organization_id=an_organization(FJORD_SYKEHUS),
        role_code="LE",
        valid_from=datetime.date(2021, 1, 1),
    )


@pytest.fixture
def ola(monkeypatch) -> Browser:
    return Browser(CLINICIAN, a_provider(monkeypatch))


def choose(visitor, role, **also):
    return visitor.client.post(PAGE, {"workplace": str(role), **also})


def test_who_works_in_one_place_is_asked_nothing(ola):
    employed(OLA)

    assert ola.sign_in(OLA)["Location"] == "/helsepersonell/"


def test_who_works_in_two_chooses(ola, at_the_hospital):
    arrived = ola.sign_in(OLA)
    page = ola.client.get(arrived["Location"]).content.decode()

    assert arrived["Location"] == PAGE
    assert "Fjord sykehus" in page
    assert "Lillevik legesenter" in page
    assert "checked" not in page
    assert choose(ola, at_the_hospital)["Location"] == "/helsepersonell/"
    assert "Fjord sykehus" in ola.client.get("/helsepersonell/").content.decode()


def test_one_goes_on_to_where_one_was_going(ola, at_the_hospital):
    arrived = ola.sign_in(OLA, "/helsepersonell/?side=2")["Location"]

    assert arrived == f"{PAGE}?next=%2Fhelsepersonell%2F%3Fside%3D2"
    page = ola.client.get(arrived).content.decode()
    assert 'name="next" value="/helsepersonell/?side=2"' in page
    answer = choose(ola, at_the_hospital, next="/helsepersonell/?side=2")
    assert answer["Location"] == "/helsepersonell/?side=2"


@pytest.mark.parametrize("elsewhere", ["https://ond.example/", "//ond.example/", "x"])
def test_nobody_is_sent_anywhere_else(ola, at_the_hospital, elsewhere):
    ola.sign_in(OLA)

    answer = choose(ola, at_the_hospital, next=elsewhere)

    assert answer["Location"] == "/helsepersonell/"


def test_the_usual_place_is_chosen_beforehand(ola, at_the_hospital):
    ola.sign_in(OLA)
    choose(ola, at_the_hospital)
    ola.client.post("/innlogging/ut/")

    page = ola.client.get(ola.sign_in(OLA)["Location"]).content.decode()

    assert page.count("checked") == 1
    checked = page.index("checked")
    assert page.rindex('value="', 0, checked) == page.index(f'value="{at_the_hospital}')


@pytest.mark.parametrize("wrong", ["", "x", "01890a5d-ac96-774b-bcce-b302099a8057"])
def test_what_is_no_role_of_olas_is_refused(ola, at_the_hospital, wrong):
    ola.sign_in(OLA)

    answer = choose(ola, wrong)

    assert answer.status_code == 403
    assert "Arbeidsstedet ble ikke valgt" in answer.content.decode()


def test_ingrids_role_is_not_olas_to_choose(ola, at_the_hospital):
    employed(INGRID)
    ola.sign_in(OLA)

    ingrids = RoleAssignment.objects.get(hpr_number=INGRID.hpr_number)

    assert choose(ola, ingrids.pk).status_code == 403


def test_without_a_choice_nothing_is_opened(ola, at_the_hospital):
    ola.sign_in(OLA)

    assert ola.client.get("/helsepersonell/")["Location"] == PAGE
    form = {"number": KARI.number, "basis": "SAMTYKKE", "purpose": "TREAT"}
    answer = ola.client.post("/helsepersonell/", form)
    assert answer.status_code == 403
    assert "Velg arbeidssted" in answer.content.decode()


def test_changing_closes_kari_and_clears_the_browser(at_the_hospital):
    RoleAssignment.objects.filter(pk=at_the_hospital).update(valid_to="2022-01-01")
    ola = a_visitor(OLA)
    page = state_need(ola, KARI)["Location"]
    RoleAssignment.objects.filter(pk=at_the_hospital).update(valid_to=None)

    answer = choose(ola, at_the_hospital)

    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert CareRelationship.objects.get().ended_at is not None
    assert ola.get(page).status_code == 403


def test_the_header_says_where_and_leads_to_the_change():
    page = a_visitor(OLA).get("/helsepersonell/").content.decode()

    assert "Lege, Lillevik legesenter" in page
    assert f'href="{PAGE}"' in page


def test_who_works_nowhere_is_told_what_to_do(ola):
    arrived = ola.sign_in(OLA)["Location"]
    page = ola.client.get(arrived).content.decode()

    assert arrived == PAGE
    assert "ikke registrert ved noe arbeidssted" in page
    assert "Innloggingen oppga heller ikke noe HPR-nummer" not in page


def test_an_administrator_without_hpr_number_is_told_that_too():
    page = a_visitor(SIRI).get(PAGE).content.decode()

    assert "Innloggingen oppga heller ikke noe HPR-nummer" in page


def test_citizens_have_no_workplace():
    kari = a_visitor(KARI)

    assert kari.get(PAGE).status_code == 404
    host = {"host": CITIZEN}
    assert a_visitor(OLA).client.get(PAGE, headers=host).status_code == 404


def test_the_next_patient_clears_what_the_browser_kept_of_the_last():
    ola = a_visitor(OLA)

    first = state_need(ola, KARI)
    again = state_need(ola, KARI)
    second = state_need(ola, INGRID)

    assert "Clear-Site-Data" not in first
    assert "Clear-Site-Data" not in again
    assert second["Clear-Site-Data"] == '"cache"'
