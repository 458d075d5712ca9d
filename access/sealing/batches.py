"""Seals what has been written since the last time: one at a time, nothing twice.

Rows are taken in the order of their transactions, and only those older than any that
still runs: no row can come in before them afterwards. Nobody who reads waits for it.
"""

from collections.abc import Iterator
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet
from django.utils import timezone

from access.models import LogCheckpoint
from access.sealing.notes import (
    NOTHING_BEFORE,
    Checkpoint,
    hash_of,
    sign,
)
from access.sealing.rows import FORMS, NEWEST_FORM, TREE, lines, sealer
from access.sealing.tree import Tree, leaf_hash

LARGEST_BATCH = 100_000
_LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('access_log_sealing'))"
_HORIZON = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
_FIRST_LEFT_OVER = """
    SELECT min(transaction_id), max(transaction_id) FROM (
        SELECT transaction_id FROM access_accesslogentry
        WHERE transaction_id >= %s AND transaction_id < %s
        ORDER BY transaction_id LIMIT %s
    ) AS batch
"""
_UNSEALED = """
    SELECT {tree}, id, {form} FROM access_accesslogentry e
    WHERE transaction_id >= {first} AND transaction_id < {below} AND NOT EXISTS
        (SELECT FROM access_sealedentry s WHERE s.entry_id = e.id)
    ORDER BY {tree}, transaction_id, id
"""


def seal(*, batch: int = LARGEST_BATCH) -> int:
    """Seal one batch; gives how many rows, 0 when another is at it or all is sealed."""
    with transaction.atomic(using=settings.SEALER_DATABASE), sealer() as cursor:
        cursor.execute(_LOCK)
        if not cursor.fetchone()[0]:
            return 0
        last = _checkpoints().last()
        first, below = _span(cursor, last.below if last else 0, batch)
        query = _UNSEALED.format(
            tree=TREE, form=FORMS[NEWEST_FORM], first=first, below=below
        )
        rows = [line.split(b"\t", 2) for line in lines(cursor, query)]
        for tree, leaves in groupby(rows, lambda row: row[0].decode()):
            last = _grow(cursor, tree, leaves, last=last, below=below)
        return len(rows)


def horizon(cursor: CursorWrapper) -> int:
    """The oldest transaction that still runs; all before it are over."""
    cursor.execute(_HORIZON)
    return int(cursor.fetchone()[0])


def _checkpoints() -> QuerySet[LogCheckpoint]:
    return LogCheckpoint.objects.using(settings.SEALER_DATABASE).order_by("number")


def _span(cursor: CursorWrapper, sealed_below: int, batch: int) -> tuple[int, int]:
    """From which transaction, and below which. A database that was restored from a dump
    counts from a lower number than its rows tell: then from the first again."""
    end = horizon(cursor)
    first = sealed_below if sealed_below <= end else 0
    cursor.execute(_FIRST_LEFT_OVER, [first, end, batch])
    lowest, highest = cursor.fetchone()
    if lowest is None:
        return first, end
    return lowest, highest + 1


def _grow(
    cursor: CursorWrapper,
    name: str,
    rows: Iterator[list[bytes]],
    *,
    last: LogCheckpoint | None,
    below: int,
) -> LogCheckpoint:
    before = _checkpoints().filter(tree=name).last()
    tree = Tree(before.size, bytes(before.peaks)) if before else Tree()
    with cursor.copy(
        "COPY access_sealedentry (tree, position, entry_id, leaf) FROM STDIN"
    ) as copy:
        for _tree, key, content in rows:
            leaf = leaf_hash(content)
            copy.write_row((name, tree.size, key.decode(), leaf))
            tree.append(leaf)
    return _sign(name, tree, last=last, below=below)


def _sign(
    name: str, tree: Tree, *, last: LogCheckpoint | None, below: int
) -> LogCheckpoint:
    said = Checkpoint(
        number=last.number + 1 if last else 1,
        tree=name,
        size=tree.size,
        root=tree.root,
        before=hash_of(text_in(last.note)) if last else NOTHING_BEFORE,
        form=NEWEST_FORM,
        below=below,
        at=timezone.now(),
    )
    text = said.text(settings.HOST)
    return LogCheckpoint.objects.using(settings.SEALER_DATABASE).create(
        number=said.number,
        tree=name,
        size=said.size,
        root=said.root,
        peaks=tree.peaks,
        form=said.form,
        below=below,
        at=said.at,
        note=sign(text, name=settings.HOST, key=settings.SEAL_KEY),
    )


def text_in(note: str) -> str:
    """The text of a note, whoever signed it."""
    return note.rpartition("\n\n")[0] + "\n"
