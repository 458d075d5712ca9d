"""The inbox is the queue: rows that wait are claimed, one at a time, by their lock."""

import logging
import time
import uuid

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from results.ingestion.process import process
from results.models import ReceivedMessage
from results.vocabulary import MessageOutcome

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
_GAVE_UP = "Meldingen lot seg ikke behandle etter {} forsøk. Den er tatt vare på."


def drain(*, seconds: float) -> int:
    """Process what waits, for at most so many seconds; how many messages were taken.

    A message that fails is put behind the others, so that it stops nobody.
    """
    deadline = time.monotonic() + seconds
    count = 0
    while time.monotonic() < deadline and _take_next(_waiting()):
        count += 1
    return count


def take(message_id: uuid.UUID) -> bool:
    """Process this one now; False when it is decided, or another worker has it."""
    return _take_next(_waiting().filter(pk=message_id))


def _waiting() -> QuerySet[ReceivedMessage]:
    return ReceivedMessage.objects.filter(
        outcome=MessageOutcome.RECEIVED, attempts__lt=MOST_ATTEMPTS
    )


@transaction.atomic
def _take_next(waiting: QuerySet[ReceivedMessage]) -> bool:
    received = (
        waiting.select_for_update(skip_locked=True, no_key=True, of=("self",))
        .order_by("attempts", "received_at", "id")
        .first()
    )
    if received is None:
        return False
    try:
        process(received)
    except Exception as error:
        # Whatever it was, the bytes are safe and the next message must not wait. Only
        # the kind of error is told: its text may quote the message.
        logger.error("message %s failed: %s", received.id, type(error).__name__)
        _count_failure(received.id)
    return True


def _count_failure(message_id: uuid.UUID) -> None:
    received = ReceivedMessage.objects.get(pk=message_id)
    received.attempts += 1
    if received.attempts >= MOST_ATTEMPTS:
        received.outcome = MessageOutcome.QUARANTINED
        received.processed_at = timezone.now()
        received.warnings = [_GAVE_UP.format(received.attempts)]
    received.save()
