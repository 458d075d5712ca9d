"""The service at a moment, in a fixed number of queries."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import DatabaseError, connection, transaction
from django.db.models import Count, Min, Q
from django.utils import timezone

from results.ingestion.watch import pressure
from results.ingestion.watch.troubles import Trouble
from results.models import (
    Alarm,
    OutgoingMessage,
    ProcessingAttempt,
    ReceivedMessage,
    SourceSystem,
    WorkerProgress,
)
from results.vocabulary import MessageOutcome

LONGEST_WAIT = datetime.timedelta(minutes=5)
LONGEST_REST = datetime.timedelta(minutes=5)
LONGEST_UNSENT = datetime.timedelta(hours=1)
# Receipts that wait for their sender count from the first age to the second.
UNFETCHED = (datetime.timedelta(hours=24), datetime.timedelta(days=7))
# Whoever watches must not be kept waiting by what is watched.
_PATIENCE = "SET LOCAL statement_timeout = '3s'"
_RATES = """
    SELECT o.id, o.name, count(m.id), count(m.id) FILTER (WHERE m.outcome = 'rejected'),
           (SELECT max(received_at) FROM results_receivedmessage WHERE sender_id = o.id)
    FROM results_organization o
    LEFT JOIN results_receivedmessage m ON m.sender_id = o.id AND m.received_at > %s
    WHERE o.id = ANY(%s)
    GROUP BY o.id, o.name ORDER BY o.id
"""


@dataclass(frozen=True, slots=True)
class Queue:
    """So many that wait, and since when the oldest has."""

    count: int
    oldest_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Producer:
    """A registered producer: messages of the last hour, how many of them were refused,
    and when the last one came, if ever."""

    id: uuid.UUID
    name: str
    received: int
    rejected: int
    last_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How it stands with the work. `retried` wait for another attempt; `attempts` are
    batches in somebody's hands, or in those of someone who died; `progress` is when
    each machine's workers last finished a round; `room` the free part of the disk."""

    at: datetime.datetime
    waiting: Queue
    retried: int
    quarantined: int
    outbox: Queue
    attempts: Queue
    progress: dict[str, datetime.datetime]
    closed: Trouble | None
    room: float | None

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """What is wrong; empty when all is well."""
        found = [self.closed] if self.closed else []
        if _is_older(self.waiting.oldest_at, self.at - LONGEST_WAIT):
            found.append(Trouble.BACKLOG)
        last = max(self.progress.values(), default=None)
        if last is None or last < self.at - LONGEST_REST:
            found.append(Trouble.WORKER)
        if _is_older(self.outbox.oldest_at, self.at - LONGEST_UNSENT):
            found.append(Trouble.OUTBOX)
        return tuple(found)


def troubles() -> tuple[Trouble, ...]:
    """What is wrong with the service; DATABASE alone when that cannot be asked."""
    try:
        with transaction.atomic():
            _be_impatient()
            return take().troubles
    except DatabaseError:
        return (Trouble.DATABASE,)


@transaction.atomic
def full() -> tuple[Snapshot, tuple[Producer, ...], dict[str, int], int]:
    """Snapshot, producers, open alarms by kind, and receipts nobody has fetched."""
    _be_impatient()
    return take(), producers(), open_alarms(), unfetched()


def take() -> Snapshot:
    """Where things stand now."""
    now = timezone.now()
    messages = ReceivedMessage.objects
    waiting = messages.filter(outcome=MessageOutcome.RECEIVED).aggregate(
        count=Count("pk"), oldest_at=Min("received_at"), retried=_RETRIED
    )
    unsent = OutgoingMessage.objects.filter(sent_at=None, due_at__isnull=False)
    return Snapshot(
        at=now,
        waiting=Queue(waiting["count"], waiting["oldest_at"]),
        retried=waiting["retried"],
        quarantined=messages.filter(outcome=MessageOutcome.QUARANTINED).count(),
        outbox=Queue(
            **unsent.aggregate(count=Count("pk"), oldest_at=Min("created_at"))
        ),
        attempts=Queue(
            **ProcessingAttempt.objects.aggregate(
                count=Count("pk"), oldest_at=Min("started_at")
            )
        ),
        progress=_progress(),
        closed=pressure.why_closed(),
        room=pressure.free_room(),
    )


_RETRIED = Count("pk", filter=Q(attempts__gt=0))


def producers() -> tuple[Producer, ...]:
    """Those who are registered as senders, and their last hour."""
    senders = SourceSystem.objects.filter(is_active=True)
    ids = list(senders.values_list("organization_id", flat=True).distinct())
    since = timezone.now() - datetime.timedelta(hours=1)
    with connection.cursor() as cursor:
        cursor.execute(_RATES, [since, ids])
        return tuple(Producer(*row) for row in cursor.fetchall())


def open_alarms() -> dict[str, int]:
    """How many stand open, by kind."""
    still_open = Alarm.objects.filter(closed_at=None).values_list("kind")
    return dict(still_open.annotate(count=Count("pk")).order_by("kind"))


def unfetched() -> int:
    """Receipts a day to a week old that their senders have not fetched."""
    now = timezone.now()
    return OutgoingMessage.objects.filter(
        sent_at=None,
        due_at=None,
        created_at__gt=now - UNFETCHED[1],
        created_at__lt=now - UNFETCHED[0],
    ).count()


def _progress() -> dict[str, datetime.datetime]:
    machines: dict[str, datetime.datetime] = {}
    for worker, last_at in WorkerProgress.objects.values_list("worker", "last_at"):
        machine = machine_of(worker)
        machines[machine] = max(last_at, machines.get(machine, last_at))
    return machines


def machine_of(worker: str) -> str:
    """The machine's part of a worker's name."""
    return worker.rpartition(":")[0]


def _be_impatient() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_PATIENCE)


def _is_older(at: datetime.datetime | None, limit: datetime.datetime) -> bool:
    return at is not None and at < limit
