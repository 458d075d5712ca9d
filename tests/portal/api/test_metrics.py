"""Prometheus reads figures about the work, and never about a person."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from prometheus_client.parser import text_string_to_metric_families

from portal.demo import people
from results.ingestion import inbox, journal, receive
from results.ingestion.watch import pressure
from results.models import Organization, OutgoingMessage, SourceSystem
from tests import cast
from tests.builders import a_message, a_person

pytestmark = pytest.mark.django_db

TOKEN = "0123456789abcdef" * 4
MONDAY = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def clock(settings, monkeypatch):
    settings.METRICS_TOKEN = TOKEN
    monkeypatch.setattr(receive.tasks, "wake", lambda: None)
    pressure.forget()
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller
    pressure.forget()


def ask(authorization: str | None = f"Bearer {TOKEN}"):
    headers = {"authorization": authorization} if authorization else {}
    client = Client(headers={"host": "localhost:8000"})
    return client.get("/api/metrics", headers=headers)


def figures() -> dict[tuple[str, ...], float]:
    """By name and the values of the labels."""
    families = text_string_to_metric_families(ask().content.decode())
    return {
        (sample.name.removeprefix("provesvar_"), *sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer wrong",
        f"DPoP {TOKEN}",
        f"Bearer {TOKEN[:-1]}",
        f"Bearer {TOKEN}x",
        "Bearer å",
    ],
    ids=range(8),
)
def test_without_the_token_nobody_reads(authorization):
    answer = ask(authorization)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert b"provesvar_" not in answer.content


def test_where_no_token_is_set_an_empty_one_is_no_key(settings):
    settings.METRICS_TOKEN = ""

    assert ask("Bearer ").status_code == 401
    assert ask("Bearer").status_code == 401


def test_an_empty_service_has_its_figures_too():
    answer = ask()

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain")
    assert figures()["inbox",] == figures()["outbox",] == 0


def sends(id: int, **rest) -> None:
    channel = receive.channel_of(people.NORDLAB.client_id)
    message = a_message(id=f"00000000-0000-4000-8000-{id:012}", **rest)
    receive.receive(message, channel=channel)


def test_what_waits_and_for_how_long(clock):
    cast.a_laboratory_that_may_send(cast.NORDLAB)
    sends(1)
    clock.shift(90)

    found = figures()

    assert found["inbox",] == 1
    assert found["inbox_oldest_seconds",] == 90


def test_a_producers_last_hour(clock):
    cast.a_laboratory_that_may_send(cast.NORDLAB)
    sends(1)
    sends(2, about=a_person(number="54321"))
    inbox.drain(seconds=5)
    clock.shift(60)
    nordlab = str(Organization.objects.get(name="Nordlab").id)

    found = figures()

    assert found["producer", "Nordlab", nordlab] == 1
    assert found["producer_received", nordlab] == 2
    assert found["producer_rejected", nordlab] == 1
    assert found["producer_silent_seconds", nordlab] == 60
    clock.shift(3600)
    assert figures()["producer_received", nordlab] == 0


def test_receipts_to_send_to_fetch_and_workers(clock):
    cast.a_laboratory_that_may_send(cast.NORDLAB)
    sends(1)
    inbox.drain(seconds=5)
    OutgoingMessage.objects.filter(kind="alarm").delete()
    journal.note_progress()
    clock.shift(25 * 3600)

    found = figures()

    machine = journal.worker_name().rpartition(":")[0]
    assert found["receipts_unfetched",] == 1
    assert found["worker_progress_age_seconds", machine] == 25 * 3600
    OutgoingMessage.objects.update(due_at=MONDAY)
    assert figures()["outbox_oldest_seconds",] == 25 * 3600


def test_closed_intake_and_open_alarms(settings):
    from results.operations import raise_alarm
    from results.vocabulary import AlarmKind

    raise_alarm(AlarmKind.SILENCE, key="x", text="Stille.")
    settings.DATA_VOLUME, settings.INTAKE_LEAST_ROOM = "/", 101

    found = figures()

    assert found["intake_closed", "disk"] == 1
    assert found["intake_closed", "intake-backlog"] == 0
    assert 0 < found["disk_free_ratio",] < 1
    assert found["alarms_open", "silence"] == 1
    assert found["alarms_open", "tie"] == 0


def test_nobody_is_in_a_label(settings):
    """Not even where a laboratory's name has been filled in with a number."""
    cast.a_laboratory_that_may_send(cast.NORDLAB)
    sends(1)
    inbox.drain(seconds=5)
    Organization.objects.filter(name="Nordlab").update(name=f"Lab {people.KARI.number}")
    SourceSystem.objects.update(name=people.KARI.name)

    text = ask().content.decode()

    for secret in (people.KARI.number, people.KARI.name, "Kari"):
        assert secret not in text


def test_it_costs_the_same_however_many_produce():
    costs = []
    for laboratory in (cast.NORDLAB, cast.FJORDLAB, cast.FJORD_RADIOLOGI):
        cast.a_laboratory_that_may_send(laboratory)
        with CaptureQueriesContext(connection) as asked:
            ask()
        costs.append(len(asked))
        pressure.forget()

    assert costs == [14, 14, 14]
