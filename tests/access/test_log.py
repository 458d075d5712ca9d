"""The log takes new rows and nothing else; the application's role is refused too."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from access.log import page_of, reports_opened_by, write_entry
from access.models import AccessLogEntry
from access.models.database_rights import APPLICATION_ROLE
from access.rules.ground import permit, refuse
from access.terms import AccessBasis, Action, Reason
from results.vocabulary import Discipline
from tests.access.situations import KARI, a_request, facts, kari, ola, opening
from tests.portal.answers import a_summary

pytestmark = pytest.mark.django_db

REPORT = uuid.UUID(int=42)


def ola_reads_a_report() -> None:
    write_entry(
        a_request(action=Action.OPEN_REPORT),
        facts(),
        permit(rule="need_to_know"),
        report_ids=[REPORT],
    )


@pytest.fixture
def application_role(db):
    """The test's connection acts as the service's own role until the test ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {APPLICATION_ROLE}")
        yield
        cursor.execute("RESET ROLE")


REWRITES = [
    "UPDATE access_accesslogentry SET viewer_name = 'ingen'",
    "DELETE FROM access_accesslogentry",
    "TRUNCATE access_accesslogentry",
]


@pytest.mark.parametrize("statement", REWRITES)
def test_not_even_the_tables_owner_rewrites_the_log(statement):
    ola_reads_a_report()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)

    assert AccessLogEntry.objects.count() == 1


@pytest.mark.parametrize("statement", REWRITES)
def test_nor_the_month_a_row_lies_in(statement):
    ola_reads_a_report()
    month = statement.replace("access_accesslogentry", "access_log_2026_11")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(month)


@pytest.mark.usefixtures("application_role")
@pytest.mark.parametrize("month", ["access_log_2026_11", "access_log_default"])
def test_the_services_role_goes_round_the_log_to_no_month(month):
    for statement in [*REWRITES, f"INSERT INTO {month} DEFAULT VALUES"]:
        statement = statement.replace("access_accesslogentry", month)
        with pytest.raises(DatabaseError, match="permission den"), transaction.atomic():
            connection.cursor().execute(statement)


@pytest.mark.parametrize("statement", REWRITES)
@pytest.mark.usefixtures("application_role")
def test_the_services_role_has_no_right_to_rewrite_the_log(statement):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.usefixtures("application_role")
def test_the_services_role_may_not_switch_the_triggers_off():
    statement = "ALTER TABLE access_accesslogentry DISABLE TRIGGER ALL"

    with pytest.raises(DatabaseError, match="must be owner"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.usefixtures("application_role")
def test_the_services_role_writes_and_reads_entries():
    ola_reads_a_report()

    assert page_of(KARI).lines[0].viewer_name == "Ola Lind"


def test_kari_reads_who_looked_where_from_and_why():
    ola_reads_a_report()

    line = page_of(KARI).lines[0]
    assert (line.viewer_name, line.organization_name) == (
        "Ola Lind",
        "Lillevik legesenter",
    )
    assert (line.role_code, line.basis) == ("LE", AccessBasis.CONSENT)
    assert (line.report_ids, line.is_own) == ((REPORT,), False)


def test_a_refusal_is_a_line_too():
    write_entry(
        opening(basis=None), facts(), refuse(Reason.BASIS_REQUIRED, rule="need_to_know")
    )

    assert not page_of(KARI).lines[0].is_permitted


def test_the_log_of_one_patient_holds_no_other():
    write_entry(
        a_request(patient_id=uuid.UUID(int=77)), facts(), permit(rule="need_to_know")
    )

    assert page_of(KARI).lines == ()


def test_what_kari_has_opened_is_remembered_for_her_alone():
    ola_reads_a_report()
    write_entry(
        a_request(action=Action.OPEN_REPORT, viewer=kari()),
        facts(),
        permit(rule="own_record"),
        report_ids=[REPORT],
    )

    assert reports_opened_by(kari().user_id, KARI) == {REPORT}
    assert reports_opened_by(ola().user_id, uuid.UUID(int=77)) == set()


def test_reading_the_log_is_three_queries_however_long_it_is(django_assert_num_queries):
    for _ in range(3):
        ola_reads_a_report()

    with django_assert_num_queries(3):
        assert len(page_of(KARI).lines) == 3


def test_a_line_tells_of_what_kind_and_whose_the_answers_were():
    write_entry(
        a_request(action=Action.LIST_REPORTS, viewer=ola(calling_system="Journal 4")),
        facts(),
        permit(rule="need_to_know"),
        reports=[
            a_summary(category=Discipline.MBIO, performer_name="Nordlab"),
            a_summary(category=Discipline.MBIO, performer_name="Fjordlab"),
            a_summary(category=Discipline.RAD, performer_name=""),
        ],
    )

    (entry,) = AccessLogEntry.objects.all()
    assert entry.report_count == len(entry.report_ids) == 3
    assert entry.categories == sorted([str(Discipline.MBIO), str(Discipline.RAD)])
    assert entry.origins == ["Fjordlab", "Nordlab"]
    assert entry.calling_system == "Journal 4"


def test_no_column_of_the_log_holds_what_an_answer_says():
    """Whoever adds a column must come here and say what it holds."""
    kept = {field.name for field in AccessLogEntry._meta.get_fields()}

    assert kept == {
        *("id", "at", "action", "patient_id", "report_ids", "report_count"),
        *("categories", "origins", "search_hash", "viewer_kind", "user_id"),
        *("session_id", "viewer_name", "hpr_number", "role_code"),
        *("organization_id", "organization_name", "calling_system", "is_own"),
        *("basis", "purpose_of_use", "justification_encrypted"),
        *("care_relationship_id", "is_permitted", "reason", "rule"),
        *("salt", "transaction_id"),
    }
