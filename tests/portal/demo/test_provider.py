"""The local provider's pages: whom it lists, where it sends them, what it serves."""

import re

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.demo.people import PERSONAS
from portal.demo.provider import Provider
from tests.portal.accounts.browser import ask, query_of
from tests.portal.demo.asking import ISSUER, RETURN_TO, authorize


@pytest.fixture(scope="module")
def provider() -> Provider:
    return Provider()


@pytest.mark.parametrize("key", ["helseid", "idporten"])
def test_each_issuer_publishes_itself_and_lists_its_own_people(provider, key):
    issuer = ISSUER.replace("helseid", key)
    metadata = ask(provider, "GET", f"{issuer}/.well-known/openid-configuration").json()

    assert metadata["issuer"] == issuer
    published = ask(provider, "GET", metadata["jwks_uri"]).json()["keys"]
    assert [set(k) for k in published] == [
        {"kty", "crv", "x", "y", "kid", "alg", "use"}
    ]


def test_the_page_lists_health_personnel_for_helseid_and_nobody_else(provider):
    page = authorize(provider).text

    for persona in PERSONAS:
        assert (persona.name in page) is (persona.issuer == "helseid")
        assert persona.number not in page


def test_the_page_runs_nothing_and_goes_nowhere(provider):
    answer = authorize(provider)

    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert not re.search(r"<script|<style|<form|\sstyle=|\son\w+=", answer.text)


@pytest.mark.parametrize("path", ["portal.css", "mark.svg"])
def test_the_style_comes_from_the_provider_itself(provider, path):
    answer = ask(provider, "GET", f"http://login.localhost:8001/static/{path}")

    assert answer.status_code == 200
    assert answer.content


@pytest.mark.parametrize("path", ["../settings.py", "nothing.css", "%2e%2e/x", ""])
def test_nothing_else_is_served(provider, path):
    answer = ask(provider, "GET", f"http://login.localhost:8001/static/{path}")

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "unknown"},
        {"client_id": "provesvar-idporten"},
        {"client_id": "nordlab-send"},
        {"redirect_uri": f"{RETURN_TO}x"},
        {"redirect_uri": "http://ond.example/"},
        {"redirect_uri": None},
    ],
)
def test_nobody_is_sent_to_an_address_that_is_not_registered(provider, changed):
    answer = authorize(provider, **changed)

    assert answer.status_code == 400
    assert "Location" not in answer.headers


@pytest.mark.parametrize(
    "changed",
    [
        {"response_type": "token"},
        {"scope": "profile"},
        {"state": None},
        {"nonce": None},
        {"code_challenge": None},
        {"code_challenge": "short"},
        {"code_challenge_method": "plain"},
    ],
)
def test_an_incomplete_request_goes_back_with_an_error(provider, changed):
    sent_back = query_of(authorize(provider, **changed).headers["Location"])

    assert sent_back["error"] == "invalid_request"
    assert sent_back["iss"] == ISSUER
    assert "code" not in sent_back


def test_a_repeated_parameter_is_refused(provider):
    url = f"{ISSUER}/authorize?client_id=a&client_id=b"

    assert ask(provider, "GET", url).json()["error"] == "invalid_request"


def test_a_person_may_not_be_brought_back_to_anywhere(provider):
    url = (
        f"{ISSUER}/endsession?client_id=provesvar-helseid"
        "&post_logout_redirect_uri=http://ond.example/"
    )

    answer = ask(provider, "GET", url)

    assert answer.status_code == 400
    assert "Location" not in answer.headers


def test_it_refuses_to_run_where_people_are_real(settings):
    settings.IS_DEMONSTRATION = False

    with pytest.raises(ImproperlyConfigured):
        Provider()
