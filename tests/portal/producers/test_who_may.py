"""The bench is for all where messages are synthetic, and nowhere else."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

from deploy.check import PRODUCTION
from tests import cast
from tests.portal.producers.bench import BENCH, drop
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

PAGES = [BENCH, f"{BENCH}godkjenning/", f"{BENCH}eksempler/blodprover/"]
EVERYONE = [cast.OLA, cast.KARI, cast.SIRI]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("host", [FRONT, CLINICIAN, CITIZEN, ADMINISTRATION])
def test_its_pages_exist_on_no_other_host(host, path):
    assert somebody(host).get(path).status_code == 404


@pytest.mark.parametrize("path", ["/helsepersonell/", "/innbygger/", "/forvaltning/"])
def test_no_other_audiences_pages_exist_on_its_host(path):
    assert somebody(PRODUCER).get(path).status_code == 404


@pytest.mark.parametrize("path", [*PAGES, f"{BENCH}resultat/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_where_it_is_switched_off_it_does_not_exist(settings, path, method):
    settings.TEST_BENCH_IS_OPEN = False

    assert getattr(somebody(PRODUCER), method)(path).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_nobody_needs_to_sign_in(path):
    assert somebody(PRODUCER).get(path).status_code == 200


@pytest.mark.parametrize("persona", EVERYONE, ids=["ola", "kari", "siri"])
def test_who_has_signed_in_elsewhere_is_nobody_here(persona):
    client = a_visitor(persona).client

    page = client.get(BENCH, headers={"host": PRODUCER}).content.decode()

    assert persona.name not in page


def test_a_message_from_another_page_is_not_taken():
    """The form carries a secret of ours; without it nothing is read."""
    client = Client(enforce_csrf_checks=True, headers={"host": PRODUCER})

    assert client.post(BENCH, {"example": "blodprover"}).status_code == 403
    assert client.post(f"{BENCH}resultat/", {"result": "x"}).status_code == 403


def test_a_form_with_its_secret_is_taken():
    client = Client(enforce_csrf_checks=True, headers={"host": PRODUCER})
    client.get(BENCH)
    form = {
        "example": "blodprover",
        "csrfmiddlewaretoken": client.cookies["csrftoken"].value,
    }

    assert client.post(BENCH, form).status_code == 200


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_only_listed_methods(method):
    assert getattr(somebody(PRODUCER), method)(BENCH).status_code == 405


def test_it_is_not_linked_to_where_it_is_not(settings):
    hosts = {k: v for k, v in settings.AUDIENCE_HOSTS.items() if k != "producer"}
    settings.AUDIENCE_HOSTS = hosts

    assert b"Test en melding" not in somebody(FRONT).get("/").content


def test_it_is_linked_to_where_it_is():
    assert b"http://produsent.localhost:8000/" in somebody(FRONT).get("/").content


def test_a_visit_leaves_no_session_behind():
    answer = drop(b"<a/>")

    assert "sessionid" not in answer.cookies


def setting_in(environment: dict[str, str]) -> str:
    """Whether the bench is open, and its host, as a fresh process reads them."""
    code = (
        "from portal import settings as s;"
        "print(s.TEST_BENCH_IS_OPEN, s.AUDIENCE_HOSTS.get('producer'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={**os.environ, **PRODUCTION, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"PROVESVAR_TEST_BENCH": "open"}, "False None"),
        ({"PROVESVAR_ENVIRONMENT": "test"}, "True produsent.provesvar.invalid"),
        (
            {"PROVESVAR_ENVIRONMENT": "test", "PROVESVAR_TEST_BENCH": "off"},
            "False None",
        ),
    ],
    ids=["production, whatever is asked", "test", "test, switched off"],
)
def test_production_has_no_bench(environment, said):
    assert setting_in(environment) == said
