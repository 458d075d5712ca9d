"""«Mine innlogginger», and what a page says when a login has ended."""

import datetime
import re
import uuid

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.utils import timezone

from access import operations
from access.models import User, UserSession
from access.vocabulary import (
    SessionEnd,
)
from portal.accounts.browsers import browser_in
from tests.cast import INGRID, KARI, OLA, SIRI, a_signed_in
from tests.portal.visiting import (
    ADMINISTRATION,
    CITIZEN,
    a_visitor,
    signed_in,
    somebody,
)

pytestmark = pytest.mark.django_db

PAGE = "/innlogging/mine/"


def session_of(visitor) -> UserSession:
    return UserSession.objects.get(pk=visitor.client.session["session"])


def elsewhere(persona, browser="Chrome, Windows") -> uuid.UUID:
    """The same person, signed in on another machine."""
    return operations.begin_session(
        a_signed_in(persona).id,
        provider=persona.issuer,
        security_level=4,
        browser=browser,
    )


def end(visitor, session_id):
    return visitor.post(f"{PAGE}{session_id}/avslutt/")


def text_of(answer) -> str:
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(plain.split())


@pytest.mark.parametrize("persona", [OLA, KARI], ids=["ola", "kari"])
def test_one_sees_where_one_is_signed_in(persona):
    visitor = a_visitor(persona)
    elsewhere(persona)

    page = text_of(visitor.get(PAGE))

    assert page.index("Firefox, Linux Denne nettleseren") < page.index(
        "Chrome, Windows"
    )
    assert "Avslutt alle andre" in page


def test_nobody_elses_login_is_there():
    kari = a_visitor(KARI)
    UserSession.objects.exclude(pk=session_of(kari).pk).delete()
    elsewhere(INGRID, "Safari, iPad")

    page = text_of(kari.get(PAGE))

    assert "Safari" not in page
    assert "Avslutt alle andre" not in page


def test_a_login_on_another_machine_is_ended_from_here():
    kari = a_visitor(KARI)
    other = a_visitor(KARI)

    assert end(kari, session_of(other).pk)["Location"] == PAGE

    answer = other.get("/innbygger/")
    assert answer["Location"].startswith("/innlogging/")
    assert "avsluttet fra «Mine innlogginger»" in text_of(other.get(answer["Location"]))
    assert kari.get("/innbygger/").status_code == 200


def test_why_is_told_once():
    kari = a_visitor(KARI)
    operations.end_session(session_of(kari).pk, reason=SessionEnd.BY_PROVIDER)
    login = kari.get("/innbygger/")["Location"]

    assert "avsluttet av innloggingstjenesten" in text_of(kari.get(login))
    assert "avsluttet" not in text_of(kari.get(login))


def test_all_others_are_ended_at_once():
    kari = a_visitor(KARI)
    others = [a_visitor(KARI), a_visitor(KARI)]

    kari.post(f"{PAGE}avslutt-andre/")

    assert kari.get(PAGE).status_code == 200
    assert [o.get(PAGE).status_code for o in others] == [302, 302]


def test_ending_the_one_in_use_is_signing_out():
    kari = a_visitor(KARI)

    answer = end(kari, session_of(kari).pk)

    assert answer["Location"] == "/innlogging/avsluttet/"
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.exists()
    assert kari.get(PAGE).status_code == 302


@pytest.mark.parametrize("whose", ["ingrid's", "nobody's", "over"])
def test_what_is_not_ones_own_to_end_is_not_there(whose):
    ola = a_visitor(OLA)
    ended = elsewhere(OLA)
    operations.end_session(ended, reason=SessionEnd.IDLE)
    ids = {"ingrid's": elsewhere(INGRID), "nobody's": uuid.UUID(int=1), "over": ended}

    assert end(ola, ids[whose]).status_code == 404
    assert UserSession.objects.get(pk=ids["ingrid's"]).ended_at is None


def test_a_citizens_cookie_ends_nothing_on_the_personnels_host():
    """Whoever brings a session from another host is nobody here."""
    kari = a_visitor(KARI)
    host = {"host": "helsepersonell.localhost:8000"}

    assert kari.client.get(PAGE, headers=host).status_code == 404
    assert kari.client.post(f"{PAGE}avslutt-andre/", headers=host).status_code == 404


def test_ending_is_never_a_link():
    kari = a_visitor(KARI)
    other = elsewhere(KARI)

    assert kari.get(f"{PAGE}{other}/avslutt/").status_code == 405
    assert UserSession.objects.get(pk=other).ended_at is None


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(31, "ikke har vært i bruk"), (61, "varte så lenge som den kan")],
)
def test_a_page_left_open_is_closed(minutes, words):
    kari = a_visitor(KARI)

    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=minutes)):
        login = kari.get("/innbygger/")["Location"]
        assert words in text_of(kari.get(login))


def test_a_fragment_of_a_page_left_open_moves_the_whole_page():
    kari = a_visitor(KARI)

    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=31)):
        answer = kari.get("/innbygger/", **{"HX-Request": "true"})

    assert answer["HX-Redirect"].startswith("/innlogging/")


def test_the_administrations_sessions_end_as_well():
    siri = a_signed_in(SIRI)
    User.objects.update(is_staff=True, is_superuser=True)
    client = somebody(ADMINISTRATION)
    session_id = signed_in(client, siri, "helseid")
    assert client.get("/forvaltning/").status_code == 200

    operations.end_session(session_id, reason=SessionEnd.BY_PROVIDER)

    assert client.get("/forvaltning/").status_code == 302


def test_a_session_from_before_sessions_were_kept_is_over():
    client = somebody(CITIZEN)
    client.force_login(a_signed_in(KARI), "access.authentication.IDPortenBackend")

    assert client.get("/innbygger/").status_code == 302
    assert "_auth_user_id" not in client.session


AGENTS = {
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0": (
        "Firefox, Linux"
    ),
    "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537 Chrome/139.0 Safari/537": (
        "Chrome, Windows"
    ),
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/139 Safari/537 Edg/139.0": (
        "Edge, Windows"
    ),
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604": (
        "Safari, iPhone"
    ),
    "Mozilla/5.0 (Linux; Android 15) Chrome/139.0 Mobile Safari/537": "Chrome, Android",
    "curl/8.5.0": "",
    "": "",
}


@pytest.mark.parametrize(("header", "name"), AGENTS.items(), ids=AGENTS.values())
def test_a_browser_in_two_words(header, name):
    assert browser_in(header) == name
