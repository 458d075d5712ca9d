"""Counts how often doctors are told what was taken lately."""

import datetime
import secrets
from typing import Any

from django.db import connection

_SHARDS = 16
_COUNT = """
    INSERT INTO access_repeatadvice (day, shard, shown, opened)
    VALUES (%(day)s, %(shard)s, %(shown)s, %(opened)s)
    ON CONFLICT (day, shard) DO UPDATE SET
        shown = access_repeatadvice.shown + excluded.shown,
        opened = access_repeatadvice.opened + excluded.opened
"""


def count_repeat_advice(day: datetime.date, *, is_opened: bool) -> None:
    """It was shown, and perhaps opened, once more that day."""
    given: dict[str, Any] = {
        "day": day,
        "shard": secrets.randbelow(_SHARDS),
        "shown": int(not is_opened),
        "opened": int(is_opened),
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, given)
