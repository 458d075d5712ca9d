"""Anyone may ask whether the service is well, and learns no more than that."""

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.api import health
from results.ingestion import journal
from results.ingestion.watch import pressure, snapshot
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def measured_anew():
    health.forget()
    pressure.forget()
    yield
    health.forget()
    pressure.forget()


def ask(**headers):
    return Client(headers={"host": "localhost:8000"}).get("/api/health", **headers)


def test_without_the_database_it_is_down(monkeypatch):
    def away():
        raise OperationalError("password authentication failed for user kari")

    monkeypatch.setattr(snapshot, "take", away)

    answer = ask()

    assert answer.status_code == 503
    assert answer.json() == {"status": "down", "reasons": ["Databasen svarer ikke."]}
    assert answer["Retry-After"] == "10"


def test_without_a_worker_it_is_degraded_and_says_why():
    answer = ask()

    assert answer.status_code == 200
    assert answer.json()["status"] == "degraded"
    assert answer.json()["reasons"] == ["Ingen arbeider har meldt fra på en stund."]


def test_all_is_well_when_a_worker_is_at_work():
    journal.note_progress()

    assert ask().json() == {"status": "ok", "reasons": []}


def test_it_is_only_read():
    answer = Client(headers={"host": "localhost:8000"}).post("/api/health")

    assert answer.status_code == 405


def test_a_token_that_is_no_good_is_not_asked_for():
    assert ask(HTTP_AUTHORIZATION="Bearer nonsense").status_code == 200


def test_it_answers_on_every_host_and_is_kept_by_nobody():
    for host in ("innbygger.localhost:8000", "forvaltning.localhost:8000"):
        answer = Client(headers={"host": host}).get("/api/health")
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "no-store"


def test_there_is_not_a_number_in_the_answer():
    cast.a_laboratory_that_may_send()

    assert not any(sign.isdigit() for sign in ask().content.decode())


def test_a_crowd_that_asks_costs_one_measurement(monkeypatch):
    monkeypatch.setattr(health, "_MEASURED_FOR", 1e9)
    with CaptureQueriesContext(connection) as asked:
        ask()
    once = len(asked)
    with CaptureQueriesContext(connection) as asked_again:
        for _asker in range(20):
            ask()

    assert once == 10
    assert len(asked_again) == 0
