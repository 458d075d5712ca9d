"""The roles and the database of the embedded server.

The service runs as a role that owns nothing and may only what migrations grant it. So
are those that seal the access log, and that read what is no patient's. The owner
migrates and makes test databases. None is a superuser.
"""

import psycopg
from psycopg import sql

from portal.postgres.places import PORT, Places

SUPERUSER = "postgres"
OWNER = "provesvar_owner"
SERVICE = "provesvar_app"
SEALER = "provesvar_sealer"
READER = "provesvar_reader"
DATABASE = "provesvar"
_LESSER = [SERVICE, SEALER, READER]


def connect(places: Places) -> psycopg.Connection:
    """As superuser, to the database every server has."""
    return psycopg.connect(
        host=str(places.sockets),
        port=PORT,
        user=SUPERUSER,
        dbname="postgres",
        connect_timeout=5,
        autocommit=True,
    )


def make_roles(places: Places) -> None:
    """Make what is missing; an interrupted first start is completed by the next."""
    with connect(places) as connection:
        known = connection.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [[OWNER, *_LESSER]]
        )
        names = {name for (name,) in known}
        if OWNER not in names:
            _execute(connection, "CREATE ROLE {} LOGIN CREATEDB", OWNER)
        for role in _LESSER:
            if role not in names:
                _execute(connection, "CREATE ROLE {} LOGIN", role)
                # So that a test can step down to it.
                _execute(connection, "GRANT {} TO {}", role, OWNER)
        if not _has_database(connection):
            _execute(connection, "CREATE DATABASE {} OWNER {}", DATABASE, OWNER)


def _has_database(connection: psycopg.Connection) -> bool:
    query = "SELECT FROM pg_database WHERE datname = %s"
    return connection.execute(query, [DATABASE]).fetchone() is not None


def _execute(connection: psycopg.Connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
