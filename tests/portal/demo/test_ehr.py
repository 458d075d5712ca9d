"""An EHR system signs Ola in, and calls on his behalf with an attestation."""

import time

import jwt
import pytest

from portal.api.tokens import read_token
from portal.demo.provider import Provider
from portal.demo.provider.clients import EHR_CLIENT_ID
from portal.demo.provider.ehr import Ehr
from portal.demo.provider.exchange import OAuthError
from tests.cast import OLA, SIRI

ATTESTED = {
    "type": "nhn:tillitsrammeverk:parameters",
    "practitioner": {"authorization": {"code": "LE"}},
    "care_relationship": {},
    "patients": [],
}
URL = "http://localhost:8000/api/session/create"


@pytest.fixture(scope="module")
def provider() -> Provider:
    return Provider()


def claims_of(token: str) -> dict:
    return jwt.decode(token, options={"verify_signature": False})


def test_ola_is_named_with_his_organisation(provider):
    claims = claims_of(Ehr(OLA, provider=provider).access_token())
    token = read_token(claims, is_token_hashed=True)

    assert claims["aud"] == "nhn:kjernejournal"
    assert token.client_id == EHR_CLIENT_ID
    assert "nhn:kjernejournal/innlogging" in token.scopes
    assert (token.person.name, token.person.hpr_number) == ("Ola Lind", OLA.hpr_number)
    assert token.person.security_level == 4
    assert token.organization_number == OLA.organization_number
    assert token.attestation is None


def test_what_the_provider_knows_is_added_to_the_attestation(provider):
    ola = Ehr(OLA, provider=provider)

    claims = claims_of(ola.access_token(attestation=ATTESTED))

    attested = claims["nhn:tillitsrammeverk:parameters"]
    practitioner = attested["practitioner"]
    assert practitioner["authorization"] == {"code": "LE"}
    assert practitioner["identifier"]["id"] == OLA.number
    assert practitioner["hpr_nr"]["id"] == OLA.hpr_number
    assert abs(attested["toa"] - time.time()) < 5


def test_who_is_not_health_personnel_gets_no_such_number(provider):
    claims = claims_of(Ehr(SIRI, provider=provider).access_token(attestation=ATTESTED))

    assert "hpr_nr" not in claims["nhn:tillitsrammeverk:parameters"]["practitioner"]


def test_the_attestation_is_in_the_token_of_that_call_alone(provider):
    ola = Ehr(OLA, provider=provider)
    ola.access_token(attestation=ATTESTED)

    assert "nhn:tillitsrammeverk:parameters" not in claims_of(ola.access_token())


@pytest.mark.parametrize("detail", [{}, {"type": "x"}, {"type": None}], ids=str)
def test_what_cannot_be_read_is_refused(provider, detail):
    with pytest.raises(OAuthError) as caught:
        Ehr(OLA, provider=provider).access_token(attestation=detail)

    assert caught.value.error == "invalid_authorization_details"


def test_an_ehr_gets_no_scope_it_was_not_given(provider):
    with pytest.raises(OAuthError) as caught:
        Ehr(OLA, scopes=("provesvar:messages",), provider=provider).access_token()

    assert caught.value.error == "invalid_scope"


def test_two_header_lines_for_one_call(provider):
    headers = Ehr(OLA, provider=provider).headers("POST", URL)

    proof = claims_of(headers["DPoP"])
    assert headers["Authorization"].startswith("DPoP ")
    assert (proof["htm"], proof["htu"]) == ("POST", URL)
    assert proof["ath"]


def test_nhns_own_client_ends_a_session_without_a_hash_of_the_token(provider):
    headers = Ehr(OLA, provider=provider).headers("POST", URL, has_token_hash=False)

    assert "ath" not in claims_of(headers["DPoP"])
