"""Who sends answers here, since when, of what, and who has fallen silent."""

import datetime
import time
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from results.queries.sharing import SharingPolicy, sharing_policy
from results.vocabulary import AlarmKind, Discipline

# A page may tell of a producer this much later than an operator.
_TRUSTED_SECONDS = 60
_SOURCES = """
    SELECT o.id, o.name, first.received_at,
        CASE WHEN EXISTS (
            SELECT FROM results_alarm a
            WHERE a.organization_id = o.id AND a.kind = %s AND a.closed_at IS NULL
        ) THEN (
            SELECT max(m.received_at) FROM results_receivedmessage m
            WHERE m.sender_id = o.id
        ) END
    FROM results_organization o
    CROSS JOIN LATERAL (
        SELECT min(m.received_at) AS received_at FROM results_receivedmessage m
        WHERE m.sender_id = o.id
    ) AS first
    WHERE first.received_at IS NOT NULL AND EXISTS (
        SELECT FROM results_sourcesystem s
        WHERE s.organization_id = o.id AND s.is_active
    )
    ORDER BY o.name, o.id
"""


@dataclass(frozen=True, slots=True)
class Source:
    """A producer that sends; `silent_since` is its last message, where its silence is
    unusual."""

    name: str
    since: datetime.datetime
    silent_since: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who sends, and the disciplines that nobody's answers are shared of."""

    sources: tuple[Source, ...] = ()
    not_shared: tuple[Discipline, ...] = ()


_kept: tuple[float, Coverage] | None = None


def coverage() -> Coverage:
    """As of the last minute; nothing here is about any patient. Three queries, and none
    while it is remembered."""
    global _kept
    if _kept is None or time.monotonic() - _kept[0] > _TRUSTED_SECONDS:
        _kept = (time.monotonic(), _found())
    return _kept[1]


def forget() -> None:
    """Ask again when next asked."""
    global _kept
    _kept = None


def _found() -> Coverage:
    with connection.cursor() as cursor:
        cursor.execute(_SOURCES, [AlarmKind.SILENCE])
        sources = tuple(Source(*row[1:]) for row in cursor.fetchall())
    policy = sharing_policy(timezone.localdate())
    return Coverage(
        sources=sources,
        not_shared=tuple(d for d in Discipline if not _is_shared_by_some(policy, d)),
    )


def _is_shared_by_some(policy: SharingPolicy, category: Discipline) -> bool:
    return any(t.is_shared and t.category in ("", category.value) for t in policy.terms)
