"""Nordlab calls the API; whoever only looks like Nordlab does not get in."""

import time

import jwt
import pytest
from django.db import DatabaseError
from django.test import Client

from access.authentication import proofs, public_key_of
from access.models import UsedProof
from portal.demo.provider import Forgery, Lies, Provider
from portal.demo.provider.clients import machine_key
from portal.demo.provider.machine import Machine, dpop_proof
from portal.keys import new_signing_key
from tests.cast import NORDLAB, a_laboratory_that_may_send
from tests.portal.accounts.browser import a_provider

pytestmark = pytest.mark.django_db

PATH = "/api/messages"
URL = f"http://localhost:8000{PATH}"
NOW = int(time.time())
TOKEN_MISSING = "not_authenticated"


@pytest.fixture(autouse=True)
def provider(monkeypatch) -> Provider:
    a_laboratory_that_may_send(NORDLAB)
    return a_provider(monkeypatch)


def post(**headers):
    """A blank message: 400 is what one gets who was let in."""
    return Client(headers={"host": "localhost:8000"}).post(
        PATH,
        b" ",
        content_type="application/xml",
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    )


def headers_of(machine=None, method="POST", url=URL) -> dict[str, str]:
    return (machine or Machine("nordlab-send")).headers(method, url)


def with_proof(*, pem=None, method="POST", url=URL, ath=None) -> dict[str, str]:
    """Nordlab's good token with a proof made otherwise."""
    headers = headers_of()
    token = headers["Authorization"].removeprefix("DPoP ")
    proof = dpop_proof(
        pem or machine_key("nordlab-send"),
        method=method,
        url=url,
        access_token=token if ath is None else ath,
    )
    return {**headers, "DPoP": proof}


def with_bent_proof(*, claims=None, headers=None, key=None, algorithm="ES256"):
    """Nordlab's good token and proof, the latter changed and signed again."""
    sent = headers_of()
    true_headers = jwt.get_unverified_header(sent["DPoP"])
    true_claims = jwt.decode(sent["DPoP"], options={"verify_signature": False})
    bent = {**true_claims, **(claims or {})}
    proof = jwt.encode(
        {name: value for name, value in bent.items() if value is not None},
        machine_key("nordlab-send") if key is None else key,
        algorithm=algorithm,
        headers={"typ": "dpop+jwt", "jwk": true_headers["jwk"], **(headers or {})},
    )
    return {**sent, "DPoP": proof}


def private_jwk() -> dict[str, str]:
    return {**public_key_of(machine_key("nordlab-send")), "d": "AAAA"}


def assert_refused(response, error: str) -> None:
    assert response.status_code == 401
    assert response.json()["error"] == error
    assert response.json()["message"]
    challenge = response["WWW-Authenticate"]
    assert challenge.startswith('DPoP algs="ES256 ')
    assert (f'error="{error}"' in challenge) is (error != TOKEN_MISSING)


def test_nordlab_is_let_in():
    response = post(**headers_of())

    assert response.status_code == 400
    assert response.json()["error"] == "bad_request"


def test_a_call_without_a_token_is_told_how_to_come_back():
    assert_refused(post(), TOKEN_MISSING)


@pytest.mark.parametrize("scheme", ["Bearer", "Basic", "DPoPx"])
def test_no_other_scheme_will_do(scheme):
    headers = headers_of()
    headers["Authorization"] = headers["Authorization"].replace("DPoP", scheme)

    assert_refused(post(**headers), "invalid_token")


BAD_TOKENS = {
    "for another service": {"claims": {"aud": "nhn:pps"}},
    "for us and another": {"claims": {"aud": ["provesvar:api", "nhn:pps"]}},
    "without audience": {"without": frozenset({"aud"})},
    "from another issuer": {"claims": {"iss": "http://login.localhost:8001/idporten"}},
    "expired": {"claims": {"exp": NOW - 60}},
    "without expiry": {"without": frozenset({"exp"})},
    "without issue time": {"without": frozenset({"iat"})},
    "not valid yet": {"claims": {"nbf": NOW + 600}},
    "from the future": {"claims": {"iat": NOW + 600}},
    "without client": {"without": frozenset({"client_id"})},
    "with a number as client": {"claims": {"client_id": 7}},
    "without scope": {"without": frozenset({"scope"})},
    "with a list as scope": {"claims": {"scope": ["provesvar:messages"]}},
    "bound to no key": {"without": frozenset({"cnf"})},
    "bound to another key": {"claims": {"cnf": {"jkt": "x" * 43}}},
    "bound in an unknown way": {"claims": {"cnf": "x"}},
    "an ID token": {"token_type": "JWT"},
    "unsigned": {"forgery": Forgery.UNSIGNED},
    "signed with the public key": {"forgery": Forgery.PUBLIC_KEY_AS_SECRET},
    "signed in another way": {"forgery": Forgery.OTHER_ALGORITHM},
    "signed by a stranger": {"forgery": Forgery.FOREIGN_KEY},
    "naming no key we know": {"forgery": Forgery.UNKNOWN_KEY_ID},
}


@pytest.mark.parametrize("lies", BAD_TOKENS.values(), ids=BAD_TOKENS.keys())
def test_a_bad_token_is_refused(lies):
    machine = Machine("nordlab-send", provider=Provider(Lies(**lies)))

    assert_refused(post(**headers_of(machine)), "invalid_token")
    assert not UsedProof.objects.exists()


@pytest.mark.parametrize("token", ["x", "a.b.c", "é", "A" * 20_000])
def test_rubbish_is_refused(token):
    headers = {**headers_of(), "Authorization": f"DPoP {token}"}

    assert post(**headers).status_code == 401


BAD_PROOFS = {
    "for another method": lambda: with_proof(method="GET"),
    "for another address": lambda: with_proof(url=f"{URL}/x"),
    "for another host": lambda: with_proof(
        url="http://innbygger.localhost:8000" + PATH
    ),
    "for another scheme": lambda: with_proof(url=URL.replace("http:", "https:")),
    "for no address": lambda: with_bent_proof(claims={"htu": "http://[x"}),
    "for another token": lambda: with_proof(ath="another"),
    "for no token": lambda: with_proof(ath=""),
    "a minute old": lambda: with_bent_proof(claims={"iat": int(time.time()) - 60}),
    "from the future": lambda: with_bent_proof(claims={"iat": int(time.time()) + 30}),
    "with words as time": lambda: with_bent_proof(claims={"iat": "now"}),
    "with no number as time": lambda: with_bent_proof(claims={"iat": float("nan")}),
    "without time": lambda: with_bent_proof(claims={"iat": None}),
    "without name": lambda: with_bent_proof(claims={"jti": None}),
    "with an endless name": lambda: with_bent_proof(claims={"jti": "x" * 300}),
    "of another type": lambda: with_bent_proof(headers={"typ": "JWT"}),
    "with a private key": lambda: with_bent_proof(headers={"jwk": private_jwk()}),
    "without key": lambda: with_bent_proof(headers={"jwk": None}),
    "with a shared secret": lambda: with_bent_proof(
        headers={"jwk": {"kty": "oct", "k": "c2VjcmV0"}},
        key=b"secret" * 8,
        algorithm="HS256",
    ),
    "unsigned": lambda: with_bent_proof(key="", algorithm="none"),
    "signed by another key than it shows": lambda: with_bent_proof(
        key=new_signing_key()
    ),
    "rubbish": lambda: {**headers_of(), "DPoP": "x.y.z"},
    "empty": lambda: {**headers_of(), "DPoP": ""},
    "two at once": lambda: {**(h := headers_of()), "DPoP": f"{h['DPoP']},{h['DPoP']}"},
}


@pytest.mark.parametrize("make", BAD_PROOFS.values(), ids=BAD_PROOFS.keys())
def test_a_bad_proof_is_refused(make):
    assert_refused(post(**make()), "invalid_dpop_proof")
    assert not UsedProof.objects.exists()


def test_a_stolen_token_is_worth_nothing_without_its_key():
    assert_refused(post(**with_proof(pem=new_signing_key())), "invalid_token")


def test_a_proof_works_once():
    headers = headers_of()

    assert post(**headers).status_code == 400
    assert_refused(post(**headers), "invalid_dpop_proof")


def test_what_the_proof_says_of_the_query_counts_for_nothing():
    headers = with_bent_proof(claims={"htu": f"{URL}?a=1#b"})

    assert post(**headers).status_code == 400


def test_nobody_gets_in_while_used_proofs_cannot_be_told(monkeypatch):
    def broken(**values):
        raise DatabaseError

    monkeypatch.setattr(proofs.UsedProof.objects, "create", broken)
    response = post(**headers_of())

    assert response.status_code == 503
    assert response.json()["error"] == "temporarily_unavailable"


@pytest.fixture
def behind_a_proxy(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.USE_X_FORWARDED_HOST = True
    settings.TRUSTED_PROXIES = ("10.0.0.0/8", "127.0.0.1")


OUTSIDE = {"X_FORWARDED_PROTO": "https", "X_FORWARDED_HOST": "innbygger.localhost"}


def test_behind_a_proxy_the_address_is_the_one_the_client_used(behind_a_proxy):
    headers = with_proof(url=f"https://innbygger.localhost{PATH}")

    assert post(**headers, **OUTSIDE).status_code == 400


def test_who_is_no_proxy_of_ours_cannot_say_which_address_was_used(
    behind_a_proxy, settings
):
    settings.TRUSTED_PROXIES = ("10.0.0.0/8",)
    headers = with_proof(url=f"https://innbygger.localhost{PATH}")

    assert_refused(post(**headers, **OUTSIDE), "invalid_dpop_proof")


def test_a_client_without_the_scope_is_told_so():
    machine = Machine(
        "nordlab-send", provider=Provider(Lies(claims={"scope": "provesvar:other"}))
    )

    response = post(**headers_of(machine))

    assert response.status_code == 403
    assert response.json()["error"] == "insufficient_scope"
    challenge = response["WWW-Authenticate"]
    assert challenge.startswith('DPoP algs="ES256 ')
    assert challenge.endswith(
        ', error="insufficient_scope", scope="provesvar:messages"'
    )
