"""The watch sees what stands still, calls once, and is content when it moves again."""

import pytest
from django.conf import settings as configured
from django.db import OperationalError
from django.utils import timezone

from portal.demo import people
from results.ingestion import inbox, journal, outbox, receive, tasks
from results.ingestion.watch import alarms, snapshot
from results.ingestion.watch.troubles import Trouble
from results.models import (
    Alarm,
    OutgoingMessage,
    ProcessingAttempt,
    ReceivedMessage,
    WorkerProgress,
)

from .watched import MINUTE, MONDAY, sends

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

HOUR = 60 * MINUTE


def a_worker_is_at_work() -> None:
    journal.note_progress()


def open_alarms(kind: str):
    return Alarm.objects.filter(kind=kind, closed_at=None)


def test_all_is_well_when_a_worker_has_nothing_to_do():
    a_worker_is_at_work()

    assert snapshot.troubles() == ()


def test_a_service_without_workers_is_not_well():
    assert snapshot.troubles() == (Trouble.WORKER,)


def test_a_database_that_is_away_is_the_only_trouble_told(monkeypatch):
    def away():
        raise OperationalError("connection refused")

    monkeypatch.setattr(snapshot, "take", away)

    assert snapshot.troubles() == (Trouble.DATABASE,)


def test_a_drain_is_progress_also_when_nothing_waited():
    tasks.drain()

    assert WorkerProgress.objects.get().last_at == MONDAY


def test_a_worker_that_takes_its_leave_is_not_missed(clock):
    a_worker_is_at_work()
    tasks.take_leave()
    clock.shift(HOUR)
    alarms.raise_alarms()

    assert not open_alarms("worker").exists()


def test_a_worker_that_stands_still_is_called_for_until_it_moves(clock):
    a_worker_is_at_work()
    clock.shift(6 * MINUTE)
    alarms.raise_alarms()
    assert "ikke meldt fra" in open_alarms("worker").get().text

    a_worker_is_at_work()
    alarms.raise_alarms()
    assert not open_alarms("worker").exists()


def test_a_machine_that_never_comes_back_is_forgotten_after_a_day(clock):
    a_worker_is_at_work()
    clock.shift(25 * HOUR)
    alarms.raise_alarms()

    assert not WorkerProgress.objects.exists()
    assert not open_alarms("worker").exists()


def somebody_dies_with_what_waits() -> None:
    waiting = ReceivedMessage.objects.values_list("pk", flat=True)
    ProcessingAttempt.objects.create(worker="lab:1", message_ids=list(waiting))


def test_a_batch_somebody_died_with_is_called_for(nordlab, clock):
    sends(nordlab)
    somebody_dies_with_what_waits()
    alarms.raise_alarms()
    assert not open_alarms("worker").exists()
    clock.shift(6 * MINUTE)
    alarms.raise_alarms()

    assert open_alarms("worker").get().key == "attempt"


def test_who_died_when_all_was_done_is_not_called_for(nordlab, clock):
    sends(nordlab)
    inbox.drain(seconds=5)
    somebody_dies_with_what_waits()
    clock.shift(6 * MINUTE)
    alarms.raise_alarms()

    assert not open_alarms("worker").filter(key="attempt").exists()
    assert not ProcessingAttempt.objects.exists()


def test_a_message_that_waits_is_a_backlog_after_five_minutes(nordlab, clock):
    sends(nordlab)
    clock.shift(6 * MINUTE)
    a_worker_is_at_work()
    assert snapshot.troubles() == (Trouble.BACKLOG,)
    alarms.raise_alarms()
    assert not open_alarms("backlog").get().is_urgent

    inbox.drain(seconds=5)
    alarms.raise_alarms()
    assert not open_alarms("backlog").exists()


def test_a_receipt_nobody_takes_is_called_for_after_an_hour_and_a_day(nordlab, clock):
    sends(nordlab)
    inbox.drain(seconds=5)
    OutgoingMessage.objects.filter(kind="apprec").update(due_at=MONDAY)
    OutgoingMessage.objects.filter(kind="alarm").delete()
    clock.shift(59 * MINUTE)
    alarms.raise_alarms()
    assert not open_alarms("unsent").exists()

    clock.shift(2 * MINUTE)
    alarms.raise_alarms()
    assert [a.is_urgent for a in open_alarms("unsent")] == [False]

    clock.shift(24 * HOUR)
    alarms.raise_alarms()
    receipts = open_alarms("unsent").filter(organization_id=nordlab.organization_id)
    assert sorted(a.is_urgent for a in receipts) == [False, True]


def test_alarms_that_do_not_reach_the_operators_are_an_alarm_too(nordlab, clock):
    sends(nordlab)
    somebody_dies_with_what_waits()
    clock.shift(6 * MINUTE)
    alarms.raise_alarms()
    for _round in range(3):
        clock.shift(61 * MINUTE)
        alarms.raise_alarms()

    assert open_alarms("unsent").get().key == "send:alarm"


def receipts_of(channel, *, fetched: int, left: int) -> None:
    sends(channel)
    received = ReceivedMessage.objects.latest("received_at")
    OutgoingMessage.objects.bulk_create(
        OutgoingMessage(
            kind="apprec",
            received_message=received,
            sent_at=timezone.now() if index < fetched else None,
        )
        for index in range(fetched + left)
    )


@pytest.mark.parametrize(
    ("fetched", "left", "is_called_for"),
    [(20, 1, True), (20, 0, False), (0, 20, False), (8, 1, False)],
    ids=["one left", "all fetched", "never fetches", "too few to tell"],
)
def test_receipts_left_by_who_usually_fetches_them(
    nordlab, clock, fetched, left, is_called_for
):
    receipts_of(nordlab, fetched=fetched, left=left)
    alarms.notice_unfetched()
    assert not open_alarms("unsent").exists()
    clock.shift(25 * HOUR)
    alarms.notice_unfetched()

    assert open_alarms("unsent").exists() is is_called_for


def test_a_receipt_is_delivered_when_it_is_first_fetched(nordlab, clock):
    sends(nordlab)
    inbox.drain(seconds=5)
    received = ReceivedMessage.objects.get()
    for _time in range(2):
        receive.apprec_of(received.id, channel=nordlab)
        clock.shift(HOUR)

    assert OutgoingMessage.objects.get(kind="apprec").sent_at == MONDAY


def test_fetching_does_not_stop_what_is_to_be_sent(nordlab):
    sends(nordlab)
    inbox.drain(seconds=5)
    OutgoingMessage.objects.update(due_at=MONDAY, destination="http://127.0.0.1:9/")
    receive.apprec_of(ReceivedMessage.objects.get().id, channel=nordlab)

    assert OutgoingMessage.objects.get(kind="apprec").sent_at is None


def test_no_alarm_tells_anything_about_a_patient(nordlab, clock):
    sends(nordlab)
    clock.shift(25 * HOUR)
    ProcessingAttempt.objects.create(worker="lab:1", message_ids=[], started_at=MONDAY)
    alarms.raise_alarms()
    alarms.notice_unfetched()

    texts = " ".join(Alarm.objects.values_list("text", flat=True))
    assert texts
    for secret in (people.KARI.number, "Kari", "Prøve"):
        assert secret not in texts


def test_every_task_of_the_clock_exists_and_runs():
    from celery import current_app

    current_app.loader.import_default_modules()
    names = {entry["task"] for entry in configured.CELERY_BEAT_SCHEDULE.values()}

    assert names <= set(current_app.tasks)
    for name in sorted(n for n in names if ".ingestion." in n):
        assert current_app.tasks[name]() is None
    assert outbox.send_due(seconds=0, jitter=float) == 0
