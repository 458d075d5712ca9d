"""Signing out: here first, then at the provider, and never by a stranger's link."""

import html
import re
from urllib.parse import urlsplit

import pytest
import requests
from django.contrib.sessions.models import Session
from django.test import Client

from access.authentication import providers
from access.authentication.publications import publication_of
from portal.demo.provider import Provider
from tests.cast import KARI, OLA
from tests.portal.accounts.browser import (
    CITIZEN,
    CLINICIAN,
    Browser,
    a_provider,
    ask,
    connect,
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


def main_of(response) -> str:
    """The page without its head and menus."""
    return response.content.decode().partition("<main")[2].partition("</main")[0]


def form_on(response) -> tuple[str, dict[str, str]]:
    """Where the page's form goes, and what it sends."""
    page = response.content.decode()
    (address,) = re.findall(r'<form method="post" action="([^"]+)" data-send', page)
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    return html.unescape(address), {n: html.unescape(v) for n, v in fields}


def test_kari_signs_out_here_and_at_the_provider(kari):
    response = kari.client.post("/innlogging/ut/")

    assert response.status_code == 200
    assert not Session.objects.exists()
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert "Kari" not in response.content.decode()
    address, fields = form_on(response)
    assert address == "http://login.localhost:8001/idporten/endsession"
    back = ask(kari.provider, "POST", address, data=fields).headers["Location"]
    assert back == f"http://{CITIZEN}/innlogging/avsluttet/"
    assert "Du er logget ut" in kari.return_to(back).content.decode()


def test_the_page_has_a_button_for_those_whom_nothing_moves_on(kari):
    page = kari.client.post("/innlogging/ut/").content.decode()

    assert "Fullfør utloggingen" in page


def test_this_one_form_may_go_to_the_provider_and_no_other(kari):
    onward = kari.client.post("/innlogging/ut/")["Content-Security-Policy"]
    elsewhere = kari.client.get("/innlogging/ut/")["Content-Security-Policy"]

    assert "form-action 'self' http://login.localhost:8001;" in onward
    assert "form-action 'self';" in elsewhere


def test_the_provider_tells_us_in_turn(monkeypatch):
    told = []
    provider = Provider(notify=lambda address, token: told.append((address, token)))
    connect(monkeypatch, provider)
    ola = Browser(CLINICIAN, provider)
    ola.sign_in(OLA)

    address, fields = form_on(ola.client.post("/innlogging/ut/"))
    ask(provider, "POST", address, data=fields)

    ((where, token),) = told
    assert where.endswith("/innlogging/helseid/bakkanal/")
    answer = Client(headers={"host": CLINICIAN}).post(
        urlsplit(where).path, {"logout_token": token}
    )
    assert answer.status_code == 200


@pytest.mark.parametrize("hint", ["x", "a.b.c"])
def test_the_provider_takes_no_made_up_hint(kari, hint):
    address, fields = form_on(kari.client.post("/innlogging/ut/"))

    answer = ask(kari.provider, "POST", address, data={**fields, "id_token_hint": hint})

    assert answer.status_code == 400


def test_signing_out_does_not_wait_for_a_provider_that_is_away(monkeypatch):
    ola = Browser(CLINICIAN, a_provider(monkeypatch))
    ola.sign_in(OLA)

    def nobody_answers(*args, **kwargs):
        raise requests.ConnectionError

    monkeypatch.setattr(providers.requests, "request", nobody_answers)
    publication_of.cache_clear()
    response = ola.client.post("/innlogging/ut/")

    assert response.status_code == 200
    assert "<form" not in main_of(response)
    assert not Session.objects.exists()


def test_whoever_is_not_signed_in_may_sign_out_all_the_same(client):
    response = client.post("/innlogging/ut/", headers={"host": CITIZEN})

    assert response.status_code == 200
    assert "<form" not in main_of(response)


def test_no_address_tells_anything_of_kari(kari):
    """The hint holds her number, so it is sent in a form, where no log keeps it."""
    address, fields = form_on(kari.client.post("/innlogging/ut/"))

    assert "?" not in address
    assert fields["id_token_hint"].count(".") == 2


def test_browsers_may_tell_our_own_host_where_a_form_came_from(kari):
    """Under «no-referrer» they send «Origin: null», and no form gets through."""
    page = kari.client.get("/innlogging/ut/")

    assert page["Referrer-Policy"] == "same-origin"
