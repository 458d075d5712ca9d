"""The local provider's nonces, refresh tokens, organisations and attestations."""

import json
import time

import jwt
import pytest
import time_machine

from access.authentication import dpop_proof, provider_of
from portal.demo.people import LILLEVIK_LEGESENTER
from portal.demo.provider import Provider
from portal.demo.provider.machine import client_named
from portal.keys import new_signing_key
from tests.portal.demo.asking import ISSUER, a_code, post, push, redeem, renew

ATTESTED = {"type": "nhn:tillitsrammeverk:parameters", "practitioner": {}}
TOKEN_URL = f"{ISSUER}/token"


@pytest.fixture(scope="module")
def provider() -> Provider:
    return Provider()


@pytest.fixture
def refresh_token(provider) -> str:
    return redeem(provider, a_code(provider)).json()["refresh_token"]


def organization(number: str, place: str = "") -> dict:
    identifier = {"system": "urn:oid:1.0.6523", "type": "ENH"}
    value = f"NO:ORGNR:{number}:{place}"
    return {
        "type": "helseid_authorization",
        "practitioner_role": {
            "organization": {"identifier": {**identifier, "value": value}}
        },
    }


OURS = organization(LILLEVIK_LEGESENTER.organization_number)


def claims_of(answer) -> dict:
    token = answer.json()["access_token"]
    return jwt.decode(token, options={"verify_signature": False})


def a_proof(nonce: str, *, pem=None) -> str:
    key = pem or provider_of("helseid").client_key
    return dpop_proof(key, method="POST", url=TOKEN_URL, nonce=nonce)


@pytest.mark.parametrize("endpoint", ["par", "token"])
def test_a_proof_without_a_nonce_is_told_which(provider, endpoint):
    url = f"{ISSUER}/{endpoint}"
    key = provider_of("helseid").client_key
    answer = post(provider, endpoint, {}, proof=dpop_proof(key, method="POST", url=url))

    assert (answer.status_code, answer.json()["error"]) == (400, "use_dpop_nonce")
    assert answer.headers["DPoP-Nonce"]


def test_a_nonce_made_up_will_not_do(provider):
    answer = redeem(provider, "c", proof=a_proof("made up"))

    assert answer.json()["error"] == "use_dpop_nonce"


def test_a_nonce_lives_a_minute_or_two(provider):
    nonce = provider.issuers["helseid"].callers.nonce()

    with time_machine.travel(time.time() + 121):
        answer = redeem(provider, "c", proof=a_proof(nonce))

    assert answer.json()["error"] == "use_dpop_nonce"


def test_a_proof_works_once_here_too(provider):
    proof = a_proof(provider.issuers["helseid"].callers.nonce())

    assert redeem(provider, "c", proof=proof).json()["error"] == "invalid_grant"
    again = redeem(provider, "c", proof=proof).json()
    assert again["error"] == "invalid_dpop_proof"


def test_a_code_is_bound_to_the_key_that_asked_for_it(provider):
    code = a_code(provider)
    nonce = provider.issuers["helseid"].callers.nonce()

    answer = redeem(provider, code, proof=a_proof(nonce, pem=new_signing_key()))

    assert answer.json()["error"] == "invalid_grant"


def test_a_good_answer_holds_the_next_nonce(provider):
    assert push(provider).headers["DPoP-Nonce"]


def test_a_refresh_token_is_new_each_time_and_works_once(provider, refresh_token):
    second = renew(provider, refresh_token).json()["refresh_token"]

    assert second != refresh_token
    assert renew(provider, refresh_token).json()["error"] == "invalid_grant"
    # Whoever used it twice may be a thief, so nobody's works any more.
    assert renew(provider, second).json()["error"] == "invalid_grant"


def test_without_offline_access_there_is_none(provider):
    answer = redeem(provider, a_code(provider, scope="openid provesvar:portal"))

    assert "refresh_token" not in answer.json()


def test_another_clients_refresh_token(provider, refresh_token):
    ehr = client_named("lillevik-epj")
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token}

    answer = post(provider, "token", form, client=ehr)

    assert answer.json()["error"] == "invalid_grant"


def test_a_revoked_refresh_token(provider, refresh_token):
    post(provider, "revoke", {"token": refresh_token}, proof="")

    assert renew(provider, refresh_token).json()["error"] == "invalid_grant"


def test_a_stranger_revokes_nothing(provider, refresh_token):
    form = {"token": refresh_token, "client_assertion": "x.y.z"}
    answer = post(provider, "revoke", form, proof="")

    assert answer.json()["error"] == "invalid_client"
    assert renew(provider, refresh_token).status_code == 200


def test_an_organisation_is_put_into_the_token(provider, refresh_token):
    claims = claims_of(renew(provider, refresh_token, details=[OURS]))

    assert claims["helseid://claims/client/claims/orgnr_parent"] == (
        LILLEVIK_LEGESENTER.organization_number
    )
    assert claims["aud"] == "provesvar:api"
    assert claims["cnf"]


def test_an_organisation_without_terms_gets_a_token_for_nothing(
    provider, refresh_token
):
    answer = renew(provider, refresh_token, details=[organization("999999999")])

    assert answer.status_code == 200
    assert answer.json()["scope"] == "openid"


NO_ORGANIZATIONS = [
    {"type": "helseid_authorization"},
    {"type": "helseid_authorization", "practitioner_role": []},
    organization("1:2:3"),
    {"type": "something else"},
]


@pytest.mark.parametrize("detail", NO_ORGANIZATIONS, ids=range(4))
def test_details_that_cannot_be_read(provider, refresh_token, detail):
    answer = renew(provider, refresh_token, details=[detail])

    assert answer.json()["error"] == "invalid_authorization_details"


def test_an_attestation_twice_is_refused_as_helseid_does(provider):
    pushed = json.dumps([ATTESTED])
    code = a_code(provider, authorization_details=pushed)

    answer = redeem(provider, code, details=[ATTESTED]).json()

    assert answer["error"] == "access_denied"
    assert answer["error_description"].startswith("HID-DOUBLE-STRUCTURE")


def test_an_attestation_pushed_is_in_every_token_of_the_login(provider):
    code = a_code(provider, authorization_details=json.dumps(ATTESTED))
    first = redeem(provider, code)
    second = renew(provider, first.json()["refresh_token"])

    for answer in (first, second):
        assert "nhn:tillitsrammeverk:parameters" in claims_of(answer)


def test_id_porten_binds_no_tokens(provider):
    citizen = provider_of("idporten")
    form = {"grant_type": "authorization_code", "code": "guessed"}

    answer = post(provider, "token", form, client=citizen, proof="")

    assert answer.json()["error"] == "invalid_grant"
