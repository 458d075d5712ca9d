"""Whom Ola acts for is HelseID's to say, at login and when he changes."""

import datetime

import pytest

from access import operations
from portal.demo.provider import Lies
from tests.cast import (
    FJORD_SYKEHUS,
    LILLEVIK_LEGESENTER,
    OLA,
    an_organization,
    employed,
)
from tests.portal.accounts.browser import (
    CLINICIAN,
    Browser,
    Postbox,
    a_provider,
    code_on,
)

pytestmark = pytest.mark.django_db
PAGE = "/innlogging/arbeidssted/"
NOBODY = {"without": frozenset({"helseid://claims/client/claims/orgnr_parent"})}


@pytest.fixture
def provider(monkeypatch):
    return a_provider(monkeypatch)


@pytest.fixture
def ola(provider) -> Browser:
    employed(OLA)
    return Browser(CLINICIAN, provider)


@pytest.fixture
def hospital():
    """Ola's second role."""
    return operations.assign_role(
        hpr_number=OLA.hpr_number,
        organization_id=an_organization(FJORD_SYKEHUS),
        role_code="LE",
        valid_from=datetime.date(2021, 1, 1),
    )


def number_in(browser: Browser) -> str:
    return browser.client.session["organization_number"]


def choose(browser: Browser, role):
    return browser.client.post(PAGE, {"workplace": str(role)})


def test_who_works_in_one_place_is_vouched_for_at_login(ola):
    ola.sign_in(OLA)

    assert number_in(ola) == LILLEVIK_LEGESENTER.organization_number


def test_an_only_workplace_helseid_does_not_vouch_for_lets_nobody_in(ola, monkeypatch):
    ola.provider = a_provider(monkeypatch, **NOBODY)

    answer = ola.sign_in(OLA)

    assert (answer.status_code, code_on(answer)) == (403, "ORGANIZATION_REFUSED")
    assert "_auth_user_id" not in ola.client.session
    assert ola.client.get("/helsepersonell/").status_code == 302


def test_who_chooses_is_vouched_for_then(ola, hospital):
    ola.sign_in(OLA)
    assert number_in(ola) == ""

    choose(ola, hospital)

    assert number_in(ola) == FJORD_SYKEHUS.organization_number


def test_what_helseid_does_not_vouch_for_is_not_chosen(ola, hospital):
    ola.sign_in(OLA)
    ola.provider.issuers["helseid"].mint._lies = Lies(**NOBODY)

    answer = choose(ola, hospital)

    assert answer.status_code == 403
    page = answer.content.decode()
    assert "HelseID går ikke god for" in page
    assert number_in(ola) == ""
    assert ola.client.get("/helsepersonell/").status_code != 200


def test_a_workplace_that_is_not_held_is_not_even_asked_for(ola, hospital, monkeypatch):
    ola.sign_in(OLA)
    postbox = Postbox(monkeypatch)

    assert choose(ola, "nonsense").status_code == 403
    assert postbox.sent == []


def test_without_a_refresh_token_the_role_we_have_registered_must_do(
    ola, settings, provider, monkeypatch
):
    """The client was registered without `offline_access`."""
    helseid = settings.OIDC_PROVIDERS["helseid"]
    scopes = helseid["scopes"].replace("offline_access ", "")
    changed = {**helseid, "scopes": scopes}
    settings.OIDC_PROVIDERS = {**settings.OIDC_PROVIDERS, "helseid": changed}
    ola.provider = a_provider(monkeypatch)

    assert ola.sign_in(OLA)["Location"] == "/helsepersonell/"
    assert number_in(ola) == ""
