"""Proof that nothing was kept: no row anywhere, no statement but readings, no log."""

from contextlib import contextmanager

from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext


def every_row() -> dict[str, int]:
    """How many rows each table has."""
    return {m._meta.label: m._default_manager.count() for m in apps.get_models()}


@contextmanager
def nothing_kept(caplog):
    """What is done within leaves no trace in the database or the log."""
    before = every_row()
    with caplog.at_level("DEBUG"), CaptureQueriesContext(connection) as statements:
        yield
    assert every_row() == before
    written = [s["sql"] for s in statements if not s["sql"].startswith("SELECT")]
    assert [sql for sql in written if "SAVEPOINT" not in sql] == []
    assert [r for r in caplog.records if r.levelname != "DEBUG"] == []
