"""A report through its life: changed in part, taken back, never someone else's."""

import dataclasses

import pytest
import time_machine
from django.utils import timezone

from results.models import DiagnosticReport, RetentionRule
from results.operations import ensure_patient
from results.parsed import ParsedCoding, ParsedObservation
from results.queries import report_of, reports_of, withdrawn_report_of
from results.vocabulary import ObservationStatus, ReportStatus, RetentionKind
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


def karis_reports():
    return reports_of(ensure_patient(KARI))


def a_change(*items, hour: int = 13, service_type: str = "M", **changed):
    """Nordlab's next version of the same report, an hour after the one before."""
    report = a_report(
        service_type=service_type,
        status=ReportStatus.AMENDED,
        observations=items,
        **changed,
    )
    return a_message(report, generated_at=moment(f"2026-11-15T{hour}:00+01:00"))


def names(detail) -> list[tuple[str, bool]]:
    return [(o.code, o.is_not_repeated) for o in detail.observations]


def karis_report():
    patient_id = ensure_patient(KARI)
    return report_of(patient_id, reports_of(patient_id)[0].id)


def test_a_change_that_repeats_one_answer_keeps_the_other_marked():
    store()
    store(a_change(haemoglobin()))

    hb, ferritin = haemoglobin().codings[0].code, low_ferritin().codings[0].code
    assert names(karis_report()) == [(hb, False), (ferritin, True)]


def test_what_is_not_repeated_is_neither_counted_nor_in_the_headline():
    store()
    store(a_change(haemoglobin()))

    summary = karis_reports()[0]
    assert (summary.observation_count, summary.outside_count) == (1, 0)


def test_an_answer_taken_back_alone_is_shown_as_taken_back():
    store()
    store(a_change(haemoglobin(status=ObservationStatus.CANCELLED, service_type="C")))

    shown = karis_report().observations
    assert [o.status for o in shown] == [
        ObservationStatus.CANCELLED,
        ObservationStatus.FINAL,
    ]


def test_members_not_repeated_stay_in_their_group():
    group = ParsedObservation(codings=(ParsedCoding("NPU1"),))
    store(a_message(a_report(observations=(replaced(group, haemoglobin()),))))
    store(a_change(replaced(group, low_ferritin())))

    (shown,) = karis_report().observations
    assert [m.is_not_repeated for m in shown.members] == [False, True]


def replaced(group, *members):
    return dataclasses.replace(group, members=members)


def withdraw(**changed):
    report = {"status": ReportStatus.CANCELLED, "comment": "Prøven var forbyttet."}
    return a_message(
        a_report(service_type="C", observations=(), **{**report, **changed}),
        generated_at=moment("2026-11-15T14:00+01:00"),
    )


def test_a_withdrawn_report_is_a_tombstone_that_says_why():
    store()
    store(withdraw())

    report = karis_report()
    assert report.observations == () == report.specimens
    assert report.comment == "Prøven var forbyttet."
    assert report.has_withdrawn_content


def test_what_it_said_before_can_be_opened_apart():
    store()
    store(a_change(haemoglobin()))
    store(withdraw())

    patient_id = ensure_patient(KARI)
    former = withdrawn_report_of(patient_id, reports_of(patient_id)[0].id)
    assert [is_left for _, is_left in names(former)] == [False, True]


def test_a_report_in_force_has_nothing_withdrawn_to_open():
    store()

    patient_id = ensure_patient(KARI)
    assert withdrawn_report_of(patient_id, reports_of(patient_id)[0].id) is None


def test_a_change_after_a_withdrawal_brings_nothing_back_from_before_it():
    store()
    store(withdraw())
    store(a_change(low_ferritin(), hour=15))

    assert [is_left for _, is_left in names(karis_report())] == [False]


def test_someone_elses_report_shows_nothing_to_anyone():
    stored = store(a_message(a_report(comment="Ringt til legen.")))
    DiagnosticReport.objects.update(wrong_patient_at=timezone.now())

    patient_id = ensure_patient(KARI)
    report = report_of(patient_id, stored.report_id)
    assert report.summary.status is ReportStatus.ENTERED_IN_ERROR
    assert (report.observations, report.comment, report.summary.headline) == (
        (),
        "",
        "",
    )
    assert withdrawn_report_of(patient_id, stored.report_id) is None


def test_a_change_without_its_original_says_so_until_it_comes():
    store(a_change(haemoglobin()))
    alone = karis_report()
    store()

    assert alone.is_without_original
    assert not karis_report().is_without_original


def test_a_withdrawal_that_comes_first_withdraws_what_comes_after():
    store(withdraw())
    assert karis_report().is_without_original
    store()

    report = karis_report()
    assert report.summary.status is ReportStatus.CANCELLED
    assert (report.observations, report.is_without_original) == ((), False)


def the_window_is(days: int | None, category: str = "") -> None:
    RetentionRule.objects.filter(kind=RetentionKind.DISPLAY).delete()
    RetentionRule.objects.create(
        kind=RetentionKind.DISPLAY,
        category=category,
        days=days,
        valid_from="2020-01-01",
        decided_by="Helsedirektoratet",
        reason="Prøve",
    )


@time_machine.travel("2026-11-24 12:00+01:00")
def test_what_is_past_its_window_is_shown_nowhere():
    """The sample was taken on 14 November."""
    stored = store()
    patient_id = ensure_patient(KARI)

    the_window_is(10)
    assert [r.id for r in reports_of(patient_id)] == [stored.report_id]
    the_window_is(9)
    assert reports_of(patient_id) == ()
    assert report_of(patient_id, stored.report_id) is None


@time_machine.travel("2026-11-24 12:00+01:00")
def test_each_discipline_has_a_window_of_its_own():
    store()
    the_window_is(1, category="RAD")

    assert len(karis_reports()) == 1
