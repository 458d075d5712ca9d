"""Storing: versions never change, and the sender decides which one is in force."""

import itertools
from decimal import Decimal

import pytest

from results.models import (
    DiagnosticReport,
    DiagnosticReportVersion,
    Observation,
    Patient,
    PatientDemographics,
    PatientIdentifier,
    Practitioner,
    Specimen,
)
from results.operations import OtherPatient, ensure_patient
from results.parsed import ParsedObservation, ParsedQuantity, ParsedSpecimen
from results.vocabulary import ReportStatus, ValueKind
from tests.results.stories import (
    KARI,
    PER,
    a_message,
    a_report,
    day,
    haemoglobin,
    low_ferritin,
    moment,
    store,
)

pytestmark = pytest.mark.django_db


def test_a_person_is_made_once_and_known_by_an_opaque_key():
    first, second = ensure_patient(KARI), ensure_patient(KARI)

    assert first == second
    assert Patient.objects.count() == 1
    assert ensure_patient(PER) != first


def test_neither_number_nor_name_lies_readable_in_the_database():
    ensure_patient(KARI, name="Prøve, Kari")

    row = PatientIdentifier.objects.get()
    kept = bytes(row.value_encrypted) + bytes(row.lookup)
    kept += bytes(PatientDemographics.objects.get().content_encrypted)
    assert KARI.digits.encode() not in kept
    assert b"Kari" not in kept


def test_every_digit_is_kept_as_sent():
    number = ParsedQuantity("4.10", Decimal("4.10"), "mmol/L", "<")
    store(a_message(a_report(observations=(haemoglobin("4.10", quantity=number),))))

    row = Observation.objects.get()
    assert (row.value_as_sent, row.comparator, row.unit) == ("4.10", "<", "mmol/L")
    assert row.value_number == Decimal("4.10")


@pytest.mark.parametrize("digits", ["1E30", "0.0000000000001", "9" * 27])
def test_a_number_too_large_or_fine_for_the_column_is_kept_as_text(digits):
    number = ParsedQuantity(digits, Decimal(digits))
    store(a_message(a_report(observations=(haemoglobin("1", quantity=number),))))

    row = Observation.objects.get()
    assert (row.value_as_sent, row.value_number) == (digits, None)


def test_an_item_is_a_row_at_every_depth():
    leaf = ParsedObservation(kind=ValueKind.NONE)
    group = ParsedObservation(members=(leaf, ParsedObservation(members=(leaf,))))
    store(a_message(a_report(observations=(group, haemoglobin()))))

    rows = Observation.objects.order_by("position")
    parents = [row.parent_id for row in rows]
    assert len(rows) == 5
    assert parents == [None, rows[0].id, rows[0].id, rows[2].id, None]


def test_the_requester_is_known_by_hpr_number():
    store()

    assert Practitioner.objects.get().hpr_number == "9000001"
    version = DiagnosticReportVersion.objects.get()
    assert version.requester_name == "Lillevik legesenter, Ola Lind"


def test_sampling_is_the_date_and_the_oldest_counts():
    specimens = (
        ParsedSpecimen("1", collected_at=moment("2026-11-14T08:42+01:00")),
        ParsedSpecimen("2", collected_at=day("2026-11-10")),
    )
    store(a_message(a_report(specimens=specimens)))

    version = DiagnosticReportVersion.objects.get()
    assert (version.effective_date.isoformat(), version.effective_at) == (
        "2026-11-10",
        None,
    )


def test_without_a_sampling_date_the_issue_date_counts():
    store(a_message(a_report(specimens=())))

    version = DiagnosticReportVersion.objects.get()
    assert version.effective_date.isoformat() == "2026-11-15"


def a_course() -> list:
    """A preliminary answer, the final one, and its correction, as Nordlab sent them."""
    steps = [
        ("2026-11-15T12:00+01:00", ReportStatus.PRELIMINARY),
        ("2026-11-16T12:00+01:00", ReportStatus.FINAL),
        ("2026-11-17T12:00+01:00", ReportStatus.AMENDED),
    ]
    return [
        a_message(a_report(status=status), generated_at=moment(at))
        for at, status in steps
    ]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_whatever_order_they_arrive_in_the_latest_made_is_in_force(order):
    messages = a_course()

    for index in order:
        store(messages[index])

    current = DiagnosticReportVersion.objects.get(is_current=True)
    assert current.status == ReportStatus.AMENDED
    assert DiagnosticReport.objects.get().versions.count() == 3


def test_the_same_id_for_someone_else_is_not_stored():
    about_kari = store(about=KARI)

    about_per = store(about=PER, name="Nordmann, Per")

    assert about_per == OtherPatient(about_kari.report_id)
    assert DiagnosticReportVersion.objects.get().patient_id == ensure_patient(KARI)


def test_a_report_without_an_id_is_known_by_its_message():
    store(a_message(a_report(id=None)))
    store(a_message(a_report(id=None)))

    assert DiagnosticReport.objects.count() == 2


def test_storing_costs_the_same_however_many_answers(django_assert_max_num_queries):
    store()
    answers = tuple(low_ferritin() for _ in range(40))

    with django_assert_max_num_queries(40):
        store(a_message(a_report(id="other", observations=answers)))

    assert Specimen.objects.count() == 2
