"""A patient's results over time: as sent, as they stand now, and told apart."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from results import codes, queries
from results.operations import ensure_patient
from results.parsed import ParsedCoding, ParsedParty, ParsedQuantity, ParsedUnit
from results.queries import Analyte
from results.vocabulary import (
    Interpretation,
    ObservationStatus,
    ReportStatus,
    ValueKind,
)
from tests.results.stories import (
    KARI,
    NLK,
    a_message,
    a_report,
    haemoglobin,
    low_ferritin,
    moment,
    store,
)

pytestmark = pytest.mark.django_db


def reported(*observations, at="2026-11-15T12:00+01:00", **changed):
    report = a_report(observations=observations, **changed)
    return store(a_message(report, generated_at=moment(at)))


def followed(analyte: Analyte | None = None):
    patient_id = ensure_patient(KARI)
    reports = queries.reports_of(patient_id, is_counted=False)
    return queries.results_over_time(
        patient_id, reports, analytes=analyte and (analyte,)
    )


def test_a_value_is_what_was_sent():
    below = ParsedQuantity("4.10", Decimal("4.10"), "mmol/L", "<")
    reported(
        haemoglobin(
            quantity=below,
            interpretation=Interpretation.LOW,
            comments=("Hemolyse.",),
            method_codings=(ParsedCoding("X", None, "Enzymatisk"),),
        )
    )

    [result] = followed()

    assert (result.digits, result.comparator, result.unit) == ("4.10", "<", "mmol/L")
    assert result.number == 4.1
    assert result.reference_ranges == ("117 - 153",)
    assert result.mark is Interpretation.LOW
    assert result.has_comment
    assert result.methods == ("Enzymatisk",)
    assert result.report.performer_name == "Nordlab"
    assert result.report.requester_name == "Lillevik legesenter, Ola Lind"


def test_the_moment_is_that_of_the_sample_and_else_the_reports():
    reported(haemoglobin(), haemoglobin("120", specimen_ids=()))

    assert {r.effective_at.at for r in followed()} == {
        datetime.datetime(2026, 11, 14, 7, 42, tzinfo=datetime.UTC)
    }


def test_who_is_named_with_the_result_is_told_beside_the_laboratory():
    helper = ParsedParty(organization=ParsedUnit("Fjordlab"))
    reported(haemoglobin(performers=(helper,)), low_ferritin())

    assert [r.performers for r in followed()] == [("Fjordlab",), ()]


def test_a_correction_replaces_and_what_it_does_not_repeat_is_marked():
    reported(haemoglobin("121"), low_ferritin())
    reported(
        haemoglobin("131", status=ObservationStatus.CORRECTED),
        at="2026-11-16T12:00+01:00",
        status=ReportStatus.CORRECTED,
    )

    now = {r.digits: r for r in followed()}

    assert set(now) == {"131", "11"}
    assert now["131"].is_standing
    assert now["11"].is_not_repeated
    assert not now["11"].is_standing


def test_what_lies_behind_a_withdrawal_is_withdrawn():
    reported(haemoglobin("121"), low_ferritin())
    reported(at="2026-11-16T12:00+01:00", status=ReportStatus.CANCELLED)
    assert followed() == ()

    reported(haemoglobin("131"), at="2026-11-17T12:00+01:00")

    assert [r.digits for r in followed()] == ["131"]


@pytest.mark.parametrize(
    ("status", "stands"),
    [
        (ObservationStatus.FINAL, True),
        (ObservationStatus.CORRECTED, True),
        (ObservationStatus.PRELIMINARY, False),
        (ObservationStatus.REGISTERED, False),
        (ObservationStatus.CANCELLED, False),
        (ObservationStatus.ENTERED_IN_ERROR, False),
    ],
)
def test_only_what_is_final_stands(status, stands):
    reported(haemoglobin(status=status))

    [result] = followed()

    assert result.is_standing is stands


def test_nothing_of_a_preliminary_report_stands():
    reported(haemoglobin(), status=ReportStatus.PRELIMINARY)

    assert [r.is_standing for r in followed()] == [False]


def test_code_and_unit_are_never_joined():
    other_code = haemoglobin(codings=(ParsedCoding("NPU27300", NLK, "B-HbA1c"),))
    other_unit = haemoglobin(quantity=ParsedQuantity("12.1", Decimal("12.1"), "g/dL"))
    reported(haemoglobin(), other_code, other_unit)

    assert len({r.analyte for r in followed()}) == 3


def test_spellings_of_one_code_and_one_unit_are_one():
    codes.load_seed()
    spelt = haemoglobin(
        "118",
        codings=(ParsedCoding("npu 19763", NLK, "Ferritin"),),
        quantity=ParsedQuantity("118", Decimal(118), "ug/l"),
    )
    reported(low_ferritin(), spelt)
    ferritin = Analyte(NLK, "NPU19763", "", "ug/L")

    assert {r.analyte for r in followed()} == {ferritin}
    assert [r.digits for r in followed(ferritin)] == ["11", "118"]


def test_what_has_no_code_is_told_apart_by_its_name():
    uncoded = [
        replace(haemoglobin(), codings=(ParsedCoding(original_text=name),))
        for name in ("Egen A", "Egen B")
    ]
    reported(*uncoded)

    analytes = {r.analyte for r in followed()}

    assert {a.name for a in analytes} == {"Egen A", "Egen B"}
    assert all(len(followed(a)) == 1 for a in analytes)


def test_one_row_of_a_report_with_versions_is_still_told_what_is_not_repeated():
    reported(haemoglobin("121"), low_ferritin())
    reported(
        haemoglobin("131"),
        at="2026-11-16T12:00+01:00",
        status=ReportStatus.CORRECTED,
    )

    [ferritin] = followed(Analyte(NLK, "NPU19763", "", "ug/L"))

    assert ferritin.is_not_repeated


def test_a_long_text_is_cut_and_says_so():
    reported(haemoglobin(kind=ValueKind.TEXT, quantity=None, text="Funn. " * 100))

    [result] = followed()

    assert result.is_cut
    assert len(result.text) == 300
