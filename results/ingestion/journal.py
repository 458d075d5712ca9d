"""What is being tried, written where a lost transaction cannot take it along."""

import os
import socket
import uuid
from collections import Counter
from collections.abc import Sequence

from django.conf import settings
from django.db import connections
from django.utils import timezone

from results.models import ProcessingAttempt, WorkerProgress
from results.models.uuids import new_id
from results.vocabulary import MessageOutcome

_FORGET = """
    UPDATE results_processingattempt SET message_ids = array_remove(message_ids, %s)
    WHERE %s = ANY(message_ids)
"""
_TIDY = """
    DELETE FROM results_processingattempt a WHERE NOT EXISTS (
        SELECT FROM results_receivedmessage m
        WHERE m.id = ANY(a.message_ids) AND m.outcome = %s
    )
"""
_PROGRESS = """
    INSERT INTO results_workerprogress (worker, last_at, messages) VALUES (%s, %s, %s)
    ON CONFLICT (worker) DO UPDATE SET
        last_at = EXCLUDED.last_at,
        messages = results_workerprogress.messages + EXCLUDED.messages
"""

# Attempts of this process that the database was too ill to let it end: it lives, and
# nobody is to think otherwise once the database is well.
_unended: set[uuid.UUID] = set()


def deaths(message_ids: Sequence[uuid.UUID]) -> Counter[uuid.UUID]:
    """How many workers died with each of these messages in hand.

    Call with the rows locked: an attempt that names a row we hold is nobody's any more.
    """
    if _unended:
        _end()
    wanted = set(message_ids)
    left = ProcessingAttempt.objects.using(settings.JOURNAL_DATABASE)
    return Counter(
        message_id
        for batch in left.values_list("message_ids", flat=True)
        for message_id in batch
        if message_id in wanted
    )


def begin(message_ids: Sequence[uuid.UUID]) -> uuid.UUID:
    """Write down that these are being tried, before they are; the attempt's key."""
    attempt = ProcessingAttempt(
        id=new_id(), worker=worker_name(), message_ids=list(message_ids)
    )
    attempt.save(using=settings.JOURNAL_DATABASE, force_insert=True)
    return attempt.id


def end(attempt_id: uuid.UUID, *, messages: int) -> None:
    """The attempt is over, whatever came of it, and its worker lives."""
    _unended.add(attempt_id)
    _end()
    with connections[settings.JOURNAL_DATABASE].cursor() as cursor:
        cursor.execute(_PROGRESS, [worker_name(), timezone.now(), messages])


def _end() -> None:
    ended = list(_unended)
    with connections[settings.JOURNAL_DATABASE].cursor() as cursor:
        cursor.execute(
            "DELETE FROM results_processingattempt WHERE id = ANY(%s)", [ended]
        )
    _unended.difference_update(ended)


def forget(message_id: uuid.UUID) -> None:
    """The message is decided, or begins anew: deaths count no longer."""
    with connections[settings.JOURNAL_DATABASE].cursor() as cursor:
        cursor.execute(_FORGET, [message_id, message_id])
        cursor.execute("DELETE FROM results_processingattempt WHERE message_ids = '{}'")


def tidy() -> None:
    """Attempts whose messages are all decided tell of a worker that died, or lost the
    database, after its work was done: nobody's deaths any more."""
    with connections[settings.JOURNAL_DATABASE].cursor() as cursor:
        cursor.execute(_TIDY, [MessageOutcome.RECEIVED])


def note_progress() -> None:
    """This worker has been through a round, whether there was anything or not."""
    with connections[settings.JOURNAL_DATABASE].cursor() as cursor:
        cursor.execute(_PROGRESS, [worker_name(), timezone.now(), 0])


def take_leave() -> None:
    """This worker ends in good order, and is not to be missed."""
    progress = WorkerProgress.objects.using(settings.JOURNAL_DATABASE)
    progress.filter(worker=worker_name()).delete()


def worker_name() -> str:
    """Machine and process: tells workers apart, says nothing of a person."""
    return f"{socket.gethostname()}:{os.getpid()}"
