"""Holds what patients' pages show to what the log says, counted in another way."""

import datetime
import logging
import uuid
from collections.abc import Iterator

from django.db import connection
from django.utils import timezone

from access.log import LogSelection, page_of
from results.operations import Cause, settle_alarms
from results.vocabulary import AlarmKind

logger = logging.getLogger(__name__)

SAMPLE = 200
_LOOKED_AT_SINCE = datetime.timedelta(days=1)
# Some of those who were looked at, by who they are now where two were one person.
_SOME = """
    WITH RECURSIVE looked (id) AS (
        SELECT DISTINCT patient_id FROM access_accesslogentry
        WHERE at >= %s AND at < %s
    ), now_known_as (id) AS (
        SELECT id FROM looked
        UNION
        SELECT m.surviving_id FROM results_patientmerge m
        JOIN now_known_as k ON k.id = m.merged_id
        WHERE m.at IS NOT NULL AND m.reversed_at IS NULL
    )
    SELECT id FROM now_known_as ORDER BY random() LIMIT %s
"""
_WRITTEN = """
    WITH RECURSIVE names (id) AS (
        SELECT %s::uuid
        UNION
        SELECT m.merged_id FROM results_patientmerge m
        JOIN names ON names.id = m.surviving_id
        WHERE m.at IS NOT NULL AND m.reversed_at IS NULL
    )
    SELECT e.id FROM access_accesslogentry e JOIN names ON names.id = e.patient_id
    WHERE e.at < %s
"""


def check_pages(*, sample: int = SAMPLE) -> int:
    """How many of a sample's pages differ from the log; any at all is an alarm. Says
    in the service's log whose, by an opaque key."""
    until = timezone.now()
    differ = [p for p in _some(sample, until) if _shown(p, until) != _written(p, until)]
    for patient_id in differ:
        logger.error("the log page of %s differs from the log", patient_id)
    settle_alarms(AlarmKind.ACCESS_LOG, _causes(len(differ)), prefix="page:")
    return len(differ)


def _some(sample: int, until: datetime.datetime) -> list[uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute(_SOME, [until - _LOOKED_AT_SINCE, until, sample])
        return [row[0] for row in cursor.fetchall()]


def _shown(patient_id: uuid.UUID, until: datetime.datetime) -> list[uuid.UUID]:
    """Every line, page after page, as the patient comes to them; sorted."""
    shown: list[uuid.UUID] = []
    selection: LogSelection | None = LogSelection(until=until)
    while selection:
        page = page_of(patient_id, selection)
        shown += [line.id for line in page.lines if line.id]
        selection = LogSelection(until=until, before=page.older) if page.older else None
    return sorted(shown)


def _written(patient_id: uuid.UUID, until: datetime.datetime) -> list[uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN, [patient_id, until])
        return sorted(row[0] for row in cursor.fetchall())


def _causes(count: int) -> Iterator[Cause]:
    if count:
        text = f"Loggsidene til {count} pasienter viser ikke det som står i loggen."
        yield Cause("differs", text, is_urgent=True)
