"""A curve draws what stands and was measured alike, and the table tells the rest."""

import pytest

from access.lookup import ComparedRow, Measured
from portal.presenting.trends import (
    MOST_RESULTS,
    chosen_results,
    frame_of,
    present_trend,
)
from results.vocabulary import (
    Discipline,
    Interpretation,
    ObservationStatus,
    ReportStatus,
)
from tests.portal.answers import a_moment, a_result, a_summary

pytestmark = pytest.mark.django_db


def taken(day: int, digits="13.2", **fields):
    of = {
        key: fields.pop(key)
        for key in ("status", "performer_name", "category")
        if key in fields
    }
    report = a_summary(effective_at=a_moment(2026, 11, day), **of)
    return a_result(digits=digits, report=report, **fields)


def trend(*results):
    measured = Measured(results[0].analyte, "B-Hemoglobin", "g/dL")
    row = ComparedRow(measured, results)
    shown = chosen_results(row, since=None, until=None)
    addresses = {str(r.report.id): f"/{r.report.id}/" for r in results}
    return present_trend(row, shown, frame_of(shown), addresses)


def drawn(shown) -> int:
    return shown.wide.count("<g transform")


def test_values_of_one_laboratory_are_joined_in_both_sizes():
    shown = trend(taken(3), taken(1, "12.1"), taken(2, "12.4"))

    assert shown.wide.count("L") - shown.wide.count("LL") >= 2
    line = shown.wide.split('class="line" d="')[1].split('"')[0]
    assert line.count("M") == 2
    assert drawn(shown) == shown.narrow.count("<g transform") == 3
    assert [line.value for line in shown.lines] == ["13,2", "12,4", "12,1"]


@pytest.mark.parametrize(
    "other", [{"performer_name": "Fjordlab"}, {"method": "Impedans"}]
)
def test_no_line_between_laboratories_or_methods(other):
    shown = trend(taken(1), taken(2, "12.4", **other))

    assert 'class="line" d=""' in shown.wide
    assert drawn(shown) == 2


def test_each_laboratory_has_a_sign_of_its_own():
    shown = trend(taken(1), taken(2, performer_name="Fjordlab"))

    assert [name for _sign, name in shown.signs] == ["Nordlab", "Fjordlab"]
    assert len({sign for sign, _name in shown.signs}) == 2


@pytest.mark.parametrize(
    "left_out",
    [
        {"status": ReportStatus.PRELIMINARY},
        {"is_not_repeated": True},
        {"number": None},
    ],
)
def test_what_does_not_stand_is_in_the_table_alone(left_out):
    shown = trend(taken(1), taken(2, "99", **left_out))

    assert drawn(shown) == 1
    assert shown.lines[0].is_standing == ("number" in left_out)
    assert shown.lines[0].value == "99"


def test_a_withdrawn_result_shows_no_value():
    gone = a_result(digits="99", status=ObservationStatus.ENTERED_IN_ERROR)
    shown = trend(gone)

    assert (shown.wide, shown.lines[0].value) == ("", "")
    assert shown.lines[0].notes == ("trukket tilbake",)
    assert shown.nothing_drawn


def test_a_comparator_is_drawn_at_the_limit_joined_to_nothing_and_kept_in_words():
    shown = trend(taken(1), taken(2, "5", comparator="<"), taken(3))

    assert shown.wide.count('class="arrow"') == 1
    assert "&lt;5\N{NO-BREAK SPACE}g/dL" in shown.wide
    assert shown.lines[1].value == "<5"
    line = shown.wide.split('class="line" d="')[1].split('"')[0]
    assert line == ""


def test_what_is_outside_differs_in_shape_and_says_so():
    high = taken(2, "19", interpretation=Interpretation.HIGH)
    shown = trend(taken(1), high)

    assert shown.wide.count('class="flag up"') == 1
    assert "Over referanseområdet" in shown.wide


def test_the_band_steps_with_each_results_own_limits():
    shown = trend(
        taken(1), taken(2, ranges=("13.4 - 17.0",)), taken(3, ranges=("fastende",))
    )

    assert shown.wide.count('class="band"') == 2


def test_limits_of_a_medicine_are_not_called_a_reference_range():
    shown = trend(taken(1, "19", category=Discipline.FARM, code="", unit_ucum="x"))

    assert shown.limits_name == "laboratoriets grenser"
    assert "referanseområde" not in str(shown.wide)
    assert "referanse" not in str(shown.lines[0].judgement.words).lower()


@pytest.mark.parametrize("digits", ["0", "-3", "0.0001", "123456789", "5"])
def test_any_number_can_be_drawn_alone(digits):
    shown = trend(a_result(digits=digits, number=float(digits), ranges=()))

    assert drawn(shown) == 1
    assert "nan" not in shown.wide.lower()


def test_no_more_are_shown_than_can_be_read_and_it_says_so():
    shown = trend(*(taken(1 + n % 28) for n in range(MOST_RESULTS + 2)))

    assert len(shown.lines) == MOST_RESULTS
    assert "2 svar til" in shown.left_out


def test_what_the_laboratory_wrote_is_no_markup_in_the_drawing():
    shown = trend(taken(1, performer_name="<script>Lab</script>"))

    assert "<script" not in shown.wide


def test_what_has_no_day_is_listed_and_not_drawn():
    report = a_summary(effective_at=None)
    shown = trend(a_result(report=report), taken(1))

    assert drawn(shown) == 1
    assert len(shown.lines) == 2
