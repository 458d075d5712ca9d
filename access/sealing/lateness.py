"""Late sealing is an alarm; nobody is kept from reading for it."""

import datetime
from collections.abc import Iterator

from django.db import connection
from django.utils import timezone

from results.operations import Cause, settle_alarms
from results.vocabulary import AlarmKind

LATE_AFTER = datetime.timedelta(minutes=15)
_OLDEST_UNSEALED = """
    SELECT at FROM access_accesslogentry e
    WHERE transaction_id >= coalesce(
        (SELECT below FROM access_logcheckpoint ORDER BY number DESC LIMIT 1), 0)
    ORDER BY transaction_id LIMIT 1
"""


def watch_sealing() -> None:
    """Call an operator while the oldest row that is not sealed is too old."""
    settle_alarms(AlarmKind.ACCESS_LOG, _causes(), prefix="sealing:")


def _causes() -> Iterator[Cause]:
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST_UNSEALED)
        oldest = cursor.fetchone()
    if oldest and oldest[0] < timezone.now() - LATE_AFTER:
        since = timezone.localtime(oldest[0]).strftime("%d.%m. kl. %H.%M")
        yield Cause(
            "late", f"Innsynsloggen er ikke forseglet siden {since}.", is_urgent=True
        )
