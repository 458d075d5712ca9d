"""What the watch finds becomes alarms, and they close when it finds it no longer."""

import datetime
from collections.abc import Iterator

from django.db.models import Count, F, Min, Q
from django.utils import timezone

from results.ingestion import journal
from results.ingestion.watch import snapshot
from results.ingestion.watch.snapshot import Snapshot
from results.ingestion.watch.troubles import Trouble
from results.models import OutgoingMessage, WorkerProgress
from results.operations import Cause, settle_alarms
from results.vocabulary import AlarmKind, OutgoingKind

_URGENT_UNSENT = datetime.timedelta(hours=24)
# A worker that was killed and never came back is forgotten after this.
_REMEMBERED = datetime.timedelta(days=1)
_LONGEST_ATTEMPT = datetime.timedelta(minutes=5)
_CLOSES_INTAKE = (Trouble.DISK, Trouble.INTAKE_BACKLOG, Trouble.INTAKE_QUARANTINE)
_FETCHED_AS_A_RULE = 0.5
_FEWEST_RECEIPTS = 10
_HABIT_DAYS = 7


def raise_alarms() -> None:
    """Backlog, workers and outbox, as they stand now."""
    now = timezone.now()
    WorkerProgress.objects.filter(last_at__lt=now - _REMEMBERED).delete()
    journal.tidy()
    found = snapshot.take()
    settle_alarms(AlarmKind.BACKLOG, _backlog(found))
    settle_alarms(AlarmKind.WORKER, _workers(found))
    settle_alarms(AlarmKind.UNSENT, _unsent(now), prefix="send:")


def notice_unfetched() -> None:
    """Senders who usually fetch their receipts, and have left some for a day."""
    settle_alarms(AlarmKind.UNSENT, _unfetched(timezone.now()), prefix="fetch:")


def _backlog(found: Snapshot) -> Iterator[Cause]:
    for trouble in found.troubles:
        if trouble is Trouble.BACKLOG or trouble in _CLOSES_INTAKE:
            is_urgent = trouble in _CLOSES_INTAKE
            yield Cause(trouble.value, str(trouble.label), is_urgent=is_urgent)


def _workers(found: Snapshot) -> Iterator[Cause]:
    for machine, last_at in sorted(found.progress.items()):
        if last_at < found.at - snapshot.LONGEST_REST:
            yield Cause(
                f"machine:{machine}",
                f"Arbeiderne på {machine} har ikke meldt fra siden {_time(last_at)}.",
            )
    oldest_at = found.attempts.oldest_at
    if oldest_at and oldest_at < found.at - _LONGEST_ATTEMPT:
        yield Cause(
            "attempt",
            "En arbeider begynte på meldinger og ble aldri ferdig. Lykkes det for en "
            "annen, går dette over av seg selv.",
        )


_UNSENT = {OutgoingKind.ALARM: "Alarmer", OutgoingKind.NOTICE: "Varsler"}


def _unsent(now: datetime.datetime) -> Iterator[Cause]:
    late = OutgoingMessage.objects.filter(
        sent_at=None, due_at__isnull=False, created_at__lt=now - snapshot.LONGEST_UNSENT
    )
    rows = late.values_list("kind", F("received_message__sender")).annotate(
        oldest_at=Min("created_at")
    )
    for kind, sender_id, oldest_at in rows.order_by("kind", "oldest_at"):
        what = _UNSENT.get(kind, "Kvitteringer")
        key = kind if kind in _UNSENT else str(sender_id)
        text = f"{what} er ikke levert. Den eldste er fra {_time(oldest_at)}."
        yield Cause(key, text, sender_id)
        if oldest_at < now - _URGENT_UNSENT:
            urgent = f"Over et døgn: {text}"
            yield Cause(f"{key}:urgent", urgent, sender_id, is_urgent=True)


def _unfetched(now: datetime.datetime) -> Iterator[Cause]:
    receipts = OutgoingMessage.objects.filter(
        kind=OutgoingKind.APPREC,
        due_at=None,
        created_at__gt=now - datetime.timedelta(days=_HABIT_DAYS),
        created_at__lt=now - snapshot.UNFETCHED[0],
    )
    by_sender = receipts.values_list("received_message__sender").annotate(
        all=Count("pk"),
        fetched=Count("pk", filter=Q(sent_at__isnull=False)),
    )
    for sender_id, count, fetched in by_sender.order_by("received_message__sender"):
        if _usually_fetches(count, fetched) and fetched < count:
            yield Cause(
                str(sender_id),
                "Avsenderen pleier å hente kvitteringer, men noen har ligget i over et "
                "døgn.",
                sender_id,
            )


def _usually_fetches(count: int, fetched: int) -> bool:
    return count >= _FEWEST_RECEIPTS and fetched > count * _FETCHED_AS_A_RULE


def _time(at: datetime.datetime) -> str:
    return f"{timezone.localtime(at):%d.%m.%Y kl. %H.%M}"
