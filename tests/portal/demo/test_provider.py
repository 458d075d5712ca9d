"""The local provider's pages: whom it lists, where it sends them, what it serves."""

import re
import time

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured

from portal.demo.people import PERSONAS
from portal.demo.provider import Provider
from tests.portal.accounts.browser import ask
from tests.portal.demo.asking import GOOD, ISSUER, RETURN_TO, authorize, push


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
    ("changed", "error"),
    [
        ({"client_id": "unknown"}, "invalid_client"),
        ({"client_id": "provesvar-idporten"}, "invalid_client"),
        ({"client_id": "nordlab-send"}, "invalid_client"),
        ({"redirect_uri": f"{RETURN_TO}x"}, "invalid_request"),
        ({"redirect_uri": "http://ond.example/"}, "invalid_request"),
        ({"redirect_uri": None}, "invalid_request"),
        ({"response_type": "token"}, "invalid_request"),
        ({"scope": "profile"}, "invalid_request"),
        ({"scope": "openid provesvar:messages"}, "invalid_scope"),
        ({"state": None}, "invalid_request"),
        ({"nonce": None}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"request_uri": "urn:x"}, "invalid_request"),
        ({"dpop_jkt": "x" * 43}, "invalid_dpop_proof"),
    ],
    ids=str,
)
def test_what_is_pushed_must_be_whole_and_registered(provider, changed, error):
    answer = push(provider, **changed)

    assert answer.status_code in (400, 401)
    assert answer.json()["error"] == error


@pytest.mark.parametrize(
    "query",
    [
        "&".join(f"{name}={value}" for name, value in GOOD.items()),
        "client_id=provesvar-helseid&request_uri=urn:made-up",
        "client_id=provesvar-helseid",
        "",
    ],
    ids=["not pushed", "made up", "no request", "nothing"],
)
def test_nobody_chooses_before_something_was_pushed(provider, query):
    answer = ask(provider, "GET", f"{ISSUER}/authorize?{query}")

    assert answer.status_code == 400
    assert "Location" not in answer.headers


def test_what_was_pushed_is_for_its_own_client_once_and_soon(provider):
    request_uri = push(provider).json()["request_uri"]

    def arrive(client_id, uri):
        query = f"client_id={client_id}&request_uri={uri}"
        return ask(provider, "GET", f"{ISSUER}/authorize?{query}").status_code

    assert arrive("lillevik-epj", request_uri) == 400
    again = push(provider).json()["request_uri"]
    assert arrive("provesvar-helseid", again) == 200
    assert arrive("provesvar-helseid", again) == 400
    late = push(provider).json()["request_uri"]
    with time_machine.travel(time.time() + 61):
        assert arrive("provesvar-helseid", late) == 400


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
