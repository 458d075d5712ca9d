"""A producer's habit is learnt once a day, and its silence held against it."""

import datetime
from collections.abc import Iterator

from django.db import connection
from django.utils import timezone

from results.ingestion.watch import habit
from results.models import Alarm, ProducerHabit, SourceSystem
from results.operations import Cause, settle_alarms
from results.vocabulary import AlarmKind

# To the minute, since a large laboratory sends hundreds in one.
_TIMES = """
    SELECT DISTINCT date_trunc('minute', received_at) FROM results_receivedmessage
    WHERE sender_id = %s AND received_at > %s AND received_at <= %s
"""
_LAST = """
    SELECT h.organization_id,
           (SELECT max(m.received_at) FROM results_receivedmessage m
            WHERE m.sender_id = h.organization_id)
    FROM results_producerhabit h
"""


def late_producers() -> tuple[str, ...]:
    """The names of those who are silent beyond their habit now. One query."""
    silent = Alarm.objects.filter(
        kind=AlarmKind.SILENCE, closed_at=None, organization__isnull=False
    )
    names = silent.values_list("organization__name", flat=True)
    return tuple(names.order_by("organization__name").distinct())


def learn_habits(*, now: datetime.datetime | None = None) -> None:
    """Of every registered producer, from its last weeks. One who has fallen silent is
    held to the habit it had: what it sent last is never forgotten for being old."""
    now = now or timezone.now()
    senders = SourceSystem.objects.filter(is_active=True)
    known = list(senders.values_list("organization_id", flat=True).distinct())
    ProducerHabit.objects.exclude(organization_id__in=known).delete()
    since = now - datetime.timedelta(weeks=habit.WEEKS)
    for organization_id in known:
        with connection.cursor() as cursor:
            cursor.execute(_TIMES, [organization_id, since, now])
            learnt = habit.learn(row[0] for row in cursor.fetchall())
        if learnt:
            ProducerHabit.objects.update_or_create(
                organization_id=organization_id,
                defaults={
                    "active_hours": sorted(learnt.active_hours),
                    "usual_gap": learnt.usual_gap,
                    "learned_at": now,
                },
            )


def notice_silence(*, now: datetime.datetime | None = None) -> None:
    """Call for every producer that is silent beyond its habit; those who have spoken
    again are left in peace."""
    settle_alarms(AlarmKind.SILENCE, _silent(now or timezone.now()))


def _silent(now: datetime.datetime) -> Iterator[Cause]:
    with connection.cursor() as cursor:
        cursor.execute(_LAST)
        last_of = dict(cursor.fetchall())
    for row in ProducerHabit.objects.order_by("organization_id"):
        known = habit.Habit(frozenset(row.active_hours), row.usual_gap)
        last = last_of[row.organization_id]
        if last and habit.silence(known, last=last, now=now):
            since = f"{timezone.localtime(last):%d.%m.%Y kl. %H.%M}"
            text = f"Produsenten har ikke sendt noe siden {since}. Det er uvanlig."
            yield Cause(str(row.organization_id), text, row.organization_id)
