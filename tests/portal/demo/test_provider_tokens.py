"""The local provider's tokens: as strict with its clients as the real ones are."""

import time

import jwt
import pytest
import time_machine

from access.authentication import (
    client_assertion,
    provider_of,
    thumbprint,
)
from portal.demo.provider import Provider
from portal.demo.provider.clients import machine_key
from portal.demo.provider.machine import client_named, dpop_proof
from portal.keys import new_signing_key
from tests.portal.demo.asking import ISSUER, RETURN_TO, a_code, post, redeem


@pytest.fixture(scope="module")
def provider() -> Provider:
    return Provider()


def an_assertion(*, key=None, typ="client-authentication+jwt", kid=None, **changed):
    """The portal's own assertion, changed and signed again."""
    true = client_assertion(provider_of("helseid"))
    claims = {**jwt.decode(true, options={"verify_signature": False}), **changed}
    own_name = jwt.get_unverified_header(true)["kid"]
    return jwt.encode(
        {k: v for k, v in claims.items() if v is not None},
        key or provider_of("helseid").client_key,
        algorithm="ES256",
        headers={"typ": typ, "kid": own_name if kid is None else kid},
    )


def test_the_portal_gets_a_token_about_ola(provider):
    answer = redeem(provider, a_code(provider)).json()

    claims = jwt.decode(answer["id_token"], options={"verify_signature": False})
    assert claims["name"] == "Ola Lind"
    assert claims["nonce"] == "n"
    assert claims["helseid://claims/identity/security_level"] == "4"


def test_a_code_works_once(provider):
    code = a_code(provider)

    assert redeem(provider, code).status_code == 200
    assert redeem(provider, code).json()["error"] == "invalid_grant"


def test_a_guessed_code_is_worth_nothing(provider):
    assert redeem(provider, "guessed").json()["error"] == "invalid_grant"


def test_a_code_lives_a_minute(provider):
    code = a_code(provider)

    with time_machine.travel(time.time() + 61):
        assert redeem(provider, code).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    "changed",
    [
        {"code_verifier": "w" * 43},
        {"code_verifier": ""},
        {"redirect_uri": RETURN_TO.replace("helsepersonell", "forvaltning")},
    ],
)
def test_a_code_alone_is_not_enough(provider, changed):
    answer = redeem(provider, a_code(provider), **changed)

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


BAD_ASSERTIONS = {
    "by a stranger": lambda: an_assertion(key=new_signing_key()),
    "naming no key": lambda: an_assertion(kid=""),
    "naming another key": lambda: an_assertion(kid="x"),
    "of another type": lambda: an_assertion(typ="JWT"),
    "for another audience": lambda: an_assertion(aud=f"{ISSUER}/token"),
    "for several audiences": lambda: an_assertion(aud=[ISSUER, "x"]),
    "that lives long": lambda: an_assertion(exp=int(time.time()) + 120),
    "that has expired": lambda: an_assertion(exp=int(time.time()) - 60),
    "without expiry": lambda: an_assertion(exp=None),
    "without name": lambda: an_assertion(jti=None),
    "about somebody else": lambda: an_assertion(sub="nordlab-send"),
    "by an unknown client": lambda: an_assertion(iss="x", sub="x"),
    "that is rubbish": lambda: "x.y.z",
    "that is empty": lambda: "",
}


@pytest.mark.parametrize("make", BAD_ASSERTIONS.values(), ids=BAD_ASSERTIONS.keys())
def test_an_assertion_must_be_good(provider, make):
    answer = redeem(provider, "c", client_assertion=make())

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_an_assertion_works_once(provider):
    same = client_assertion(provider_of("helseid"))
    redeem(provider, a_code(provider), client_assertion=same)

    again = redeem(provider, a_code(provider), client_assertion=same)

    assert again.json()["error"] == "invalid_client"


def test_a_shared_secret_is_no_proof(provider):
    answer = redeem(provider, a_code(provider), client_assertion_type="")

    assert answer.json()["error"] == "invalid_client"


def ask_as_nordlab(provider, *, scope="provesvar:messages", proof=None, details=()):
    form = {"grant_type": "client_credentials", "scope": scope}
    nordlab = client_named("nordlab-send")
    return post(provider, "token", form, client=nordlab, proof=proof, details=details)


def test_nordlab_gets_a_token_bound_to_its_key(provider):
    answer = ask_as_nordlab(provider).json()

    assert answer["token_type"] == "DPoP"
    assert jwt.get_unverified_header(answer["access_token"])["typ"] == "at+jwt"
    claims = jwt.decode(answer["access_token"], options={"verify_signature": False})
    assert claims["client_id"] == claims["sub"] == "nordlab-send"
    own_proof = dpop_proof(machine_key("nordlab-send"), method="GET", url="http://x/")
    jwk = jwt.get_unverified_header(own_proof)["jwk"]
    assert claims["cnf"] == {"jkt": thumbprint(jwk)}


@pytest.mark.parametrize("scope", ["", "openid", "provesvar:messages openid"])
def test_nordlab_gets_no_scope_it_was_not_given(provider, scope):
    assert ask_as_nordlab(provider, scope=scope).json()["error"] == "invalid_scope"


def test_a_machine_gets_no_token_without_a_proof(provider):
    assert ask_as_nordlab(provider, proof="").json()["error"] == "invalid_dpop_proof"
