"""What is written is sealed in order, once, by one, and late sealing calls somebody."""

import datetime

import pytest
import requests
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from access import tasks
from access.models import LogAnchor, LogCheckpoint, SealedEntry
from access.models.database_rights import (
    APPLICATION_ROLE,
    READER_ROLE,
    SEALER_ROLE,
)
from access.sealing import anchor, batches, seal, verify, watch_sealing
from access.sealing.anchoring import read_folder
from results.models import Alarm
from tests.access.sealing.looking import DECEMBER, LONG_AGO, as_superuser, looked

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("_what_is_written_is_committed"),
]

MINUTE = datetime.timedelta(minutes=1)


def become(role: str) -> None:
    connection.cursor().execute(f"SET ROLE {role}")


def open_alarms() -> list[str]:
    return [a.key for a in Alarm.objects.filter(kind="access-log", closed_at=None)]


def test_there_is_nothing_to_seal_in_an_empty_log():
    assert seal() == 0
    assert not LogCheckpoint.objects.exists()
    assert verify().faults == []


def test_nothing_is_sealed_twice():
    looked(3)

    assert (seal(), seal()) == (3, 0)
    assert SealedEntry.objects.count() == 3


def test_a_batch_ends_between_transactions_and_the_next_goes_on():
    looked(5)
    for position, key in enumerate(batch_keys()):
        as_superuser(
            f"UPDATE access_accesslogentry SET transaction_id = {position // 2}"
            f" WHERE id = '{key}'"
        )

    # Two rows a transaction: three are asked for, and four are taken.
    assert [seal(batch=3), seal(batch=3), seal(batch=3)] == [4, 1, 0]
    assert verify().rows == 5


def batch_keys() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM access_accesslogentry ORDER BY id")
        return [str(row[0]) for row in cursor.fetchall()]


def test_each_month_is_a_tree_and_checkpoints_are_one_chain():
    looked(2)
    looked(1, at=DECEMBER)
    seal()
    looked(1)
    seal()

    told = LogCheckpoint.objects.order_by("number").values_list(
        "number", "tree", "size"
    )
    assert list(told) == [(1, "2026-11", 2), (2, "2026-12", 1), (3, "2026-11", 3)]
    assert verify().faults == []
    assert verify(month="2026-12").rows == 1


def test_a_database_that_counts_from_a_lower_number_goes_on_sealing(monkeypatch):
    """Restored from a dump: the rows' transactions lie ahead of the server's."""
    looked(2)
    seal()
    monkeypatch.setattr(batches, "horizon", lambda cursor: 10)
    looked(1)
    as_superuser(
        "UPDATE access_accesslogentry e SET transaction_id = 5 WHERE NOT EXISTS"
        " (SELECT FROM access_sealedentry s WHERE s.entry_id = e.id)"
    )

    assert (seal(), seal()) == (1, 0)
    assert verify().rows == 3


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_sealedentry SET position = 9",
        "DELETE FROM access_sealedentry",
        "TRUNCATE access_sealedentry",
        "UPDATE access_logcheckpoint SET size = 9",
        "DELETE FROM access_logcheckpoint",
        "TRUNCATE access_logcheckpoint",
    ],
)
def test_seals_stand_whoever_asks(statement):
    looked(1)
    seal()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.parametrize(
    "table", ["access_sealedentry", "access_logcheckpoint", "access_loganchor"]
)
def test_the_services_role_makes_no_seals(table):
    become(APPLICATION_ROLE)

    with pytest.raises(DatabaseError, match="permission den"), transaction.atomic():
        connection.cursor().execute(f"INSERT INTO {table} DEFAULT VALUES")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO access_accesslogentry DEFAULT VALUES",
        "UPDATE access_accesslogentry SET role_code = 'LE'",
        "DELETE FROM access_accesslogentry",
        "SELECT FROM results_patientidentifier",
        "SELECT FROM results_observation",
        "UPDATE access_user SET is_staff = true",
    ],
)
def test_the_sealers_role_writes_no_log_and_reads_no_answers(statement):
    become(SEALER_ROLE)

    with pytest.raises(DatabaseError, match="permission den"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.parametrize(
    "table",
    [
        "access_accesslogentry",
        "access_user",
        "results_patient",
        "results_observation",
        "results_receivedmessage",
    ],
)
def test_the_readers_role_reads_nothing_of_patients(table):
    become(READER_ROLE)

    with pytest.raises(DatabaseError, match="permission den"), transaction.atomic():
        connection.cursor().execute(f"SELECT FROM {table}")


def test_the_reader_reads_who_sends():
    become(READER_ROLE)

    connection.cursor().execute("SELECT FROM results_organization")


def test_the_sealers_role_is_enough_to_seal_and_anchor(anchor_folder):
    looked(2)
    become(SEALER_ROLE)

    tasks.seal_log()

    connection.cursor().execute("RESET ROLE")
    assert [number for number, _note in read_folder(anchor_folder)] == [1]


def test_late_sealing_is_an_alarm_and_passes():
    looked(1)
    with time_machine.travel(LONG_AGO + 15 * MINUTE, tick=False):
        watch_sealing()
        assert open_alarms() == []
    with time_machine.travel(LONG_AGO + 16 * MINUTE, tick=False):
        tasks.watch_log()
        assert open_alarms() == ["sealing:late"]

    seal()
    watch_sealing()

    assert open_alarms() == []


def test_without_a_key_another_process_seals(settings):
    looked(1)
    settings.SEAL_KEY = ""

    tasks.seal_log()

    assert not LogCheckpoint.objects.exists()
    with pytest.raises(CommandError, match="PROVESVAR_SEAL_KEY"):
        call_command("seal_access_log")


def test_a_place_outside_that_is_away_is_an_alarm_and_caught_up(
    settings, monkeypatch, anchor_folder
):
    settings.ANCHORS = (anchor_folder.as_uri(), "https://witness.invalid/")
    sent = []

    def post(place, *, data, **rest):
        if not sent:
            sent.append(None)
            raise requests.ConnectionError
        sent.append(data.decode())
        answer = requests.Response()
        answer.status_code = 204
        return answer

    monkeypatch.setattr(requests, "post", post)
    looked(1)
    call_command("seal_access_log")
    assert open_alarms() == ["anchor:https://witness.invalid/"]
    assert len(list(read_folder(anchor_folder))) == 1

    looked(1)
    call_command("seal_access_log")

    assert sent[1:] == list(
        LogCheckpoint.objects.order_by("number").values_list("note", flat=True)
    )
    assert open_alarms() == []
    assert set(LogAnchor.objects.values_list("number", flat=True)) == {2}


def test_a_checkpoint_outside_is_never_written_over(anchor_folder):
    looked(1)
    seal()
    (anchor_folder / "2026-11").mkdir()
    kept = anchor_folder / "2026-11" / "000000000001.txt"
    kept.write_text("et annet")

    anchor()

    assert kept.read_text() == "et annet"
    assert Alarm.objects.get(kind="access-log").is_urgent
