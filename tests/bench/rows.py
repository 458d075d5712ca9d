"""The rows a worker wrote, taken out and put back by bare COPY."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from results.models.uuids import new_id

# In the order of their keys: what is referred to comes first.
TABLES = (
    "patient",
    "patientidentifier",
    "patientdemographics",
    "diagnosticreport",
    "diagnosticreportversion",
    "specimen",
    "servicerequest",
    "presentedform",
    "observation",
    "outgoingmessage",
)
_OF_PATIENTS = {
    "patient": "id",
    "patientidentifier": "patient_id",
    "patientdemographics": "patient_id",
}
# What names a row or a message, and must be another in a copy.
_KEYS = {
    "id",
    "patient_id",
    "report_id",
    "version_id",
    "parent_id",
    "received_message_id",
    "message_key",
    "message_id",
    "report_key",
}


@dataclass(frozen=True, slots=True)
class Chunk:
    """The rows of some reports: for each table its columns and its rows' values."""

    tables: dict[str, tuple[list[str], list[tuple[Any, ...]]]]
    reports: int


def written() -> list[Chunk]:
    """All that is stored, in chunks of 200 reports as a worker commits them; the rows
    of persons lie in the first."""
    versions = _keys("SELECT id FROM results_diagnosticreportversion ORDER BY id")
    chunks = []
    for start in range(0, len(versions), 200):
        some = versions[start : start + 200]
        tables = TABLES if start == 0 else [t for t in TABLES if t not in _OF_PATIENTS]
        chunks.append(Chunk({t: _taken_out(t, some) for t in tables}, len(some)))
    return chunks


def erase() -> None:
    """Every row that `written` told of."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in reversed(TABLES):
            cursor.execute(sql.SQL("DELETE FROM {}").format(_named(table)))
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(sql.SQL("VACUUM {}").format(_named(table)))


def put_back(chunks: Sequence[Chunk]) -> None:
    """Bare COPY of rows made beforehand, each chunk committed."""
    for chunk in chunks:
        with transaction.atomic(), connection.cursor() as cursor:
            for table, (columns, rows) in chunk.tables.items():
                with cursor.copy(_copy_in(table, columns)) as copy:
                    for row in rows:
                        copy.write_row(row)


def _copy_in(table: str, columns: Sequence[str]) -> sql.Composed:
    return sql.SQL("COPY {} ({}) FROM STDIN").format(
        _named(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )


def multiply(times: int) -> int:
    """Load so many copies of what is stored, persons and all, by COPY; how many reports
    were added. Ids are new and in order of time; messages come without content."""
    templates = {table: _rows(table) for table in ("receivedmessage", *TABLES)}
    count = len(templates["diagnosticreport"])
    for _ in range(times):
        names: dict[str, str] = {}
        with transaction.atomic(), connection.cursor() as cursor:
            for table, (columns, rows) in templates.items():
                with cursor.copy(_copy_in(table, columns)) as copy:
                    for row in rows:
                        copy.write(_anew(columns, row, names))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return count * times


def _anew(columns: Sequence[str], row: Sequence[str], names: dict[str, str]) -> str:
    values = (_value(c, v, names) for c, v in zip(columns, row, strict=True))
    return "\t".join(values) + "\n"


def _value(column: str, value: str, names: dict[str, str]) -> str:
    if column == "lookup":
        return rf"\\x{uuid.uuid4().hex}{uuid.uuid4().hex}"
    if column not in _KEYS or value == r"\N":
        return value
    if value not in names:
        names[value] = str(new_id())
    return names[value]


def _rows(table: str) -> tuple[list[str], list[list[str]]]:
    """Column names, and the rows' values as COPY writes them; messages without their
    content, persons' numbers without their counted key."""
    left_out = {
        "receivedmessage": "content_encrypted",
        "patientidentifier": "id",
    }.get(table)
    columns = [name for name in _columns(table) if name != left_out]
    query = sql.SQL("COPY (SELECT {} FROM {} ORDER BY 1) TO STDOUT").format(
        sql.SQL(", ").join(map(sql.Identifier, columns)), _named(table)
    )
    text = b"".join(_copied(query)).decode()
    return columns, [line.split("\t") for line in text.splitlines()]


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT * FROM {} LIMIT 0").format(_named(table)))
        return [column.name for column in cursor.description]


def _named(table: str) -> sql.Identifier:
    return sql.Identifier(f"results_{table}")


def _taken_out(
    table: str, versions: Sequence[uuid.UUID]
) -> tuple[list[str], list[tuple[Any, ...]]]:
    condition = _CONDITIONS.get(table, _ALL).format(sql.Literal(list(versions)))
    query = sql.SQL("SELECT * FROM {} WHERE {} ORDER BY 1")
    with connection.cursor() as cursor:
        cursor.execute(query.format(_named(table), condition))
        return [column.name for column in cursor.description], cursor.fetchall()


_ALL = sql.SQL("{} IS NOT NULL")
_BELOW = sql.SQL("version_id = ANY({})")
_THROUGH = "(SELECT {} FROM results_diagnosticreportversion WHERE id = ANY({{}}))"
_CONDITIONS = {
    **dict.fromkeys(("specimen", "servicerequest", "presentedform"), _BELOW),
    "observation": _BELOW,
    "diagnosticreportversion": sql.SQL("id = ANY({})"),
    "diagnosticreport": sql.SQL(f"id IN {_THROUGH.format('report_id')}"),
    "outgoingmessage": sql.SQL(
        f"received_message_id IN {_THROUGH.format('received_message_id')}"
    ),
}


def _copied(query: sql.Composable) -> Iterator[bytes]:
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for block in copy:
            yield bytes(block)


def _keys(query: str) -> list[uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [row[0] for row in cursor.fetchall()]
