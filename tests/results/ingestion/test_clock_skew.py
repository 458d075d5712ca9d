"""Clocks are wrong, Nordlab's and ours; what its sender says decides the order."""

import datetime

import pytest
import time_machine

from portal.demo import people
from results.ingestion import inbox, receive
from results.ingestion.watch import pressure
from results.models import DiagnosticReportVersion, ReceivedMessage
from tests import cast
from tests.builders import a_message

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 3, 2, 12, 5, tzinfo=datetime.UTC)
TWO_DAYS = datetime.timedelta(days=2)


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setattr(receive.tasks, "wake", lambda: None)
    cast.a_laboratory_that_may_send(cast.NORDLAB)
    pressure.forget()
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller
    pressure.forget()


def sends(number: int, at: datetime.datetime, **said) -> str:
    id = f"00000000-0000-4000-8000-{number:012}"
    content = a_message(id=id, generated_at=at.replace(tzinfo=None), **said)
    receive.receive(content, channel=receive.channel_of(people.NORDLAB.client_id))
    inbox.drain(seconds=5)
    return id


def current() -> str:
    return DiagnosticReportVersion.objects.get(is_current=True).message_key


@pytest.mark.parametrize("ahead", [TWO_DAYS, datetime.timedelta(days=27_000)], ids=str)
def test_what_is_dated_ahead_is_taken_in_and_stays_the_latest(clock, ahead):
    first = sends(1, NOW + ahead)
    sends(2, NOW, service_type="M")

    assert current() == first
    assert ReceivedMessage.objects.filter(outcome="stored").count() == 2


def test_what_is_dated_behind_is_taken_in_and_is_overtaken(clock):
    sends(1, NOW - TWO_DAYS)
    second = sends(2, NOW - TWO_DAYS + datetime.timedelta(minutes=1), service_type="M")

    assert current() == second


@pytest.mark.parametrize("wrong", [TWO_DAYS, -TWO_DAYS], ids=["ahead", "behind"])
def test_our_own_clock_may_be_set_right_between_two_steps(clock, wrong, monkeypatch):
    """Received by one clock, processed by another: never before it came."""
    drain = inbox.drain
    monkeypatch.setattr(inbox, "drain", lambda *, seconds: None)
    clock.move_to(NOW + wrong)
    sends(1, NOW)
    clock.move_to(NOW)
    drain(seconds=5)

    message = ReceivedMessage.objects.get()
    assert (message.outcome, message.received_at) == ("stored", NOW + wrong)
    assert message.processed_at == max(NOW, NOW + wrong)


def test_the_hour_that_comes_twice_is_taken_in(clock):
    """25 October 2026 at half past two, without a zone."""
    night = datetime.datetime(2026, 10, 25, 2, 30, tzinfo=datetime.UTC)
    sends(1, night)
    later = sends(2, night + datetime.timedelta(hours=1), service_type="M")

    assert current() == later
