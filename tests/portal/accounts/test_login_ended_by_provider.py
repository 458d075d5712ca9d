"""The provider says it is over: believed when the token is good, once, and at once."""

import time

import pytest
from django.db import DatabaseError
from django.test import Client

from access.authentication import proofs
from portal.demo.provider import Forgery, Lies
from tests.cast import INGRID, KARI, OLA, employed
from tests.portal.accounts.browser import (
    CITIZEN,
    CLINICIAN,
    Browser,
    a_provider,
)
from tests.portal.visiting import FRONT

pytestmark = pytest.mark.django_db
NOW = int(time.time())
EVENT = "http://schemas.openid.net/event/backchannel-logout"
PATH = "/innlogging/helseid/bakkanal/"


@pytest.fixture
def provider(monkeypatch):
    return a_provider(monkeypatch)


@pytest.fixture
def ola(provider) -> Browser:
    employed(OLA)
    browser = Browser(CLINICIAN, provider)
    browser.sign_in(OLA)
    assert is_in(browser)
    return browser


def is_in(browser: Browser) -> bool:
    page = "/innbygger/" if browser.host == CITIZEN else "/helsepersonell/"
    return browser.client.get(page).status_code == 200


def a_token(browser: Browser, **lies) -> str:
    """HelseID's logout token for this browser's login, with these lies in it."""
    issuer = browser.provider.issuers[browser.key]
    issuer.mint._lies = Lies(**lies)
    session = browser.client.session
    client = issuer._clients[f"provesvar-{browser.key}"]
    return issuer.mint.logout_token(
        client, subject=session["subject"], session_id=session["provider_session_id"]
    )


def tell(token: str, path: str = PATH, host: str = FRONT):
    """As the provider calls: no cookie, no CSRF token."""
    client = Client(enforce_csrf_checks=True, headers={"host": host})
    return client.post(path, {"logout_token": token})


def test_ola_is_out_at_once(ola):
    answer = tell(a_token(ola))

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert not is_in(ola)


def test_and_is_told_why(ola):
    tell(a_token(ola))
    ola.client.get("/helsepersonell/")

    page = ola.client.get("/innlogging/").content.decode()
    assert "avsluttet av innloggingstjenesten" in page


def test_kari_too(provider):
    kari = Browser(CITIZEN, provider)
    kari.sign_in(KARI)

    assert tell(a_token(kari), "/innlogging/idporten/bakkanal/").status_code == 200
    assert not is_in(kari)


def test_nobody_else_is_out(provider, ola):
    employed(INGRID)
    ingrid, ola_at_home = Browser(CLINICIAN, provider), Browser(CLINICIAN, provider)
    ingrid.sign_in(INGRID)
    ola_at_home.sign_in(OLA)

    tell(a_token(ola))

    assert is_in(ingrid)
    assert is_in(ola_at_home)


def test_all_of_olas_logins_when_none_is_named(provider, ola):
    ola_at_home = Browser(CLINICIAN, provider)
    ola_at_home.sign_in(OLA)

    tell(a_token(ola, without=frozenset({"sid"})))

    assert not is_in(ola)
    assert not is_in(ola_at_home)


def test_a_login_may_be_named_without_its_person(ola):
    assert tell(a_token(ola, without=frozenset({"sub"}))).status_code == 200
    assert not is_in(ola)


def test_a_login_nobody_has_here_is_no_fault(ola):
    unknown = {"sub": "nobody", "sid": "none"}

    assert tell(a_token(ola, claims=unknown)).status_code == 200
    assert is_in(ola)


BAD_TOKENS = {
    "an ID token": ({"token_type": "JWT"}, "TOKEN_TYPE"),
    "an access token": ({"token_type": "at+jwt"}, "TOKEN_TYPE"),
    "for another client": ({"claims": {"aud": "else"}}, "TOKEN_AUDIENCE"),
    "for us and another": (
        {"claims": {"aud": ["provesvar-helseid", "else"]}},
        "TOKEN_AUDIENCE",
    ),
    "from another issuer": ({"claims": {"iss": "https://x.example"}}, "TOKEN_ISSUER"),
    "expired": ({"claims": {"exp": NOW - 60}}, "TOKEN_EXPIRED"),
    "old, whatever it says": (
        {"claims": {"iat": NOW - 400, "exp": NOW + 10**6}},
        "TOKEN_EXPIRED",
    ),
    "from the future": ({"claims": {"iat": NOW + 600}}, "TOKEN_EARLY"),
    "without expiry": ({"without": frozenset({"exp"})}, "TOKEN_CLAIM_MISSING"),
    "without issue time": ({"without": frozenset({"iat"})}, "TOKEN_CLAIM_MISSING"),
    "without name": ({"without": frozenset({"jti"})}, "TOKEN_CLAIM_MISSING"),
    "without event": ({"without": frozenset({"events"})}, "TOKEN_CLAIM_MISSING"),
    "of another event": ({"claims": {"events": {"x": {}}}}, "TOKEN_EVENT"),
    "of an event that is none": ({"claims": {"events": {EVENT: 1}}}, "TOKEN_EVENT"),
    "of a list of events": ({"claims": {"events": [EVENT]}}, "TOKEN_EVENT"),
    "with a nonce": ({"claims": {"nonce": "n"}}, "TOKEN_NONCE"),
    "with an empty nonce": ({"claims": {"nonce": ""}}, "TOKEN_NONCE"),
    "about nobody": (
        {"without": frozenset({"sub", "sid"})},
        "TOKEN_CLAIM_MISSING",
    ),
    "about a number": ({"claims": {"sub": 7}}, "TOKEN_INVALID"),
    "of a numbered login": ({"claims": {"sid": 7}}, "TOKEN_INVALID"),
    "of an empty login": ({"claims": {"sid": ""}}, "TOKEN_INVALID"),
    "unsigned": ({"forgery": Forgery.UNSIGNED}, "TOKEN_ALGORITHM"),
    "signed with the public key": (
        {"forgery": Forgery.PUBLIC_KEY_AS_SECRET},
        "TOKEN_ALGORITHM",
    ),
    "signed in another way": ({"forgery": Forgery.OTHER_ALGORITHM}, "TOKEN_ALGORITHM"),
    "signed by a stranger": ({"forgery": Forgery.FOREIGN_KEY}, "TOKEN_INVALID"),
    "naming no key": ({"forgery": Forgery.NO_KEY_ID}, "TOKEN_KEY"),
}


@pytest.mark.parametrize(("lies", "code"), BAD_TOKENS.values(), ids=BAD_TOKENS.keys())
def test_a_bad_token_ends_nothing(ola, lies, code):
    answer = tell(a_token(ola, **lies))

    assert answer.status_code == 400
    assert answer.json() == {"error": "invalid_request", "error_description": code}
    assert is_in(ola)


def test_a_token_works_once(ola):
    token = a_token(ola)
    tell(token)
    ola.sign_in(OLA)

    again = tell(token)

    assert again.json()["error_description"] == "TOKEN_USED"
    assert is_in(ola)


def test_the_other_providers_token_is_worth_nothing(ola):
    answer = tell(a_token(ola), "/innlogging/idporten/bakkanal/")

    assert answer.status_code == 400
    assert is_in(ola)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "A" * 20_000])
def test_rubbish_is_refused(provider, token):
    assert tell(token).status_code == 400


def test_no_token_and_two_tokens_are_refused(ola):
    client = Client(headers={"host": FRONT})
    twice = [a_token(ola), a_token(ola)]

    assert client.post(PATH).status_code == 400
    assert client.post(PATH, {"logout_token": twice}).status_code == 400
    assert is_in(ola)


def test_nothing_is_believed_while_used_tokens_cannot_be_told(ola, monkeypatch):
    def broken(**values):
        raise DatabaseError

    token = a_token(ola)
    monkeypatch.setattr(proofs.UsedProof.objects, "create", broken)

    assert tell(token).status_code == 503


def test_the_log_gets_how_many_and_nothing_of_whom(ola, caplog):
    token = a_token(ola)
    caplog.set_level("DEBUG")
    tell(token)

    assert "ended 1 session" in caplog.text
    assert OLA.subject not in caplog.text
    assert token not in caplog.text


def show(host=CITIZEN, path="/innlogging/helseid/framkanal/", **query):
    """The provider's page holds a frame with this address; no cookie comes along."""
    return Client(headers={"host": host}).get(path, query)


def test_the_browser_may_bring_the_word_too(ola):
    issuer = ola.provider.issuers["helseid"].mint.issuer
    session_id = ola.client.session["provider_session_id"]

    answer = show(iss=issuer, sid=session_id)

    assert answer.status_code == 200
    assert not is_in(ola)
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors http://login.localhost:8001" in policy
    assert "X-Frame-Options" not in answer
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "http://login.localhost:8001/idporten"},
        {"iss": ""},
        {"sid": ""},
        {"sid": "guessed"},
    ],
    ids=["other issuer", "no issuer", "no login", "guessed"],
)
def test_a_strangers_frame_ends_nothing(ola, wrong):
    issuer = ola.provider.issuers["helseid"].mint.issuer
    session_id = ola.client.session["provider_session_id"]

    answer = show(**{"iss": issuer, "sid": session_id, **wrong})

    assert answer.status_code in (200, 400)
    assert is_in(ola)
