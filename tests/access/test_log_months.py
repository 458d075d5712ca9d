"""The log has room for the months that come; what has no room there is not lost."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from access.log import page_of, write_entry
from access.log_months import make_months
from access.models import AccessLogEntry
from access.models.database_rights import APPLICATION_ROLE
from access.rules.ground import permit
from access.tasks import make_log_months
from results.models import Alarm
from tests.access.situations import KARI, a_request, facts

pytestmark = pytest.mark.django_db

FAR_AHEAD = datetime.datetime(2031, 11, 30, 23, 30, tzinfo=datetime.UTC)


def looked(at: datetime.datetime) -> None:
    write_entry(a_request(at=at), facts(), permit(rule="need_to_know"))


def place_of_the_row() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM access_accesslogentry")
        return cursor.fetchone()[0]


def open_alarms() -> list[str]:
    alarms = Alarm.objects.filter(kind="access-log", closed_at=None)
    return list(alarms.order_by("key").values_list("key", flat=True))


@pytest.fixture
def nobody_makes_months(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION access_log_make_month(day date)"
            " RETURNS boolean LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'no room on the disk'; END $$"
        )


@pytest.mark.usefixtures("nobody_makes_months")
def test_a_month_that_could_not_be_made_is_an_alarm_and_urgent_when_near():
    make_months(at=FAR_AHEAD)

    assert open_alarms() == [
        f"months:{month}" for month in ("2031-11", "2031-12", "2032-01", "2032-02")
    ]
    urgent = Alarm.objects.filter(is_urgent=True).order_by("key")
    assert [a.key[-7:] for a in urgent] == ["2031-11", "2031-12"]


@pytest.mark.usefixtures("nobody_makes_months")
def test_a_look_in_a_month_nobody_made_is_kept_all_the_same():
    looked(FAR_AHEAD)
    make_months(at=FAR_AHEAD)

    assert place_of_the_row() == "access_log_default"
    assert len(page_of(KARI).lines) == 1
    assert "months:default" in open_alarms()


def test_it_moves_to_its_month_when_that_is_made_and_the_alarm_is_over():
    looked(FAR_AHEAD)
    (before,) = AccessLogEntry.objects.values()

    make_months()

    assert place_of_the_row() == "access_log_2031_11"
    assert AccessLogEntry.objects.get(pk=before["id"]).transaction_id
    assert list(AccessLogEntry.objects.values()) == [before]
    assert open_alarms() == []


def test_what_lies_outside_its_month_is_append_only_before_and_after():
    looked(FAR_AHEAD)
    make_months(at=FAR_AHEAD)

    for table in ("access_log_default", "access_log_2031_11", "access_accesslogentry"):
        for statement in ("DELETE FROM {}", "TRUNCATE {}"):
            looked(FAR_AHEAD + datetime.timedelta(days=365))
            with pytest.raises(DatabaseError, match="append-only"):
                refused(statement.format(table))


def refused(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_three_months_ahead_are_made_by_the_services_own_role():
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {APPLICATION_ROLE}")
        make_months(at=FAR_AHEAD)
        cursor.execute("RESET ROLE")

    looked(FAR_AHEAD + datetime.timedelta(days=80))

    assert place_of_the_row() == "access_log_2032_02"


def test_the_clock_makes_them_again_and_again():
    make_log_months()
    make_log_months()

    assert open_alarms() == []


@pytest.mark.parametrize(
    ("at", "month"),
    [
        ("2026-11-30T23:59:59.999999+00:00", "access_log_2026_11"),
        ("2026-12-01T00:00:00+00:00", "access_log_2026_12"),
        ("2026-12-01T00:30:00+01:00", "access_log_2026_11"),
    ],
)
def test_a_month_is_counted_in_universal_time(at, month):
    make_months(at=datetime.datetime(2026, 11, 2, tzinfo=datetime.UTC))

    looked(datetime.datetime.fromisoformat(at))

    assert place_of_the_row() == month
