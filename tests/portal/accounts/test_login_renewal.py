"""The organisation of a login: asked for by name, believed only from the token."""

import pytest

from access.authentication import ActingFor, LoginRefused, may_renew, renew_login
from access.authentication.sessions import (
    id_token_of,
    keep_refresh_token,
    refresh_token_of,
)
from portal.demo.people import FJORD_SYKEHUS, LILLEVIK_LEGESENTER
from tests.cast import KARI, OLA
from tests.portal.accounts.browser import (
    CITIZEN,
    CLINICIAN,
    Browser,
    Postbox,
    a_provider,
    connect,
)

pytestmark = pytest.mark.django_db
LILLEVIK = ActingFor(LILLEVIK_LEGESENTER.organization_number)
FJORD = ActingFor(FJORD_SYKEHUS.organization_number, "310000027")
ORGANIZATION = "helseid://claims/client/claims/orgnr_parent"


@pytest.fixture
def provider(monkeypatch):
    return a_provider(monkeypatch)


@pytest.fixture
def session(provider):
    """Ola's, as it is after login."""
    ola = Browser(CLINICIAN, provider)
    ola.sign_in(OLA)
    return ola.client.session


def test_ola_acts_for_his_own_practice(session):
    assert renew_login(session, acting_for=LILLEVIK) == LILLEVIK
    assert session["organization_number"] == LILLEVIK.legal_entity
    assert session["point_of_care_number"] == ""


def test_and_then_for_another_without_a_new_login(session):
    renew_login(session, acting_for=LILLEVIK)

    assert renew_login(session, acting_for=FJORD) == FJORD
    assert session["point_of_care_number"] == "310000027"


def test_the_organisation_travels_in_the_signed_assertion(monkeypatch, session):
    import jwt

    postbox = Postbox(monkeypatch)
    renew_login(session, acting_for=FJORD)

    form = postbox.forms_to("token")[-1]
    sent = jwt.decode(form["client_assertion"], options={"verify_signature": False})
    identifier = sent["assertion_details"]["practitioner_role"]["organization"]
    assert identifier["identifier"] == {
        "system": "urn:oid:1.0.6523",
        "type": "ENH",
        "value": f"NO:ORGNR:{FJORD.legal_entity}:310000027",
    }


def refused(session, acting_for=LILLEVIK) -> str:
    before = session.get("organization_number")
    with pytest.raises(LoginRefused) as caught:
        renew_login(session, acting_for=acting_for)
    assert session.get("organization_number") == before
    return caught.value.refusal.value


def test_an_organisation_that_has_not_signed_the_terms(session):
    assert refused(session, ActingFor("999999999")) == "ORGANIZATION_REFUSED"


LIES = {
    "another organisation": (
        {"claims": {ORGANIZATION: FJORD.legal_entity}},
        "ORGANIZATION_REFUSED",
    ),
    "no organisation": (
        {"without": frozenset({ORGANIZATION})},
        "ORGANIZATION_REFUSED",
    ),
    "another service's token": ({"claims": {"aud": "nhn:pps"}}, "ORGANIZATION_REFUSED"),
    "another person": ({"claims": {"sub": "ingrid"}}, "OTHER_PERSON"),
    "another key's token": ({"claims": {"cnf": {"jkt": "x"}}}, "TOKEN_NOT_BOUND"),
    "nobody's key": ({"without": frozenset({"cnf"})}, "TOKEN_NOT_BOUND"),
    "an ID token": ({"token_type": "JWT"}, "TOKEN_TYPE"),
    "an expired token": ({"claims": {"exp": 1}}, "TOKEN_EXPIRED"),
    "a bearer token": ({"answer": {"token_type": "Bearer"}}, "TOKEN_NOT_BOUND"),
    "no token": ({"answer": {"access_token": None}}, "TOKEN_INVALID"),
}


@pytest.mark.parametrize(("lies", "code"), LIES.values(), ids=LIES.keys())
def test_what_helseid_vouches_for_is_checked_as_at_login(session, provider, lies, code):
    from portal.demo.provider import Lies

    provider.issuers["helseid"].mint._lies = Lies(**lies)

    assert refused(session) == code


def test_a_refresh_token_is_sealed_and_new_each_time(session):
    first = refresh_token_of(session)
    assert first
    assert first not in str(dict(session))

    renew_login(session, acting_for=LILLEVIK)

    assert refresh_token_of(session) not in ("", first)


def test_a_copied_refresh_token_ends_them_all(session):
    copied = refresh_token_of(session)
    renew_login(session, acting_for=LILLEVIK)
    thief = {**dict(session)}
    keep_refresh_token(thief, copied)

    assert refused(thief) == "REFRESH_REFUSED"
    assert refused(session) == "REFRESH_REFUSED"
    assert not may_renew(session)


def test_without_a_refresh_token_only_a_new_login_will_do(session):
    keep_refresh_token(session, "")

    assert refused(session) == "REFRESH_MISSING"


@pytest.mark.parametrize("sealed", ["", "x", "AAAA", "é", 7, None])
def test_what_cannot_be_opened_is_as_if_it_were_not_there(session, sealed):
    session["sealed_refresh_token"] = session["sealed_id_token"] = sealed

    assert refresh_token_of(session) == id_token_of(session) == ""


def test_one_kind_of_token_does_not_open_as_the_other(session):
    session["sealed_refresh_token"] = session["sealed_id_token"]

    assert refresh_token_of(session) == ""


def test_citizens_act_for_no_organisation(provider):
    kari = Browser(CITIZEN, provider)
    kari.sign_in(KARI)

    assert not may_renew(kari.client.session)


def test_signing_out_takes_the_refresh_token_at_the_provider_too(provider, monkeypatch):
    ola = Browser(CLINICIAN, provider)
    ola.sign_in(OLA)
    copy = dict(ola.client.session)

    ola.client.post("/innlogging/ut/")

    assert refused(copy) == "REFRESH_REFUSED"


def test_one_tenant_names_the_place_alone_and_may_name_none(
    session, provider, settings, monkeypatch
):
    import jwt

    single = {**settings.OIDC_PROVIDERS["helseid"], "tenancy": "single"}
    settings.OIDC_PROVIDERS = {**settings.OIDC_PROVIDERS, "helseid": single}
    connect(monkeypatch, provider)
    postbox = Postbox(monkeypatch)

    refused(session, LILLEVIK)
    refused(session, FJORD)

    without, with_place = [
        jwt.decode(f["client_assertion"], options={"verify_signature": False})
        for f in postbox.forms_to("token")
    ]
    assert "assertion_details" not in without
    identifier = with_place["assertion_details"]["practitioner_role"]["organization"]
    assert identifier["identifier"]["system"] == "urn:oid:2.16.578.1.12.4.1.4.101"
    assert identifier["identifier"]["value"] == "310000027"
