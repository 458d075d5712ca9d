"""Throw-away databases, each reached by name on the connections there are."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, connections

# The same database on connections of their own.
_ALIASES = ("default", settings.JOURNAL_DATABASE, settings.SEALER_DATABASE)


@contextmanager
def throw_away(suffix: str) -> Iterator[str]:
    """A database with all tables and nothing in it; gone afterwards."""
    ordinary = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"bench_{suffix}"
    name = connection.creation.create_test_db(
        verbosity=0, autoclobber=True, serialize=False
    )
    use(name)
    try:
        yield name
    finally:
        use(name)
        close()
        connection.creation.destroy_test_db(ordinary, verbosity=0)


def use(name: str) -> None:
    """From now all is done in this database."""
    close()
    for alias in _ALIASES:
        connections[alias].settings_dict["NAME"] = name


def close() -> None:
    for alias in _ALIASES:
        connections[alias].close()
