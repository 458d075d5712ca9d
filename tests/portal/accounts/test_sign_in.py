"""Signing in, as those who do it see it; refusals are in test_refused.py."""

import pytest
from django.contrib.sessions.models import Session

from access.models import User
from results.models import PatientIdentifier
from tests.cast import INGRID, KARI, OLA, SIRI, a_signed_in, employed
from tests.portal.accounts.browser import (
    ADMINISTRATION,
    CITIZEN,
    CLINICIAN,
    Browser,
    a_provider,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(monkeypatch):
    for doctor in (OLA, INGRID):
        employed(doctor)
    return a_provider(monkeypatch)


def test_ola_signs_in_with_helseid(provider):
    ola = Browser(CLINICIAN, provider)

    response = ola.sign_in(OLA)

    assert response.status_code == 302
    assert response["Location"] == "/helsepersonell/"
    user = User.objects.get()
    assert (user.issuer, user.subject) == (
        "http://login.localhost:8001/helseid",
        OLA.subject,
    )
    assert (user.name, user.hpr_number) == ("Ola Lind", OLA.hpr_number)
    session = ola.client.session
    assert session["provider"] == "helseid"
    assert session["security_level"] == 4
    assert session["organization_number"] == OLA.organization_number
    assert session["professions"] == ["LE"]
    assert session["provider_session_id"]


def test_kari_signs_in_with_id_porten_and_has_her_own_record(provider):
    kari = Browser(CITIZEN, provider)

    response = kari.sign_in(KARI)

    assert response["Location"] == "/innbygger/"
    user = User.objects.get()
    assert user.patient_id == PatientIdentifier.objects.get().patient_id
    assert user.hpr_number == ""
    assert kari.client.session["provider"] == "idporten"


def test_siri_signs_in_where_things_are_administered(provider):
    response = Browser(ADMINISTRATION, provider).sign_in(SIRI)

    assert response["Location"] == "/forvaltning/"


def test_the_same_person_is_the_same_user_next_time(provider):
    before = a_signed_in(OLA)

    Browser(CLINICIAN, provider).sign_in(OLA)

    assert User.objects.get().id == before.id


def test_one_lands_where_one_was_going(provider):
    response = Browser(CLINICIAN, provider).sign_in(OLA, "/helsepersonell/?side=2")

    assert response["Location"] == "/helsepersonell/?side=2"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://ond.example/",
        "//ond.example/",
        "///ond.example",
        "/\\ond.example",
        "http://helsepersonell.localhost:8000/",
        "javascript:alert(1)",
        "/\t/ond.example",
    ],
)
def test_nobody_is_sent_anywhere_else(provider, elsewhere):
    response = Browser(CLINICIAN, provider).sign_in(OLA, elsewhere)

    assert response["Location"] == "/helsepersonell/"


def test_two_tabs_go_each_their_own_way(provider):
    ola = Browser(CLINICIAN, provider)
    first, second = ola.start("/helsepersonell/?a=1"), ola.start("/helsepersonell/?b=2")

    late = ola.return_to(ola.choose(OLA, second))
    early = ola.return_to(ola.choose(OLA, first))

    assert late["Location"].endswith("?b=2")
    assert early["Location"].endswith("?a=1")


def test_the_session_key_changes_at_login(provider):
    ola = Browser(CLINICIAN, provider)
    address = ola.start()
    before = ola.client.session.session_key

    ola.return_to(ola.choose(OLA, address))

    assert ola.client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_the_session_key_changes_when_the_same_person_signs_in_again(provider):
    ola = Browser(CLINICIAN, provider)
    ola.sign_in(OLA)
    before = ola.client.session.session_key

    ola.sign_in(OLA)

    assert ola.client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_nothing_of_the_one_before_is_left_when_another_signs_in(provider):
    shared_machine = Browser(CLINICIAN, provider)
    shared_machine.sign_in(OLA)
    session = shared_machine.client.session
    session["left behind"] = "by Ola"
    session.save()

    shared_machine.sign_in(INGRID)

    after = shared_machine.client.session
    assert "left behind" not in after
    assert after["provider"] == "helseid"
    assert after["subject"] == INGRID.subject


def test_neither_number_nor_token_lies_in_the_session(provider):
    kari = Browser(CITIZEN, provider)

    kari.sign_in(KARI)

    kept = dict(kari.client.session)
    # Three parts with dots would be a token, its claims merely encoded.
    assert not [v for v in kept.values() if str(v).count(".") == 2 and "eyJ" in str(v)]
    assert KARI.number not in str(kept)


def test_the_login_page_has_a_link_and_keeps_the_way(client):
    page = client.get(
        "/innlogging/?next=/innbygger/", headers={"host": CITIZEN}
    ).content.decode()

    assert "Logg inn med ID-porten" in page
    assert 'href="/innlogging/idporten/start/?next=%2Finnbygger%2F"' in page


def test_the_front_page_knows_the_way_to_each_login(client):
    response = client.get("/innlogging/", headers={"host": "localhost:8000"})

    assert response["Location"] == "/"


def test_health_personnel_are_not_offered_the_citizens_login(client):
    response = client.get("/innlogging/idporten/start/", headers={"host": CLINICIAN})

    assert response.status_code == 404
