"""Every way a login can be false: a plain page, a code, and nobody signed in."""

import logging
import time

import pytest
import requests

from access.authentication import providers
from access.models import User
from portal.demo.provider import Forgery
from tests.cast import KARI, OLA, TOR, a_signed_in
from tests.portal.accounts.browser import (
    CITIZEN,
    CLINICIAN,
    Browser,
    a_provider,
    code_on,
    connect,
)

pytestmark = pytest.mark.django_db
NOW = int(time.time())

BAD_TOKENS = {
    "made out to another client": (
        {"claims": {"aud": "someone-else"}},
        "TOKEN_AUDIENCE",
    ),
    "made out to us and another": (
        {"claims": {"aud": ["provesvar-helseid", "someone-else"]}},
        "TOKEN_AUDIENCE",
    ),
    "used by another party": ({"claims": {"azp": "someone-else"}}, "TOKEN_AUDIENCE"),
    "from another issuer": (
        {"claims": {"iss": "http://login.localhost:8001/idporten"}},
        "TOKEN_ISSUER",
    ),
    "from nearly our issuer": (
        {"claims": {"iss": "http://login.localhost:8001/helseid/"}},
        "TOKEN_ISSUER",
    ),
    "in answer to another login": ({"claims": {"nonce": "other"}}, "TOKEN_NONCE"),
    "with a number as nonce": ({"claims": {"nonce": 7}}, "TOKEN_NONCE"),
    "without nonce": ({"without": frozenset({"nonce"})}, "TOKEN_CLAIM_MISSING"),
    "expired": ({"claims": {"exp": NOW - 60}}, "TOKEN_EXPIRED"),
    "without expiry": ({"without": frozenset({"exp"})}, "TOKEN_CLAIM_MISSING"),
    "without issue time": ({"without": frozenset({"iat"})}, "TOKEN_CLAIM_MISSING"),
    "without subject": ({"without": frozenset({"sub"})}, "TOKEN_CLAIM_MISSING"),
    "without audience": ({"without": frozenset({"aud"})}, "TOKEN_CLAIM_MISSING"),
    "with a number as subject": ({"claims": {"sub": 7}}, "TOKEN_INVALID"),
    "from the future": ({"claims": {"iat": NOW + 3600}}, "TOKEN_EARLY"),
    "an access token": ({"token_type": "at+jwt"}, "TOKEN_TYPE"),
    "a logout token": ({"token_type": "logout+jwt"}, "TOKEN_TYPE"),
    "unsigned": ({"forgery": Forgery.UNSIGNED}, "TOKEN_ALGORITHM"),
    "signed with the public key": (
        {"forgery": Forgery.PUBLIC_KEY_AS_SECRET},
        "TOKEN_ALGORITHM",
    ),
    "signed in another way": ({"forgery": Forgery.OTHER_ALGORITHM}, "TOKEN_ALGORITHM"),
    "signed by a stranger": ({"forgery": Forgery.FOREIGN_KEY}, "TOKEN_INVALID"),
    "naming no key we know": ({"forgery": Forgery.UNKNOWN_KEY_ID}, "TOKEN_KEY"),
    "naming no key": ({"forgery": Forgery.NO_KEY_ID}, "TOKEN_KEY"),
    "on level 3": (
        {"claims": {"helseid://claims/identity/security_level": "3"}},
        "LEVEL_TOO_LOW",
    ),
    "on no level": (
        {"without": frozenset({"helseid://claims/identity/security_level"})},
        "LEVEL_TOO_LOW",
    ),
    "on a level written otherwise": (
        {"claims": {"helseid://claims/identity/security_level": 4}},
        "LEVEL_TOO_LOW",
    ),
    "without identity number": (
        {"without": frozenset({"helseid://claims/identity/pid"})},
        "IDENTITY_NUMBER",
    ),
    "with a wrong identity number": (
        {"claims": {"helseid://claims/identity/pid": "12345678901"}},
        "IDENTITY_NUMBER",
    ),
}


def is_signed_in(browser: Browser) -> bool:
    return "_auth_user_id" in browser.client.session


@pytest.mark.parametrize(("lies", "code"), BAD_TOKENS.values(), ids=BAD_TOKENS.keys())
def test_a_bad_token_signs_nobody_in(monkeypatch, lies, code):
    ola = Browser(CLINICIAN, a_provider(monkeypatch, **lies))

    response = ola.sign_in(OLA)

    assert response.status_code in (400, 403)
    assert code_on(response) == code
    assert not is_signed_in(ola)
    assert not User.objects.exists()


@pytest.mark.parametrize("seconds", [3, -3])
def test_a_clock_a_little_off_is_forgiven(monkeypatch, seconds):
    skewed = {"iat": NOW + seconds, "exp": int(time.time()) + seconds}
    ola = Browser(CLINICIAN, a_provider(monkeypatch, claims=skewed))

    assert ola.sign_in(OLA).status_code == 302


def test_tor_on_level_3_is_told_what_he_needs(monkeypatch):
    tor = Browser(CITIZEN, a_provider(monkeypatch))

    response = tor.sign_in(TOR)

    assert response.status_code == 403
    assert code_on(response) == "LEVEL_TOO_LOW"
    assert "krever nivå 4" in response.content.decode()
    assert not is_signed_in(tor)


def test_somebody_shut_out_is_not_let_in(monkeypatch):
    a_signed_in(OLA)
    User.objects.update(is_active=False)
    ola = Browser(CLINICIAN, a_provider(monkeypatch))

    response = ola.sign_in(OLA)

    assert (response.status_code, code_on(response)) == (403, "USER_DISABLED")


def test_somebody_shut_out_meanwhile_is_out_at_once(monkeypatch):
    ola = Browser(CLINICIAN, a_provider(monkeypatch))
    ola.sign_in(OLA)

    User.objects.update(is_active=False)

    response = ola.client.get("/helsepersonell/")
    assert response.status_code == 302
    assert response["Location"].startswith("/innlogging/")


def test_an_answer_works_once(monkeypatch):
    ola = Browser(CLINICIAN, a_provider(monkeypatch))
    address = ola.choose(OLA, ola.start())
    ola.return_to(address)

    again = ola.return_to(address)

    assert (again.status_code, code_on(again)) == (400, "STATE_UNKNOWN")


def test_an_answer_to_one_browser_is_worth_nothing_in_another(monkeypatch):
    provider = a_provider(monkeypatch)
    ola, stranger = Browser(CLINICIAN, provider), Browser(CLINICIAN, provider)
    address = ola.choose(OLA, ola.start())
    stranger.start()

    response = stranger.return_to(address)

    assert code_on(response) == "STATE_UNKNOWN"
    assert not is_signed_in(stranger)


def test_a_used_code_under_a_fresh_state_is_refused_by_the_provider(monkeypatch):
    ola = Browser(CLINICIAN, a_provider(monkeypatch))
    spent = ola.choose(OLA, ola.start())
    ola.return_to(spent)
    fresh = ola.choose(OLA, ola.start())
    spent_code, fresh_code = (a.split("code=")[1].split("&")[0] for a in (spent, fresh))

    response = ola.return_to(fresh.replace(fresh_code, spent_code))

    assert code_on(response) == "CODE_REFUSED"


def test_the_other_providers_answer_is_refused(monkeypatch):
    """Mix-up: the state was made for HelseID, the answer comes to ID-porten's door."""
    kari = Browser(CITIZEN, a_provider(monkeypatch))
    address = kari.choose(KARI, kari.start())
    session = kari.client.session
    (pending,) = session["oidc_states"].values()
    pending["provider"] = "helseid"
    session.save()

    response = kari.return_to(address)

    assert code_on(response) == "PROVIDER_MISMATCH"
    assert not kari.client.session["oidc_states"]


@pytest.mark.parametrize(
    "issuer", ["http://login.localhost:8001/idporten", "http://ond.example", ""]
)
def test_the_answer_must_name_its_issuer(monkeypatch, issuer):
    ola = Browser(CLINICIAN, a_provider(monkeypatch, response_issuer=issuer))

    response = ola.sign_in(OLA)

    assert code_on(response) == "RESPONSE_ISSUER"


def test_ola_changes_his_mind(monkeypatch):
    provider = a_provider(monkeypatch)
    ola = Browser(CLINICIAN, provider)

    class Cancel:
        key = "avbryt"

    response = ola.sign_in(Cancel)

    assert (response.status_code, code_on(response)) == (403, "CANCELLED")


def test_a_strangers_link_does_not_sign_ola_out(monkeypatch):
    ola = Browser(CLINICIAN, a_provider(monkeypatch))
    ola.sign_in(OLA)

    response = ola.client.get("/innlogging/helseid/tilbake/?error=x&state=y")

    assert code_on(response) == "STATE_UNKNOWN"
    assert is_signed_in(ola)


def test_an_answer_without_anything_is_refused(monkeypatch):
    ola = Browser(CLINICIAN, a_provider(monkeypatch))

    assert code_on(ola.client.get("/innlogging/helseid/tilbake/")) == "STATE_UNKNOWN"


def test_a_provider_that_is_away_is_nobodys_fault(monkeypatch):
    ola = Browser(CLINICIAN, a_provider(monkeypatch))

    def nobody_answers(*args, **kwargs):
        raise requests.ConnectionError

    monkeypatch.setattr(providers.requests, "request", nobody_answers)
    response = ola.client.get("/innlogging/helseid/start/")

    assert (response.status_code, code_on(response)) == (503, "PROVIDER_UNAVAILABLE")


def test_a_provider_that_goes_away_half_way(monkeypatch):
    ola = Browser(CLINICIAN, a_provider(monkeypatch))
    address = ola.choose(OLA, ola.start())

    def fails(environ, start_response):
        start_response("502 Bad Gateway", [("Content-Type", "text/html")])
        return [b"<h1>Oops</h1>"]

    connect(monkeypatch, fails)
    response = ola.return_to(address)

    assert code_on(response) == "PROVIDER_UNAVAILABLE"


def test_metadata_of_another_issuer_is_not_believed(monkeypatch):
    provider = a_provider(monkeypatch)
    provider.issuers["helseid"].mint.issuer = "http://ond.example"
    ola = Browser(CLINICIAN, provider)

    response = ola.client.get("/innlogging/helseid/start/")

    assert code_on(response) == "PROVIDER_UNAVAILABLE"


def test_the_log_gets_the_code_and_nothing_that_came_in(monkeypatch, caplog):
    ola = Browser(CLINICIAN, a_provider(monkeypatch, claims={"aud": "else"}))
    with caplog.at_level(logging.DEBUG):
        address = ola.choose(OLA, ola.start())
        ola.return_to(address)

    assert "TOKEN_AUDIENCE" in caplog.text
    code = address.split("code=")[1].split("&")[0]
    for secret in (OLA.number, code, "eyJ"):
        assert secret not in caplog.text
