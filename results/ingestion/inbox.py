"""The inbox is the queue: rows that wait are claimed by the batch, by their lock.

A batch that fails is halved until the culprit is alone. A message that fails five
times, or takes five workers down with it, is put aside with its bytes and an alarm.
"""

import gc
import logging
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from results import operations
from results.ingestion import journal
from results.ingestion.process import process
from results.models import ReceivedMessage
from results.operations.opting_out import hold_reservations
from results.vocabulary import AlarmKind, MessageOutcome

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
BATCH = 200
# So much content, encrypted, is held in memory at a time; one message may be larger.
BATCH_BYTES = 8 * 1024 * 1024
_GAVE_UP = "Meldingen lot seg ikke behandle etter {} forsøk. Den er tatt vare på."
_ALARM = "En melding lot seg ikke behandle og er satt i karantene."

# The database's trouble, not the message's: nothing is counted, all is tried again.
_NOT_THE_MESSAGE = (OperationalError, InterfaceError)


def drain(*, seconds: float, last_look: float = 0.0) -> int:
    """Process what waits, for at most so many seconds; how many messages were taken.

    A message that fails is put behind the others, so that it stops nobody. When nothing
    waits it is over, but not before there was a look `last_look` seconds after the
    first: what came meanwhile may not have called.
    """
    began = time.monotonic()
    count = 0
    while (passed := time.monotonic() - began) < seconds:
        if taken := _take(_waiting(), most=BATCH):
            count += taken
        elif passed < last_look:
            time.sleep(last_look - passed)
        else:
            break
    return count


def take(message_id: uuid.UUID) -> bool:
    """Process this one now; False when it is decided, or another worker has it."""
    return bool(_take(_waiting().filter(pk=message_id), most=1))


def _waiting() -> QuerySet[ReceivedMessage]:
    return ReceivedMessage.objects.filter(outcome=MessageOutcome.RECEIVED)


def _take(waiting: QuerySet[ReceivedMessage], *, most: int) -> int:
    """Claim a batch and process it; how many rows were dealt with, one way or other."""
    attempt = None
    batch: Sequence[uuid.UUID] = ()
    try:
        with transaction.atomic():
            hold_reservations()
            batch, deaths = _claim(waiting, most)
            if not batch:
                return 0
            attempt = journal.begin(batch)
            with _no_search_for_rings():
                _process_apart(_load(batch), deaths=deaths)
    finally:
        # Also when the database failed us: this worker lives, so nobody died.
        if attempt:
            with suppress(DatabaseError):
                journal.end(attempt, messages=len(batch))
    if deaths:
        journal.forget(batch[0])
    return len(batch)


@contextmanager
def _no_search_for_rings() -> Iterator[None]:
    """A batch makes a hundred thousand objects and hardly a ring among them; to search
    for rings all the while takes a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _claim(
    waiting: QuerySet[ReceivedMessage], most: int
) -> tuple[Sequence[uuid.UUID], int]:
    """The rows to process together, locked, and how many workers they have killed:
    those that a worker died with are tried alone, after all the others."""
    rows = list(
        waiting.select_for_update(skip_locked=True, no_key=True)
        .order_by("attempts", "received_at", "id")
        .values_list("id", "content_size")[:most]
    )
    deaths = journal.deaths([key for key, _ in rows])
    healthy = [(key, size) for key, size in rows if key not in deaths]
    if healthy or not rows:
        return _within_memory(healthy), 0
    suspect = rows[0][0]
    return [suspect], deaths[suspect]


def _within_memory(rows: Sequence[tuple[uuid.UUID, int]]) -> list[uuid.UUID]:
    chosen: list[uuid.UUID] = []
    room = BATCH_BYTES
    for key, size in rows:
        room -= size
        if chosen and room < 0:
            break
        chosen.append(key)
    return chosen


def _load(keys: Sequence[uuid.UUID]) -> list[ReceivedMessage]:
    return list(
        ReceivedMessage.objects.select_related("source_system")
        .filter(pk__in=keys)
        .order_by("received_at", "id")
    )


def _process_apart(batch: Sequence[ReceivedMessage], *, deaths: int = 0) -> None:
    """All together, or else in halves, so that one message fails alone."""
    if deaths and deaths + batch[0].attempts >= MOST_ATTEMPTS:
        _give_up(batch[0], attempts=deaths + batch[0].attempts)
        return
    try:
        with transaction.atomic():
            process(batch, attempts=deaths)
    except _NOT_THE_MESSAGE:
        raise
    except Exception as error:
        if len(batch) == 1:
            # Only the kind of error is told: its text may quote the message.
            logger.error("message %s failed: %s", batch[0].id, type(error).__name__)
            _count_failure(batch[0])
            return
        middle = len(batch) // 2
        _process_apart(batch[:middle])
        _process_apart(batch[middle:])


def _count_failure(failed: ReceivedMessage) -> None:
    received = ReceivedMessage.objects.get(pk=failed.pk)
    received.attempts += 1
    if received.attempts >= MOST_ATTEMPTS:
        _give_up(received, attempts=received.attempts)
    else:
        received.save(update_fields=["attempts"])


def _give_up(received: ReceivedMessage, *, attempts: int) -> None:
    received.attempts = attempts
    received.outcome = MessageOutcome.QUARANTINED
    received.processed_at = timezone.now()
    received.warnings = [_GAVE_UP.format(attempts)]
    received.save(update_fields=["attempts", "outcome", "processed_at", "warnings"])
    operations.raise_alarm(
        AlarmKind.QUARANTINE,
        key=str(received.id),
        text=_ALARM,
        organization_id=received.sender_id,
        received_message_id=received.id,
    )
