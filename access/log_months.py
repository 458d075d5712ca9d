"""Makes the months of the access log before they come, and tells when it could not."""

import datetime
import logging
from collections.abc import Iterator

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from results.operations import Cause, settle_alarms
from results.vocabulary import AlarmKind

logger = logging.getLogger(__name__)

MONTHS_AHEAD = 3
_ALARMS = "months:"
_WAITING = """
    SELECT DISTINCT date_trunc('month', at AT TIME ZONE 'UTC')::date
    FROM access_log_default
"""


def make_months(*, at: datetime.datetime | None = None) -> None:
    """This month and the three that follow, and those of rows no month took. What is
    lacking afterwards is an alarm; no row is lost by it."""
    today = (at or timezone.now()).astimezone(datetime.UTC).date()
    months = [*_from(today, MONTHS_AHEAD + 1)]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_WAITING)
            for month in sorted({*months, *(row[0] for row in cursor.fetchall())}):
                cursor.execute("SELECT access_log_make_month(%s)", [month])
    except DatabaseError as error:
        logger.error("a month of the log was not made: %s", type(error).__name__)
    settle_alarms(AlarmKind.ACCESS_LOG, _causes(months), prefix=_ALARMS)


def _causes(months: list[datetime.date]) -> Iterator[Cause]:
    with connection.cursor() as cursor:
        for month in months:
            table = f"access_log_{month:%Y_%m}"
            cursor.execute("SELECT to_regclass(%s) IS NULL", [table])
            if cursor.fetchone()[0]:
                text = f"Innsynsloggen mangler partisjonen for {month:%Y-%m}."
                yield Cause(f"{month:%Y-%m}", text, is_urgent=month <= months[1])
        cursor.execute("SELECT count(*) FROM access_log_default")
        if waiting := cursor.fetchone()[0]:
            text = f"{waiting} linjer i innsynsloggen ligger utenfor sin måned."
            yield Cause("default", text)


def _from(day: datetime.date, count: int) -> Iterator[datetime.date]:
    for ahead in range(count):
        years, month = divmod(day.month - 1 + ahead, 12)
        yield datetime.date(day.year + years, month + 1, 1)
