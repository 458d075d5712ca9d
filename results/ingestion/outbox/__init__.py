"""Receipts and alarms go out, each until it is taken, and no slower for the others."""

import time
import uuid
from collections.abc import Callable, Iterable

from results.ingestion.outbox import queue
from results.ingestion.outbox.delivery import NotDelivered, deliver
from results.ingestion.outbox.intervals import wait_before_next
from results.models import OutgoingMessage
from results.vocabulary import OutgoingKind

# Of a notice: most of two days. What is older is no news; others are tried for ever.
MOST_ATTEMPTS = 12

__all__ = ["fetched", "send_due"]


def send_due(*, seconds: float, jitter: Callable[[], float]) -> int:
    """Send what is due, for at most so many seconds; how many were taken.

    Claimed and committed first, then sent, then recorded: no lock is held while the
    other end thinks. Who dies in between leaves a claim that runs out, and the message
    goes again under the same idempotency key. An end that fails is left alone for the
    rest of the round. `jitter` gives 0 to 1.
    """
    deadline = time.monotonic() + seconds
    failing: list[str] = []
    sent = 0
    while time.monotonic() < deadline and (letter := queue.claim(failing)):
        if _send(letter, jitter=jitter()):
            sent += 1
        else:
            failing.append(letter.destination)
    return sent


def fetched(ids: Iterable[uuid.UUID]) -> None:
    """Their sender has fetched these receipts, which nobody was to send."""
    queue.mark_fetched(ids)


def _send(letter: OutgoingMessage, *, jitter: float) -> bool:
    try:
        deliver(letter)
    except NotDelivered as error:
        if letter.kind == OutgoingKind.NOTICE and letter.attempts >= MOST_ATTEMPTS:
            queue.give_up(letter, problem=error.reason)
            return False
        wait = wait_before_next(letter.attempts, jitter=jitter)
        queue.put_off(letter, wait=wait, problem=error.reason)
        return False
    queue.mark_sent(letter)
    return True
