"""Showing who one is again: the same person, just now, in the same session."""

import datetime
import time

import pytest
import time_machine

from access.authentication import is_fresh
from tests.cast import INGRID, OLA, employed
from tests.portal.accounts.browser import (
    CLINICIAN,
    Browser,
    Postbox,
    a_provider,
    code_on,
)

pytestmark = pytest.mark.django_db
HOURS = 60 * 60


@pytest.fixture
def provider(monkeypatch):
    return a_provider(monkeypatch)


@pytest.fixture
def ola(provider) -> Browser:
    employed(OLA)
    browser = Browser(CLINICIAN, provider)
    browser.sign_in(OLA)
    return browser


def test_the_provider_is_asked_for_a_login_and_no_shortcut(monkeypatch, ola):
    postbox = Postbox(monkeypatch)

    ola.start(bekreft="ja")

    asked = postbox.forms_to("par")[-1]
    assert (asked["prompt"], asked["max_age"]) == ("login", "0")
    assert asked["acr_values"] == "Level4"


def test_ola_confirms_and_goes_on_where_he_was(ola):
    before = ola.client.session.session_key

    answer = ola.sign_in(OLA, "/helsepersonell/?side=2", bekreft="ja")

    assert answer["Location"] == "/helsepersonell/?side=2"
    assert ola.client.session.session_key != before
    assert is_fresh(ola.client.session, within_seconds=60)


def test_a_provider_that_took_the_shortcut_is_seen_through(monkeypatch, ola):
    ago = {"auth_time": int(time.time()) - 600}
    ola.provider = a_provider(monkeypatch, claims=ago)

    answer = ola.sign_in(OLA, bekreft="ja")

    assert (answer.status_code, code_on(answer)) == (403, "LOGIN_TOO_OLD")


def test_ingrid_cannot_confirm_for_ola(ola):
    answer = ola.sign_in(INGRID, bekreft="ja")

    assert (answer.status_code, code_on(answer)) == (403, "OTHER_PERSON")
    assert ola.client.session["subject"] == OLA.subject


def test_whoever_is_not_signed_in_confirms_by_signing_in(provider):
    browser = Browser(CLINICIAN, provider)

    assert browser.sign_in(INGRID, bekreft="ja").status_code == 302


LOGINS = {
    "eight hours and a minute ago": {
        "claims": {"auth_time": int(time.time()) - 8 * HOURS - 60}
    },
    "at a moment that is none": {"claims": {"auth_time": "now"}},
    "at a moment that is true": {"claims": {"auth_time": True}},
    "at a moment not told": {"without": frozenset({"auth_time"})},
}


@pytest.mark.parametrize("lies", LOGINS.values(), ids=LOGINS.keys())
def test_a_login_at_helseid_may_not_be_old(monkeypatch, lies):
    ola = Browser(CLINICIAN, a_provider(monkeypatch, **lies))

    assert code_on(ola.sign_in(OLA)) == "LOGIN_TOO_OLD"


def test_a_login_this_morning_will_do(monkeypatch):
    earlier = {"auth_time": int(time.time()) - 7 * HOURS}
    ola = Browser(CLINICIAN, a_provider(monkeypatch, claims=earlier))

    assert ola.sign_in(OLA).status_code == 302


@pytest.mark.parametrize("session", [{}, {"authenticated_at": None}])
def test_a_session_that_does_not_know_is_not_fresh(session):
    assert not is_fresh(session, within_seconds=10**10)


def test_a_session_grows_old():
    now = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
    session = {"authenticated_at": int(now.timestamp())}

    with time_machine.travel(now + datetime.timedelta(minutes=5), tick=False):
        assert is_fresh(session, within_seconds=300)
        assert not is_fresh(session, within_seconds=299)
