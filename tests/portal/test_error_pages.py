"""When something is wrong: plain words, what to do, and nothing of what was sent."""

import pytest
from django.test import RequestFactory
from django.views import defaults

from tests import cast
from tests.portal.visiting import CITIZEN, FRONT, a_visitor, somebody

pytestmark = pytest.mark.django_db


def test_a_page_that_is_not_there():
    answer = somebody(FRONT).get("/hemmelig-navn/")

    assert answer.status_code == 404
    assert "Vi fant ikke siden" in answer.content.decode()
    assert "hemmelig-navn" not in answer.content.decode()


def test_the_page_that_is_not_there_is_in_the_readers_language():
    answer = somebody(FRONT).get("/finnes-ikke/", headers={"accept-language": "nn"})

    assert "Vi fann ikkje sida" in answer.content.decode()


def test_a_form_from_somewhere_else_is_refused_with_advice():
    from django.test import Client

    browser = Client(enforce_csrf_checks=True, headers={"host": CITIZEN})

    answer = browser.post("/sprak/", {"language": "nn"})

    assert answer.status_code == 403
    assert "Skjemaet var for gammelt" in answer.content.decode()


@pytest.mark.parametrize(
    ("view", "status", "title"),
    [
        (lambda r: defaults.server_error(r), 500, "Noe gikk galt hos oss"),
        (
            lambda r: defaults.bad_request(r, Exception("hemmelig")),
            400,
            "Vi forstod ikke",
        ),
        (
            lambda r: defaults.permission_denied(r, Exception("hemmelig")),
            403,
            "Du har ikke tilgang",
        ),
    ],
)
def test_faults_are_told_without_their_cause(view, status, title):
    answer = view(RequestFactory(headers={"host": FRONT}).get("/"))

    page = answer.content.decode()
    assert answer.status_code == status
    assert title in page
    assert "hemmelig" not in page


def test_the_language_is_changed_by_a_form_and_remembered():
    kari = a_visitor(cast.KARI)

    answer = kari.post("/sprak/", {"language": "nn", "next": "/innbygger/"})

    assert answer["Location"] == "/innbygger/"
    assert '<html lang="nn"' in kari.get("/innbygger/").content.decode()


def test_the_language_form_leads_nowhere_else():
    answer = somebody(FRONT).post(
        "/sprak/", {"language": "nn", "next": "https://example.org/"}
    )

    assert answer["Location"] == "/"
