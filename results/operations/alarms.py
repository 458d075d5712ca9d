"""Alarms are raised once a cause, and counted up while they stand open."""

import uuid

from django.db import connection
from django.utils import timezone

from results.models.uuids import new_id
from results.vocabulary import AlarmKind

_RAISE = """
    INSERT INTO results_alarm
        (id, kind, key, organization_id, received_message_id, text, raised_at,
         last_raised_at, count, closed_by, closed_reason)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, 1, '', '')
    ON CONFLICT (kind, key) WHERE closed_at IS NULL DO UPDATE SET
        last_raised_at = EXCLUDED.last_raised_at,
        text = EXCLUDED.text,
        count = results_alarm.count + 1
"""


def raise_alarm(
    kind: AlarmKind,
    *,
    key: str,
    text: str,
    organization_id: uuid.UUID | None = None,
    received_message_id: uuid.UUID | None = None,
) -> None:
    """Call an operator. `key` names the cause within its kind; `text` is shown, and
    never holds anything about a patient."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            _RAISE,
            [
                new_id(),
                kind.value,
                key[:200],
                organization_id,
                received_message_id,
                text,
                now,
                now,
            ],
        )
