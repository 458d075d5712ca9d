"""Many look while the log is sealed; transactions are real here, in no order."""

import random
import threading
import time

import psycopg
import pytest
from django.db import connection

from access.models import AccessLogEntry, SealedEntry
from access.sealing import seal, verify

ROWS, WRITERS = 60, 4
_LOOK = """
    INSERT INTO access_accesslogentry
        (id, at, action, patient_id, report_ids, report_count, categories, origins,
         viewer_kind, viewer_name, hpr_number, role_code, organization_name,
         calling_system, is_own, basis, purpose_of_use, is_permitted, reason, rule,
         salt)
    SELECT gen_random_uuid(), now(), 'open-report', gen_random_uuid(), '[]', 0, '[]',
           '[]', 'practitioner', 'Ola Lind', '9000001', 'LE', 'Lillevik legesenter', '',
           false, 'SAMTYKKE', 'TREAT', true, 'PERMITTED', 'need_to_know',
           gen_random_uuid()
"""
_TABLES = (
    "access_accesslogentry",
    "access_sealedentry",
    "access_logcheckpoint",
)


@pytest.fixture(autouse=True)
def _nothing_stays(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        yield
        with connection.cursor() as cursor:
            for table in _TABLES:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
                cursor.execute(f"DELETE FROM {table}")
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def another_connection() -> psycopg.Connection:
    parameters = connection.get_connection_params()
    names = ("dbname", "user", "host", "port")
    return psycopg.connect(**{name: parameters[name] for name in names})


def sealed_in_the_end(rows: int) -> bool:
    """Transactions of other databases on the server hold sealing up for a while."""
    sealed, until = 0, time.monotonic() + 60
    while sealed < rows and time.monotonic() < until:
        sealed += seal()
        time.sleep(0.01)
    return sealed == rows


def looks_come(seed: int) -> None:
    """Some transactions are slow to end, and some never come to anything."""
    chance = random.Random(seed)
    with another_connection() as own:
        for number in range(ROWS):
            own.execute(_LOOK)
            time.sleep(chance.random() * 0.01)
            if number % 10 == 9:
                own.rollback()
            else:
                own.commit()


def test_a_row_still_being_written_is_left_with_all_that_came_after_it():
    with another_connection() as slow, another_connection() as quick:
        slow.execute(_LOOK)
        quick.execute(_LOOK)
        quick.commit()

        assert seal() == 0

        slow.commit()
    assert sealed_in_the_end(2)
    assert verify().faults == []


def test_only_one_seals_at_a_time():
    with another_connection() as other:
        other.execute(_LOOK)
        other.commit()
        other.execute("SELECT pg_advisory_xact_lock(hashtext('access_log_sealing'))")

        assert seal() == 0

    assert sealed_in_the_end(1)


def test_all_that_is_committed_is_sealed_once_and_without_a_gap():
    writers = [
        threading.Thread(target=looks_come, args=[seed]) for seed in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    assert sealed_in_the_end(WRITERS * ROWS * 9 // 10)

    written = set(AccessLogEntry.objects.values_list("id", flat=True))
    sealed = SealedEntry.objects.order_by("tree", "position")
    assert {entry.entry_id for entry in sealed} == written
    by_tree: dict[str, list[int]] = {}
    for entry in sealed:
        by_tree.setdefault(entry.tree, []).append(entry.position)
    assert all(places == list(range(len(places))) for places in by_tree.values())
    assert verify().faults == []
