"""Alarms are raised once a cause, and counted up while they stand open."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from results.models import Alarm
from results.models.uuids import new_id
from results.vocabulary import AlarmKind

SYSTEM = "system"
_OVER = "Gikk over av seg selv."
# The alarm is told of where the row is the one we have just made: once an opening.
_RAISE = """
    WITH raised AS (
        INSERT INTO results_alarm
            (id, kind, key, organization_id, received_message_id, text, is_urgent,
             raised_at, last_raised_at, count, closed_by, closed_reason)
        VALUES (%(id)s, %(kind)s, %(key)s, %(organization_id)s,
                %(received_message_id)s, %(text)s, %(is_urgent)s, %(now)s, %(now)s, 1,
                '', '')
        ON CONFLICT (kind, key) WHERE closed_at IS NULL DO UPDATE SET
            last_raised_at = EXCLUDED.last_raised_at,
            text = EXCLUDED.text,
            count = results_alarm.count + 1
        RETURNING id
    )
    INSERT INTO results_outgoingmessage
        (id, kind, alarm_id, recipient, destination, created_at, due_at, attempts,
         problem)
    SELECT letter.id, 'alarm', raised.id, '', letter.destination, %(now)s, %(now)s, 0,
           ''
    FROM raised, unnest(%(letters)s::uuid[], %(destinations)s::text[])
        AS letter (id, destination)
    WHERE raised.id = %(id)s
"""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why an operator is called: a key within the kind of alarm, and what is shown."""

    key: str
    text: str
    organization_id: uuid.UUID | None = None
    is_urgent: bool = False


def raise_alarm(
    kind: AlarmKind,
    *,
    key: str,
    text: str,
    organization_id: uuid.UUID | None = None,
    received_message_id: uuid.UUID | None = None,
    is_urgent: bool = False,
) -> None:
    """Call an operator. `key` names the cause within its kind; `text` is shown, and
    never holds anything about a patient. A new alarm is put in the outbox as well."""
    destinations = list(settings.ALARM_DESTINATIONS)
    values: dict[str, Any] = {
        "id": new_id(),
        "kind": kind.value,
        "key": key[:200],
        "organization_id": organization_id,
        "received_message_id": received_message_id,
        "text": text,
        "is_urgent": is_urgent,
        "now": timezone.now(),
        "letters": [new_id() for _ in destinations],
        "destinations": destinations,
    }
    with connection.cursor() as cursor:
        cursor.execute(_RAISE, values)


@transaction.atomic
def settle_alarms(
    kind: AlarmKind, causes: Iterable[Cause], *, prefix: str = ""
) -> None:
    """What stands open of this kind (among keys that begin so) is what holds now:
    every cause is raised, and what has no cause any more is closed."""
    standing = {f"{prefix}{cause.key}"[:200]: cause for cause in causes}
    for key, cause in standing.items():
        raise_alarm(
            kind,
            key=key,
            text=cause.text,
            organization_id=cause.organization_id,
            is_urgent=cause.is_urgent,
        )
    over = Alarm.objects.filter(kind=kind, closed_at=None, key__startswith=prefix)
    over.exclude(key__in=standing).update(
        closed_at=timezone.now(), closed_by=SYSTEM, closed_reason=_OVER
    )
