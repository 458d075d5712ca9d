"""Each audience on its own host, nothing kept, and a lost session that says so."""

import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from portal.middleware import SecurityHeadersMiddleware, ViewerMiddleware, audience_of
from tests.portal.visiting import (
    ADMINISTRATION,
    CITIZEN,
    CLINICIAN,
    FRONT,
    somebody,
)

pytestmark = pytest.mark.django_db

PLACES = {
    FRONT: "/",
    CLINICIAN: "/helsepersonell/",
    CITIZEN: "/innbygger/",
    ADMINISTRATION: "/forvaltning/",
}


@pytest.mark.parametrize("host", PLACES)
@pytest.mark.parametrize("path", ["/helsepersonell/", "/innbygger/", "/forvaltning/"])
def test_an_audiences_pages_do_not_exist_on_other_hosts(host, path):
    answer = somebody(host).get(path)

    assert answer.status_code == (302 if PLACES[host] == path else 404)


@pytest.mark.parametrize("host", [CLINICIAN, CITIZEN, ADMINISTRATION])
def test_a_bare_host_leads_to_its_own_entrance(host):
    answer = somebody(host).get("/")

    assert answer["Location"] == PLACES[host]


@pytest.mark.parametrize("host", [*PLACES, "127.0.0.1:8000"])
def test_systems_may_call_any_host(host):
    assert somebody(host).post("/api/messages").status_code == 401


def test_the_address_itself_is_nobodys_entrance():
    assert somebody("127.0.0.1:8000").get("/").status_code == 404
    assert somebody("127.0.0.1:8000").get("/innbygger/").status_code == 404


def test_a_host_we_do_not_serve_is_refused_in_plain_words():
    answer = somebody("helsepersonell.example").get("/")

    assert answer.status_code == 400
    assert "Vi forstod ikke forespørselen" in answer.content.decode()


@pytest.mark.parametrize("host", ["HELSEPERSONELL.localhost:8000", CLINICIAN])
def test_hosts_are_known_whatever_their_letters(host):
    assert audience_of(RequestFactory(headers={"host": host}).get("/")) == "clinician"


@pytest.mark.parametrize(
    "path", ["/", "/finnes-ikke/", "/innlogging/", "/api/messages"]
)
def test_nothing_is_kept_framed_or_indexed(path):
    answer = somebody(FRONT).get(path)

    for name, value in SecurityHeadersMiddleware.HEADERS.items():
        assert answer[name] == value
    assert answer["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_a_style_sheet_may_be_kept():
    answer = somebody(FRONT).get("/static/portal.css")

    assert answer.status_code == 200
    assert "no-store" not in answer.get("Cache-Control", "")
    answer.close()


def through_viewer_middleware(response, *, htmx):
    request = RequestFactory().get("/innbygger/")
    request.user, request.session, request.htmx = None, {}, htmx
    return ViewerMiddleware(lambda _request: response)(request)


def test_a_fragment_that_lost_its_session_moves_the_whole_page():
    """A browser would follow a plain redirect silently and swap nothing in."""
    to_login = HttpResponseRedirect("/innlogging/?next=/innbygger/")

    answer = through_viewer_middleware(to_login, htmx=True)

    assert answer.status_code == 200
    assert answer["HX-Redirect"] == "/innlogging/?next=/innbygger/"


@pytest.mark.parametrize(
    ("response", "htmx"),
    [
        (HttpResponseRedirect("/innlogging/"), False),
        (HttpResponseRedirect("/innbygger/"), True),
        (HttpResponse("svar"), True),
    ],
)
def test_everything_else_passes_as_it_is(response, htmx):
    assert through_viewer_middleware(response, htmx=htmx) is response
