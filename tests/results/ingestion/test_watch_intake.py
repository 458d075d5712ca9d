"""Intake closes in good time, says when to come back, and reading goes on."""

import shutil
from types import SimpleNamespace

import pytest

from results.ingestion import inbox, receive
from results.ingestion.watch import alarms, pressure
from results.ingestion.watch.troubles import Trouble
from results.models import Alarm, ReceivedMessage
from tests.builders import a_message

from .watched import MINUTE, MONDAY, sends

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def disk(free: int):
    return lambda path: SimpleNamespace(total=1000, used=1000 - free, free=free)


def test_intake_closes_before_the_disk_is_full(nordlab, settings, monkeypatch):
    settings.INTAKE_LEAST_ROOM, settings.DATA_VOLUME = 20, "/"
    monkeypatch.setattr(shutil, "disk_usage", disk(free=199))

    with pytest.raises(receive.IntakeClosed) as refused:
        sends(nordlab)

    assert refused.value.trouble is Trouble.DISK
    assert refused.value.retry_after == 120
    assert not ReceivedMessage.objects.exists()


def test_a_disk_with_just_enough_room_or_none_named_closes_nothing(
    settings, monkeypatch
):
    settings.INTAKE_LEAST_ROOM, settings.DATA_VOLUME = 20, "/"
    monkeypatch.setattr(shutil, "disk_usage", disk(free=200))
    assert pressure.measure() is None
    monkeypatch.setattr(shutil, "disk_usage", disk(free=0))
    settings.DATA_VOLUME = ""
    assert pressure.measure() is None
    settings.DATA_VOLUME = "/nowhere/at/all"
    monkeypatch.undo()
    assert pressure.free_room() is None


def test_intake_closes_when_messages_have_waited_a_quarter(nordlab, clock):
    sends(nordlab)
    clock.shift(14 * MINUTE)
    pressure.forget()
    sends(nordlab, 2)
    clock.shift(2 * MINUTE)
    pressure.forget()

    with pytest.raises(receive.IntakeClosed) as refused:
        sends(nordlab, 3)
    assert refused.value.trouble is Trouble.INTAKE_BACKLOG

    inbox.drain(seconds=5)
    pressure.forget()
    sends(nordlab, 3)


def test_intake_closes_when_quarantine_is_full(nordlab, settings):
    settings.INTAKE_MOST_IN_QUARANTINE = 1
    for number in (1, 2):
        sends(nordlab, number)
        ReceivedMessage.objects.update(outcome="quarantined", processed_at=MONDAY)
        pressure.forget()

    assert pressure.why_closed() is Trouble.INTAKE_QUARANTINE
    alarms.raise_alarms()
    assert Alarm.objects.get(kind="backlog").is_urgent


def test_it_is_measured_once_a_second(django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(pressure, "_MEASURED_FOR", 1e9)
    with django_assert_num_queries(2):
        assert [pressure.why_closed() for _message in range(50)] == [None] * 50


def test_an_operator_is_let_in_also_then(nordlab, settings):
    settings.INTAKE_MOST_IN_QUARANTINE = 0
    sends(nordlab)
    ReceivedMessage.objects.update(outcome="quarantined", processed_at=MONDAY)
    pressure.forget()

    account = receive.receive_from_operator(
        a_message(id="00000000-0000-4000-8000-000000000009"), sender_her_id=None
    )

    assert account.outcome != "received"
