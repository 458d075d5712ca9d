"""Ola looks at Kari, the night passes, and somebody with all rights goes to work."""

import datetime

from django.db import connection

from access.log import write_entry
from access.rules.ground import permit
from access.terms import Action
from results.identity import IdentityNumber
from results.operations import ensure_patient
from tests.access.situations import KARI, NOW, a_request, facts

LONG_AGO = NOW  # more than a quarter of an hour before any test runs
DECEMBER = NOW + datetime.timedelta(days=35)


def looked(
    times: int = 1,
    *,
    at: datetime.datetime = LONG_AGO,
    patient: IdentityNumber | None = None,
) -> None:
    """At a patient of the register, or at one known to these tests alone."""
    patient_id = ensure_patient(patient) if patient else KARI
    for _look in range(times):
        write_entry(
            a_request(action=Action.LIST_REPORTS, at=at, patient_id=patient_id),
            facts(),
            permit(rule="need_to_know"),
        )


def as_superuser(*statements: str) -> None:
    """What only the owner of tables can do: nothing refuses, and nothing is told."""
    tables = ("access_accesslogentry", "access_sealedentry", "access_logcheckpoint")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)
            assert cursor.rowcount, statement
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def key_at(position: int, tree: str = "2026-11") -> str:
    """The row that lies at a place, counted from 0."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry_id FROM access_sealedentry WHERE tree = %s AND position = %s",
            [tree, position],
        )
        return str(cursor.fetchone()[0])
