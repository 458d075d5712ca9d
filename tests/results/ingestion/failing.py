"""One statement that fails, the n-th of all that are sent, COPY among them."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

import psycopg
import pytest
from django.db import OperationalError, connections
from django.db.backends.utils import CursorWrapper
from psycopg.pq import TransactionStatus

ALIASES = ("default", "journal")


class Fault:
    """Counts statements; the n-th fails, and never another.

    An OperationalError is the database's: within a transaction it has taken the
    transaction along. It falls on SAVEPOINT and RELEASE too, which here stand for BEGIN
    and COMMIT. What rolls back is let through: who cannot roll back is disconnected,
    and the server does it for them. Any other error is the code's own.
    """

    def __init__(self, n: int, error: type[Exception]) -> None:
        self._left, self._error = n, error
        self._is_databases = issubclass(error, OperationalError)
        self._outer = {name: len(connections[name].savepoint_ids) for name in ALIASES}

    @property
    def has_struck(self) -> bool:
        return self._left <= 0

    def __call__(self, execute, sql, params, many, context):
        if self._counts(sql):
            self.count(context["connection"])
        return execute(sql, params, many, context)

    def count(self, connection) -> None:
        self._left -= 1
        if self._left == 0:
            if self._is_databases and self._is_within(connection):
                _fail(connection.connection)
            raise self._error

    def _counts(self, sql: object) -> bool:
        text = str(sql)
        if text.startswith("ROLLBACK"):
            return False
        return self._is_databases or not text.startswith(("SAVEPOINT", "RELEASE"))

    def _is_within(self, connection) -> bool:
        return len(connection.savepoint_ids) > self._outer[connection.alias]


def _fail(connection: psycopg.Connection) -> None:
    """A COPY under way needs no help: the error itself breaks it off."""
    if connection.info.transaction_status == TransactionStatus.INTRANS:
        with suppress(psycopg.Error):
            connection.execute("SELECT 1/0")


@contextmanager
def failing(fault: Fault) -> Iterator[None]:
    """What is sent within is counted: of a COPY its beginning, and then its end."""

    @contextmanager
    def copy(cursor, *args, **kwargs):
        fault.count(cursor.db)
        with cursor.cursor.copy(*args, **kwargs) as rows:
            yield rows
            fault.count(cursor.db)

    with ExitStack() as stack:
        for name in ALIASES:
            stack.enter_context(connections[name].execute_wrapper(fault))
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(CursorWrapper, "copy", copy, raising=False)
        yield


def as_after_an_answer() -> None:
    """Outside the transactions of the work each statement is its own, so that one
    which failed spoils no other. In a test all are in the test's transaction."""
    for name in ALIASES:
        if connections[name].in_atomic_block:
            connections[name].set_rollback(False)
