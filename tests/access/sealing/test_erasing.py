"""Five years after Kari's record ended the log about her goes, and the trees stand."""

import datetime
import uuid

import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from access.models import AccessCase, AccessLogEntry, RecordEnd
from access.models.database_rights import APPLICATION_ROLE, SEALER_ROLE
from access.operations import continue_record, end_record
from access.sealing import erase_expired, seal, verify
from tests.access.sealing.looking import as_superuser, looked
from tests.access.situations import KARI

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("_what_is_written_is_committed"),
]

# The database's own clock decides, so what is old is written as old.
YEAR = datetime.timedelta(days=365.25)
NOW = datetime.datetime.now(datetime.UTC)
OLD = NOW - 6 * YEAR


@pytest.fixture
def old_and_sealed(_what_is_written_is_committed):
    """Two looks six years ago, and one since; her record ended after the first two."""
    looked(2, at=OLD)
    looked(1, at=NOW - YEAR)
    end_record(KARI, at=NOW - 5.5 * YEAR, reason="Død")
    seal()


def left() -> int:
    return AccessLogEntry.objects.filter(patient_id=KARI).count()


@pytest.mark.usefixtures("old_and_sealed")
def test_what_is_erased_is_accounted_for_and_nothing_else_goes():
    assert (erase_expired(), erase_expired()) == (2, 0)
    seal()

    found = verify()
    assert (found.faults, found.erased, left()) == ([], 2, 1)


@pytest.mark.usefixtures("old_and_sealed")
def test_that_it_was_done_is_in_the_log_with_no_name():
    keys = set(AccessLogEntry.objects.filter(at__lt=NOW - 2 * YEAR).values_list("id"))

    erase_expired()

    entry = AccessLogEntry.objects.get(action="erase-log")
    assert {(uuid.UUID(key),) for key in entry.report_ids} == keys
    assert (entry.viewer_name, entry.patient_id) == ("", uuid.UUID(int=0))


def keep_record_going():
    continue_record(KARI)


def ended_lately():
    RecordEnd.objects.update(ended_at=NOW - 4.9 * YEAR)


def somebody_asks():
    AccessCase.objects.create(
        kind="question",
        cause="1",
        organization_id=uuid.uuid4(),
        user_id=uuid.uuid4(),
        patient_id=KARI,
        due_at=NOW,
    )


@pytest.mark.usefixtures("old_and_sealed")
@pytest.mark.parametrize("but", [keep_record_going, ended_lately, somebody_asks])
def test_nothing_goes_before_its_time_or_while_somebody_asks(but):
    but()

    assert erase_expired() == 0
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute("DELETE FROM access_accesslogentry")
    assert left() == 3


def test_what_is_not_sealed_does_not_go():
    looked(1, at=OLD)
    end_record(KARI, at=OLD, reason="Død")

    assert erase_expired() == 0


@pytest.mark.usefixtures("old_and_sealed")
def test_a_row_taken_before_its_time_is_found_though_an_erasure_is_made_up():
    young = AccessLogEntry.objects.get(at__gt=NOW - 2 * YEAR).id
    erase_expired()
    as_superuser(
        f"DELETE FROM access_accesslogentry WHERE id = '{young}'",
        "UPDATE access_accesslogentry"
        f" SET report_ids = report_ids || '[\"{young}\"]' WHERE action = 'erase-log'",
    )
    seal()

    assert [fault for fault in verify().faults if str(young) in fault]


@pytest.mark.usefixtures("old_and_sealed")
def test_the_services_role_erases_nothing():
    connection.cursor().execute(f"SET ROLE {APPLICATION_ROLE}")

    with pytest.raises(DatabaseError, match="permission den"), transaction.atomic():
        erase_expired()


@pytest.mark.usefixtures("old_and_sealed")
def test_the_sealers_role_erases_what_may_go_and_no_more():
    connection.cursor().execute(f"SET ROLE {SEALER_ROLE}")

    call_command("seal_access_log")

    connection.cursor().execute("RESET ROLE")
    assert left() == 1


@pytest.mark.usefixtures("old_and_sealed")
def test_an_end_that_is_known_stands():
    end_record(KARI, at=NOW, reason="Reservasjon")

    with time_machine.travel(NOW):
        assert RecordEnd.objects.get().reason == "Død"
