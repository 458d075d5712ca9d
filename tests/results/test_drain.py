"""The work gets done without a broker: `manage.py drain`, once or by the clock."""

import logging

import pytest
from celery import current_app
from django.core.management import call_command

from portal.demo import people
from results.ingestion import inbox, receive, tasks
from results.management.commands import drain
from results.models import ReceivedMessage, WorkerProgress
from results.operations import register_organization
from tests.builders import a_message

pytestmark = pytest.mark.django_db


@pytest.fixture
def a_message_waits(monkeypatch):
    monkeypatch.setattr(receive.tasks, "wake", lambda: None)
    nordlab = register_organization(
        name="Nordlab", her_id=people.NORDLAB.organization.her_id
    )
    receive.receive(a_message(), channel=receive.Channel(nordlab.id))


@pytest.fixture
def clock(monkeypatch):
    """Beat's clock with the schedule of the settings, everything due at once; the
    connection is the test's own, and stays."""
    monkeypatch.setattr(drain, "close_old_connections", lambda: None)
    current_app.loader.import_default_modules()
    clock = drain.OwnHands(current_app, lazy=True)
    clock.setup_schedule()
    return clock


def entry_of(clock, task: str):
    return next(e for e in clock.schedule.values() if e.task.endswith(task))


def test_once_is_until_nothing_waits(a_message_waits):
    call_command("drain")

    assert ReceivedMessage.objects.get().outcome == "stored"
    assert WorkerProgress.objects.exists()


def test_the_clock_has_everything_that_beat_has_and_nothing_of_celerys(clock, settings):
    tasks_of_beat = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert {entry.task for entry in clock.schedule.values()} == tasks_of_beat
    assert tasks_of_beat <= set(current_app.tasks)


def test_what_is_due_is_done_here_and_sent_to_no_broker(
    a_message_waits, clock, monkeypatch
):
    monkeypatch.setattr(tasks.drain, "apply_async", None)

    clock.apply_entry(entry_of(clock, ".drain"))

    assert ReceivedMessage.objects.get().outcome == "stored"


def test_what_fails_is_told_without_its_words_and_the_clock_goes_on(
    clock, monkeypatch, caplog
):
    def fails(**how_long):
        raise MemoryError(people.KARI.number)

    monkeypatch.setattr(inbox, "drain", fails)
    with caplog.at_level(logging.ERROR):
        clock.apply_entry(entry_of(clock, ".drain"))

    assert "drain failed: MemoryError" in caplog.text
    assert people.KARI.number not in caplog.text


def test_for_ever_is_until_somebody_stops_it(monkeypatch):
    """Also when beat's clock says that the next thing is already late."""
    waits = iter([0, -0.003, 0])

    def tick(self):
        wait = next(waits, None)
        if wait is None:
            raise KeyboardInterrupt
        return wait

    monkeypatch.setattr(drain.OwnHands, "tick", tick)

    call_command("drain", "--forever")

    assert next(waits, "none left") == "none left"
