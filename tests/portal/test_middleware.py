"""Each audience on its own host, nothing kept, and a lost session that says so."""

import uuid

import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from access.models import User
from access.terms import ANONYMOUS
from portal.middleware import SecurityHeadersMiddleware, ViewerMiddleware, audience_of
from tests import cast
from tests.portal.visiting import (
    ADMINISTRATION,
    CITIZEN,
    CLINICIAN,
    FRONT,
    PRODUCER,
    a_visitor,
    somebody,
)

pytestmark = pytest.mark.django_db

NOBODY = uuid.UUID(int=1)
PLACES = {
    FRONT: "/",
    CLINICIAN: "/helsepersonell/",
    CITIZEN: "/innbygger/",
    ADMINISTRATION: "/forvaltning/",
    PRODUCER: "/produsent/",
}


@pytest.mark.parametrize("host", PLACES)
@pytest.mark.parametrize("path", ["/helsepersonell/", "/innbygger/", "/forvaltning/"])
def test_an_audiences_pages_do_not_exist_on_other_hosts(host, path):
    answer = somebody(host).get(path)

    assert answer.status_code == (302 if PLACES[host] == path else 404)


@pytest.mark.parametrize("host", [CLINICIAN, CITIZEN, ADMINISTRATION, PRODUCER])
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


CLOSED_TO_ALL_BUT_OURSELVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}


def a_page_of_each_audience():
    siri = a_visitor(cast.SIRI)
    User.objects.filter(name=cast.SIRI.name).update(is_staff=True, is_superuser=True)
    return {
        "front": somebody(FRONT).get("/"),
        "clinician": a_visitor(cast.OLA).get("/helsepersonell/"),
        "refused": a_visitor(cast.HEGE).get(f"/helsepersonell/pasient/{NOBODY}/"),
        "citizen": a_visitor(cast.KARI).get("/innbygger/"),
        "log": a_visitor(cast.KARI).get("/innbygger/hvem-har-sett/"),
        "administration": siri.client.get(
            "/forvaltning/", headers={"host": ADMINISTRATION}
        ),
        "missing": somebody(CLINICIAN).get("/finnes-ikke/"),
        "to-login": somebody(CITIZEN).get("/innbygger/"),
    }


def test_what_is_demanded_of_every_page_holds_on_every_audiences_pages():
    for name, answer in a_page_of_each_audience().items():
        for header, value in SecurityHeadersMiddleware.HEADERS.items():
            assert answer[header] == value, name
        assert policy_of(answer) == CLOSED_TO_ALL_BUT_OURSELVES, name
        assert answer["X-Frame-Options"] == "DENY", name
        assert answer["Referrer-Policy"] == "same-origin", name


def policy_of(answer) -> dict[str, str]:
    directives = answer["Content-Security-Policy"].split(";")
    return dict(d.strip().split(" ", 1) for d in directives if d.strip())


def test_the_headers_are_those_that_were_decided():
    """Named here too, so that none is loosened by editing the list alone."""
    headers = SecurityHeadersMiddleware.HEADERS

    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"


def test_karis_expired_session_moves_the_whole_page_of_a_fragment():
    """Through every layer: the session is gone when the fragment is asked for."""
    kari = a_visitor(cast.KARI)
    kari.client.session.flush()

    answer = kari.get("/innbygger/", **{"HX-Request": "true"})

    assert answer.status_code == 200
    assert answer["HX-Redirect"] == "/innlogging/?next=/innbygger/"
    assert answer.content == b""


@pytest.mark.parametrize("provider", ["idporten", "", None])
def test_a_session_from_another_host_is_nobodys(rf, provider):
    request = rf.get("/helsepersonell/")
    request.audience = "clinician"
    request.session = {"provider": provider, "security_level": 4}
    request.user = User(name="Kari Prøve", patient_id=uuid.uuid4())

    ViewerMiddleware(lambda r: HttpResponse())(request)

    assert request.viewer is ANONYMOUS
