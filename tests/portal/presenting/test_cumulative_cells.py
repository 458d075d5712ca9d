"""A cell says what was sent, and of each mark also in words."""

import re

import pytest

from portal.presenting.cumulative.arranging import arrange
from portal.presenting.cumulative.cells import Cells
from portal.presenting.cumulative.selection import Selection
from portal.presenting.cumulative.sparks import spark
from results.vocabulary import Discipline, ReportStatus
from tests.portal.answers import TODAY, a_moment, a_result, a_summary, followed

pytestmark = pytest.mark.django_db


def row_of(*results):
    found = followed(*results)
    arranged = arrange(found, Selection(), today=TODAY)
    [row] = arranged.rows
    return row, arranged.columns, {str(r.id): f"/{r.id}/" for r in found.reports}


def cell(**fields) -> str:
    row, columns, address_of = row_of(a_result(**fields))
    return str(Cells(address_of).row(row, columns))


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"digits": "13.20"}, "13,20"),
        ({"digits": "<i>"}, "&lt;i&gt;"),
        ({"comparator": "<", "digits": "10"}, "under referanseområdet &lt;10"),
        ({"comparator": "<", "digits": "14"}, "&lt;14 ? kan ikke vurderes"),
        ({"digits": "16"}, "▲ over referanseområdet 16"),
        ({"digits": "9", "interpretation": "L"}, "▼ under referanseområdet 9"),
        ({"interpretation": "A"}, "! utenfor referanseområdet 13,2"),
        ({"has_comment": True}, "13,2 K kommentar"),
        ({"status": "corrected"}, "13,2 R rettet"),
        ({"status": "preliminary"}, "13,2 P foreløpig"),
        ({"is_not_repeated": True}, "13,2 U utelatt"),
        ({"kind": "coded", "digits": "", "texts": ["Ikke påvist"]}, "Ikke påvist"),
        ({"kind": "text", "digits": "", "text": "Lang tekst " * 9}, "Tekst"),
        ({"kind": "interval", "digits": "2", "interval_high": "4"}, "2–4"),
        ({"kind": "none", "digits": "", "status": "registered"}, "venter"),
    ],
)
def test_what_a_cell_says(fields, said):
    assert said in words(cell(**fields))


def test_a_value_that_was_taken_back_is_not_told():
    said = cell(digits="99", status="entered-in-error")

    assert "99" not in said
    assert "trukket" in said


def test_what_was_the_same_before_it_was_made_complete_is_not_corrected():
    assert "rettet" not in cell(status="amended", is_unchanged=True)


def test_an_arrow_is_hidden_from_those_who_are_told_in_words():
    assert '<b aria-hidden="true">▲</b>' in cell(digits="16")


def test_the_limits_of_a_drug_are_never_called_a_reference_range():
    lithium = a_summary(category=Discipline.FARM)

    said = cell(code="", name="P-Litium", digits="1.4", ranges=("0,5-1,0",),
                report=lithium)  # fmt: skip

    assert "over laboratoriets grense" in said
    assert "referanseområde" not in said


def test_limits_in_words_judge_nothing():
    assert words(cell(digits="99", ranges=("Terapeutisk område: 0,5-1,0",))) == "99"


@pytest.mark.parametrize("status", ["preliminary"])
def test_all_of_a_preliminary_report_is_preliminary(status):
    assert "P foreløpig" in words(cell(report=a_summary(status=ReportStatus(status))))


def measured(day: int, digits: str, laboratory: str = "Nordlab", **fields):
    report = a_summary(
        effective_at=a_moment(2026, 1, day, 8, 0), performer_name=laboratory
    )
    return a_result(digits=digits, report=report, **fields)


def lines_in(*results) -> int:
    """How many segments the curve has between its values."""
    row, columns, _address_of = row_of(*results)
    times = [column.key[1] for column in columns]
    return spark(row, since=min(times), until=max(times)).count("L")


def test_a_line_joins_only_what_one_laboratory_measured_by_one_method():
    assert lines_in(measured(1, "12"), measured(2, "13"), measured(3, "14")) == 2
    assert lines_in(measured(1, "12"), measured(2, "13", "Fjordlab")) == 0
    assert lines_in(measured(1, "12"), measured(2, "13", method="Ny")) == 0


def test_what_does_not_stand_is_no_part_of_the_curve():
    for status in ("preliminary", "entered-in-error", "registered"):
        odd = measured(2, "99", status=status)
        assert lines_in(measured(1, "12"), odd, measured(3, "14")) == 1
    left_out = measured(2, "99", is_not_repeated=True)
    assert lines_in(measured(1, "12"), left_out, measured(3, "14")) == 1


def test_one_value_makes_no_curve():
    row, _columns, _address_of = row_of(measured(1, "12"))

    assert spark(row, since=0, until=1) == ""
