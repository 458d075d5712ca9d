"""What each version of Kari's report changed, told from the rows that never change."""

import dataclasses

import pytest
from django.utils import timezone

from results.models import DiagnosticReport
from results.operations import ensure_patient
from results.parsed import ParsedCoding, ParsedObservation
from results.queries import ChangeKind, report_of, reports_of
from results.vocabulary import ObservationStatus, ReportStatus
from tests.results.stories import (
    KARI,
    a_message,
    a_report,
    haemoglobin,
    low_ferritin,
    moment,
    store,
)

pytestmark = pytest.mark.django_db

HB, FERRITIN = "NPU19873", "NPU19763"


def a_version(*items, hour: int, **changed):
    report = {"service_type": "M", "status": ReportStatus.CORRECTED, **changed}
    return a_message(
        a_report(observations=items, **report),
        generated_at=moment(f"2026-11-15T{hour}:00+01:00"),
    )


def history():
    patient_id = ensure_patient(KARI)
    return report_of(patient_id, reports_of(patient_id)[0].id).history


def told(step) -> list[tuple]:
    return [
        (
            change.kind,
            change.item.code,
            change.before and change.before.digits,
            change.after and change.after.digits,
        )
        for change in step.changes
    ]


def test_a_report_of_one_version_has_none():
    store()

    assert history() == ()


def test_each_step_tells_what_it_changed_in_the_one_before():
    store(a_version(haemoglobin("121"), hour=13))
    store(a_version(haemoglobin("131"), low_ferritin(), hour=14))
    store(a_version(low_ferritin(), hour=15))

    assert [told(step) for step in history()] == [
        [(ChangeKind.NOT_REPEATED, HB, "131", None)],
        [
            (ChangeKind.CHANGED, HB, "121", "131"),
            (ChangeKind.ADDED, FERRITIN, None, "11"),
        ],
        [],
    ]


def test_steps_are_dated_by_the_sender_and_name_what_they_replaced():
    store(a_version(haemoglobin(), hour=15))
    store(a_version(haemoglobin("119"), hour=13))  # came late

    newest, first = history()
    assert newest.before.made_at == first.head.made_at < newest.head.made_at
    assert told(newest) == [(ChangeKind.CHANGED, HB, "119", "121")]
    assert first.before is None


@pytest.mark.parametrize(
    "changed",
    [
        {"reference_ranges": ("110 - 150",)},
        {"comments": ("Hemolyse.",)},
        {"status": ObservationStatus.PRELIMINARY},
    ],
    ids=["range", "comment", "status"],
)
def test_a_change_is_more_than_the_value(changed):
    store(a_version(haemoglobin(), hour=13))
    store(a_version(haemoglobin(**changed), hour=14))

    assert told(history()[0]) == [(ChangeKind.CHANGED, HB, "121", "121")]


def test_an_answer_taken_back_alone_is_told_as_that():
    store(a_version(haemoglobin(), low_ferritin(), hour=13))
    taken_back = haemoglobin(status=ObservationStatus.CANCELLED)
    store(a_version(taken_back, low_ferritin(), hour=14))
    store(a_version(taken_back, low_ferritin(), hour=15))

    assert [[kind for kind, *_ in told(s)] for s in history()] == [
        [],
        [ChangeKind.WITHDRAWN],
        [],
    ]


def test_a_group_is_told_through_what_it_holds():
    def group(*members):
        standing = ParsedObservation(codings=(ParsedCoding("NPU1"),))
        return dataclasses.replace(standing, members=members)

    store(a_version(group(haemoglobin("121")), hour=13))
    store(a_version(group(haemoglobin("131"), low_ferritin()), hour=14))

    assert [kind for kind, *_ in told(history()[0])] == [
        ChangeKind.CHANGED,
        ChangeKind.ADDED,
    ]


class TestBehindAWithdrawal:
    def withdrawal(self, hour):
        return a_version(
            hour=hour,
            service_type="C",
            status=ReportStatus.CANCELLED,
            comment="Prøven var forbyttet.",
        )

    def test_only_the_days_are_told_of_what_is_withdrawn(self):
        store(a_version(haemoglobin(), hour=13, comment="Ringt."))
        store(self.withdrawal(14))

        newest, first = history()
        assert (newest.head.is_withdrawn, newest.changes, first.changes) == (
            True,
            (),
            (),
        )
        assert (newest.head.comment, first.head.comment) == ("", "")

    def test_a_version_after_it_is_not_held_against_those_before(self):
        store(a_version(haemoglobin("111"), hour=13, comment="Ringt."))
        store(self.withdrawal(14))
        store(a_version(haemoglobin("121"), hour=15))
        store(a_version(haemoglobin("122"), hour=16))

        assert [told(step) for step in history()] == [
            [(ChangeKind.CHANGED, HB, "121", "122")],
            [],
            [],
            [],
        ]
        assert history()[-1].head.comment == ""

    def test_of_someone_elses_report_nothing_but_days(self):
        store(a_version(haemoglobin("111"), hour=13))
        store(a_version(haemoglobin("121"), hour=14, comment="Ringt."))
        DiagnosticReport.objects.update(wrong_patient_at=timezone.now())

        assert [(told(s), s.head.comment) for s in history()] == [([], "")] * 2


@pytest.mark.parametrize("versions", [2, 5])
def test_it_costs_one_query_however_many_versions(versions, django_assert_num_queries):
    for hour in range(versions):
        store(a_version(haemoglobin(str(120 + hour)), low_ferritin(), hour=13 + hour))
    patient_id = ensure_patient(KARI)
    report_id = reports_of(patient_id)[0].id
    report_of(patient_id, report_id)

    with django_assert_num_queries(11):
        report_of(patient_id, report_id)
