"""Which message goes next, whose it is meanwhile, and what came of it."""

import datetime
import uuid
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from results.models import OutgoingMessage
from results.operations import raise_alarm
from results.vocabulary import AlarmKind, OutgoingKind

# Longer than a delivery may take (see `delivery`), and than a task may live.
LEASE = datetime.timedelta(minutes=2)
_SHOWN = 200


@transaction.atomic
def claim(failing: Sequence[str]) -> OutgoingMessage | None:
    """The message that has been due longest, ours until its lease is out; not one to
    those who fail. Committed when this returns, unless the caller holds a transaction.
    """
    now = timezone.now()
    letter = (
        _unsent()
        .filter(Q(claimed_until=None) | Q(claimed_until__lte=now), due_at__lte=now)
        .exclude(destination__in=failing)
        .select_for_update(skip_locked=True, no_key=True)
        .order_by("due_at", "id")
        .first()
    )
    if letter:
        letter.claimed_until = now + LEASE
        letter.attempts += 1
        letter.save(update_fields=["claimed_until", "attempts"])
    return letter


@transaction.atomic
def mark_sent(letter: OutgoingMessage) -> None:
    """It is taken. Where its destination had failed, the others go at once."""
    now = timezone.now()
    OutgoingMessage.objects.filter(pk=letter.pk).update(
        sent_at=now, claimed_until=None, problem=""
    )
    # What was said of a message whose bytes are erased was for its sender alone.
    OutgoingMessage.objects.filter(
        pk=letter.pk, received_message__purged_at__isnull=False
    ).update(content_encrypted=None)
    if letter.kind == OutgoingKind.NOTICE:
        OutgoingMessage.objects.filter(pk=letter.pk).update(content_encrypted=None)
    if letter.attempts > 1:
        _put(_others(letter).filter(due_at__gt=now), due_at=now)


@transaction.atomic
def put_off(letter: OutgoingMessage, *, wait: datetime.timedelta, problem: str) -> None:
    """It goes again after so long, and nothing goes to its destination before: one is
    enough to see whether it is back. A claim that another has taken over stays."""
    due_at = timezone.now() + wait
    OutgoingMessage.objects.filter(
        pk=letter.pk, claimed_until=letter.claimed_until, sent_at=None
    ).update(due_at=due_at, claimed_until=None, problem=problem[:_SHOWN])
    _put(_others(letter).filter(due_at__lt=due_at), due_at=due_at)


@transaction.atomic
def give_up(letter: OutgoingMessage, *, problem: str) -> None:
    """It is not tried again, and its content goes; operators are called."""
    OutgoingMessage.objects.filter(pk=letter.pk, sent_at=None).update(
        due_at=None,
        claimed_until=None,
        content_encrypted=None,
        problem=problem[:_SHOWN],
    )
    raise_alarm(
        AlarmKind.UNSENT,
        key=f"notice:{letter.destination.partition(':')[0]}",
        text="Varsler til pasienter lot seg ikke sende og er gitt opp.",
    )


def mark_fetched(ids: Iterable[uuid.UUID]) -> None:
    """Receipts that wait for their sender are delivered when it has fetched them."""
    OutgoingMessage.objects.filter(pk__in=ids, sent_at=None, due_at=None).update(
        sent_at=timezone.now()
    )


def _unsent() -> QuerySet[OutgoingMessage]:
    return OutgoingMessage.objects.filter(sent_at=None, due_at__isnull=False)


def _others(letter: OutgoingMessage) -> QuerySet[OutgoingMessage]:
    others = _unsent().filter(destination=letter.destination, claimed_until=None)
    return others.exclude(pk=letter.pk)


def _put(letters: QuerySet[OutgoingMessage], *, due_at: datetime.datetime) -> None:
    """Those that someone else has in hand are left to them."""
    free = letters.select_for_update(skip_locked=True, no_key=True).values("pk")
    OutgoingMessage.objects.filter(pk__in=free).update(due_at=due_at)
