"""Signing out: here first, then at the provider, and never by a stranger's link."""

import pytest
import requests
from django.contrib.sessions.models import Session
from django.test import Client

from access.authentication import providers
from access.authentication.publications import publication_of
from tests.cast import KARI, OLA
from tests.portal.accounts.browser import (
    CITIZEN,
    CLINICIAN,
    Browser,
    a_provider,
    ask,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari(monkeypatch) -> Browser:
    browser = Browser(CITIZEN, a_provider(monkeypatch))
    browser.sign_in(KARI)
    return browser


def test_a_link_signs_nobody_out(kari):
    response = kari.client.get("/innlogging/ut/")

    assert "Vil du logge ut?" in response.content.decode()
    assert "_auth_user_id" in kari.client.session


def test_another_sites_form_signs_nobody_out(kari):
    strict = Client(enforce_csrf_checks=True, headers={"host": CITIZEN})
    strict.cookies = kari.client.cookies

    response = strict.post("/innlogging/ut/")

    assert response.status_code == 403
    assert Session.objects.exists()


def test_kari_signs_out_here_and_at_the_provider(kari):
    response = kari.client.post("/innlogging/ut/")

    assert response.status_code == 200
    assert not Session.objects.exists()
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert "Kari" not in response.content.decode()
    onward = response["Refresh"].removeprefix("0; url=")
    back = ask(kari.provider, "GET", onward).headers["Location"]
    assert back == f"http://{CITIZEN}/innlogging/avsluttet/"
    assert "Du er logget ut" in kari.return_to(back).content.decode()


def test_the_page_has_a_link_for_those_whom_nothing_moves_on(kari):
    page = kari.client.post("/innlogging/ut/").content.decode()

    assert "Fullfør utloggingen" in page
    assert "http://login.localhost:8001/idporten/endsession?" in page


def test_signing_out_does_not_wait_for_a_provider_that_is_away(monkeypatch):
    ola = Browser(CLINICIAN, a_provider(monkeypatch))
    ola.sign_in(OLA)

    def nobody_answers(*args, **kwargs):
        raise requests.ConnectionError

    monkeypatch.setattr(providers.requests, "request", nobody_answers)
    publication_of.cache_clear()
    response = ola.client.post("/innlogging/ut/")

    assert response.status_code == 200
    assert "Refresh" not in response
    assert not Session.objects.exists()


def test_whoever_is_not_signed_in_may_sign_out_all_the_same(client):
    response = client.post("/innlogging/ut/", headers={"host": CITIZEN})

    assert response.status_code == 200
    assert "Refresh" not in response


def test_the_address_of_the_provider_tells_nothing_of_kari(kari):
    response = kari.client.post("/innlogging/ut/")

    assert "id_token_hint" not in response["Refresh"]
    assert not Session.objects.exists()


def test_browsers_may_tell_our_own_host_where_a_form_came_from(kari):
    """Under «no-referrer» they send «Origin: null», and no form gets through."""
    page = kari.client.get("/innlogging/ut/")

    assert page["Referrer-Policy"] == "same-origin"
