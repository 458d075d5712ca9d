"""Celery: wake, and do what the clock asks; a task carries nothing."""

import logging
import random
import time
from contextlib import suppress

from celery import shared_task
from django.db import DatabaseError

from results.ingestion import erasing, inbox, journal, outbox
from results.ingestion.watch import alarms, producers

logger = logging.getLogger(__name__)

DRAIN_SECONDS = 30.0
SEND_SECONDS = 20.0
_WAKE_EXPIRES = 30
# One call is for all that come in so long: whoever is woken looks once more after it.
_CALL_LASTS = 0.2
_LAST_LOOK = 0.25
# A broker that is away is left alone so long, that not every caller waits for it.
_LEFT_ALONE = 5.0
_quiet_until = 0.0


@shared_task
def drain() -> None:
    """Process what waits; runs when woken, and every few seconds by the clock."""
    inbox.drain(seconds=DRAIN_SECONDS, last_look=_LAST_LOOK)
    journal.note_progress()


@shared_task
def send_outbox() -> None:
    """Send receipts and alarms that are due."""
    outbox.send_due(seconds=SEND_SECONDS, jitter=random.random)


@shared_task
def erase_reserved() -> None:
    """What lies about of patients who want nothing stored."""
    erasing.erase_unread()


@shared_task
def raise_alarms() -> None:
    """Backlog, workers and outbox."""
    alarms.raise_alarms()


@shared_task
def notice_unfetched() -> None:
    """Receipts left lying by those who usually fetch them."""
    alarms.notice_unfetched()


@shared_task
def learn_habits() -> None:
    """When each producer usually sends."""
    producers.learn_habits()


@shared_task
def notice_silence() -> None:
    """Producers that have stopped sending."""
    producers.notice_silence()


def wake() -> None:
    """Tell a worker that there is work. A dead broker costs a moment, never a message:
    the clock finds what lies."""
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return
    _quiet_until = time.monotonic() + _CALL_LASTS
    try:
        drain.apply_async(expires=_WAKE_EXPIRES, retry_policy={"max_retries": 0})
    except Exception as error:
        _quiet_until = time.monotonic() + _LEFT_ALONE
        logger.warning("could not wake a worker: %s", type(error).__name__)


def take_leave() -> None:
    """This worker ends in good order."""
    with suppress(DatabaseError):
        journal.take_leave()
