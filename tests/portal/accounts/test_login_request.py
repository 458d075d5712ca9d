"""What is asked of a provider: pushed, authenticated, bound to our key."""

import jwt
import pytest

from access.authentication import exchange, provider_of, thumbprint, thumbprint_of
from tests.cast import KARI, OLA
from tests.portal.accounts.browser import (
    CITIZEN,
    CLINICIAN,
    Browser,
    Postbox,
    a_provider,
    code_on,
    connect,
    query_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(monkeypatch):
    return a_provider(monkeypatch)


@pytest.fixture
def postbox(monkeypatch, provider) -> Postbox:
    exchange._nonces.clear()
    return Postbox(monkeypatch)


def claims_of(token: str) -> dict:
    return jwt.decode(token, options={"verify_signature": False})


@pytest.mark.parametrize("host", [CLINICIAN, CITIZEN])
def test_the_browser_carries_who_asks_and_nothing_of_what(provider, host):
    address = Browser(host, provider).start()

    assert set(query_of(address)) == {"client_id", "request_uri"}


def test_helseid_is_asked_for_all_that_is_demanded(provider, postbox):
    Browser(CLINICIAN, provider).start()

    asked = postbox.forms_to("par")[-1]
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["acr_values"] == "Level4"
    assert asked["max_age"] == "28800"
    assert asked["nonce"]
    assert asked["dpop_jkt"] == thumbprint_of(provider_of("helseid").client_key)
    assert asked["redirect_uri"] == (
        "http://helsepersonell.localhost:8000/innlogging/helseid/tilbake/"
    )
    assert {"offline_access", "provesvar:portal"} <= set(asked["scope"].split())


def test_id_porten_is_asked_for_its_highest_level(provider, postbox):
    Browser(CITIZEN, provider).start()

    (asked,) = postbox.forms_to("par")
    assert asked["acr_values"] == "idporten-loa-high"
    assert asked["code_challenge_method"] == "S256"
    assert "dpop_jkt" not in asked
    assert postbox.proofs_to("par") == [""]


def test_a_nonce_that_is_wanted_is_given_with_a_new_assertion(provider, postbox):
    Browser(CLINICIAN, provider).start()

    first, second = postbox.forms_to("par")
    without, with_nonce = map(claims_of, postbox.proofs_to("par"))
    assert "nonce" not in without
    assert with_nonce["nonce"]
    assert without["jti"] != with_nonce["jti"]
    assertions = [claims_of(f["client_assertion"]) for f in (first, second)]
    assert assertions[0]["jti"] != assertions[1]["jti"]


def test_a_nonce_is_remembered_for_the_next_call(provider, postbox):
    Browser(CLINICIAN, provider).sign_in(OLA)

    assert len(postbox.forms_to("par")) == 2
    assert len(postbox.forms_to("token")) == 1


def test_the_proof_is_for_the_address_and_by_the_key_we_sign_with(provider, postbox):
    Browser(CLINICIAN, provider).sign_in(OLA)

    proof = postbox.proofs_to("token")[-1]
    claims, header = claims_of(proof), jwt.get_unverified_header(proof)
    assert header["typ"] == "dpop+jwt"
    assert claims["htu"] == "http://login.localhost:8001/helseid/token"
    assert "ath" not in claims
    key = provider_of("helseid").client_key
    assert thumbprint(header["jwk"]) == thumbprint_of(key)
    assert "d" not in header["jwk"]


def test_no_secret_is_ever_sent(provider, postbox):
    Browser(CLINICIAN, provider).sign_in(OLA)

    for _endpoint, form, _headers in postbox.sent:
        assert "client_secret" not in form


def test_a_request_the_provider_refuses_is_nobodys_login(monkeypatch, settings):
    provider = a_provider(monkeypatch)
    settings.OIDC_PROVIDERS = {
        **settings.OIDC_PROVIDERS,
        "helseid": {**settings.OIDC_PROVIDERS["helseid"], "scopes": "openid rare"},
    }
    connect(monkeypatch, provider)

    answer = Browser(CLINICIAN, provider).client.get("/innlogging/helseid/start/")

    assert (answer.status_code, code_on(answer)) == (400, "REQUEST_REFUSED")


@pytest.mark.parametrize("token_type", ["Bearer", "", None, "dpopx"])
def test_a_token_that_is_bound_to_no_key_is_not_taken(monkeypatch, token_type):
    provider = a_provider(monkeypatch, answer={"token_type": token_type})

    answer = Browser(CLINICIAN, provider).sign_in(OLA)

    assert code_on(answer) == "TOKEN_NOT_BOUND"


def test_an_answer_without_an_id_token_is_no_login(monkeypatch):
    provider = a_provider(monkeypatch, answer={"id_token": None})

    assert code_on(Browser(CITIZEN, provider).sign_in(KARI)) == "TOKEN_INVALID"


def test_a_provider_that_always_wants_another_nonce_is_asked_twice(monkeypatch):
    provider = a_provider(monkeypatch)
    monkeypatch.setattr(
        provider.issuers["helseid"].callers, "nonce", lambda windows_ago=0: "never"
    )
    monkeypatch.setattr(exchange, "dpop_proof", _proof_that_ignores_the_nonce)
    postbox = Postbox(monkeypatch)

    answer = Browser(CLINICIAN, provider).client.get("/innlogging/helseid/start/")

    assert code_on(answer) == "REQUEST_REFUSED"
    assert len(postbox.forms_to("par")) == 2


def _proof_that_ignores_the_nonce(pem, *, method, url, nonce):
    from access.authentication import dpop_proof

    return dpop_proof(pem, method=method, url=url)
