"""The roles and the database of the embedded server.

The service runs as a role that owns nothing and may only what migrations grant it; the
owner migrates and makes test databases. Neither is a superuser.
"""

import psycopg
from psycopg import sql

from portal.postgres.places import PORT, Places

SUPERUSER = "postgres"
OWNER = "provesvar_owner"
SERVICE = "provesvar_app"
DATABASE = "provesvar"


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
            "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [[OWNER, SERVICE]]
        )
        names = {name for (name,) in known}
        if SERVICE not in names:
            _execute(connection, "CREATE ROLE {} LOGIN", SERVICE)
        if OWNER not in names:
            _execute(connection, "CREATE ROLE {} LOGIN CREATEDB", OWNER)
            # So that a test can step down to the service's role.
            _execute(connection, "GRANT {} TO {}", SERVICE, OWNER)
        if not _has_database(connection):
            _execute(connection, "CREATE DATABASE {} OWNER {}", DATABASE, OWNER)


def _has_database(connection: psycopg.Connection) -> bool:
    query = "SELECT FROM pg_database WHERE datname = %s"
    return connection.execute(query, [DATABASE]).fetchone() is not None


def _execute(connection: psycopg.Connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
