"""The table over time: rows by code and unit, columns by sampling, nothing joined."""

import datetime
import re

import pytest

from portal.presenting.cumulative import (
    Selection,
    arrange,
    present_table,
    read_selection,
    table,
)
from portal.presenting.cumulative.selection import key_of
from results import codes
from results.vocabulary import Discipline
from tests.portal.answers import TODAY, a_moment, a_result, a_summary, followed

pytestmark = pytest.mark.django_db

NLK = "2.16.578.1.12.4.1.1.7280"
CREATININE = {"code": "NPU18016", "code_system": NLK, "unit": "µmol/L"}


@pytest.fixture(autouse=True)
def _codes():
    codes.load_seed()


EVERYTHING = Selection()


def shown(*results, selection=EVERYTHING, oldest_first=False):
    found = followed(*results)
    return present_table(
        arrange(found, selection, today=TODAY),
        selection,
        oldest_first=oldest_first,
        address_of={str(r.id): f"/svar/{r.id}/" for r in found.reports},
    )


def rows_of(table):
    return [row for group in table.groups for row in group.rows]


def taken(*moment, **fields):
    return a_summary(effective_at=a_moment(*moment), **fields)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_newest_stands_to_the_left_unless_the_reader_wants_otherwise():
    old = a_result(digits="12.1", report=taken(2025, 1, 10, 8, 0))
    new = a_result(digits="13.2", report=taken(2026, 1, 10, 8, 0))

    table = shown(new, old)
    turned = shown(new, old, oldest_first=True)

    assert [c.day for c in table.columns] == ["10.01.26", "10.01.25"]
    assert words(rows_of(table)[0].cells) == "13,2 12,1"
    assert words(rows_of(turned)[0].cells) == "12,1 13,2"


def test_two_units_of_one_code_are_two_rows_beside_each_other():
    other = a_result(digits="132", unit="g/L", unit_ucum="g/L")

    rows = rows_of(shown(a_result(), other))

    assert [row.unit for row in rows] == ["g/dL", "g/L"]


def test_an_older_code_of_the_same_analyte_has_its_own_row_beside_the_new():
    """Both kreatinin rows, under one heading, and told apart by their codes."""
    potassium = a_result("P-Kalium", "4.1", code="NPU03230", unit="mmol/L")
    new = a_result("P-Kreatinin", "71", **CREATININE)
    enzymatic = a_result("P-Kreatinin", "74", **{**CREATININE, "code": "NPU04998"})

    table = shown(new, potassium, enzymatic)
    group = next(g for g in table.groups if len(g.rows) == 2)

    assert {row.code for row in group.rows} == {"NPU18016", "NPU04998"}


def test_one_sampling_answered_in_two_reports_is_one_column():
    first, second = taken(2026, 1, 10, 8, 0), taken(2026, 1, 10, 8, 0)

    table = shown(
        a_result(report=first), a_result("P-Kalium", code="NPU03230", report=second)
    )

    assert len(table.columns) == 1
    assert len(table.columns[0].links) == 2


def test_two_laboratories_are_two_columns_with_letters_of_their_own():
    one = a_result(report=taken(2026, 1, 10, 8, 0))
    other = taken(2026, 1, 10, 8, 0, performer_name="Fjordlab")

    table = shown(one, a_result(report=other))

    assert len(table.columns) == 2
    assert dict(table.laboratories) == {"Nor": "Nordlab", "Fjo": "Fjordlab"}


def test_twelve_samplings_are_shown_and_the_rest_is_a_page_away():
    results = [a_result(report=taken(2026, 1, day, 8, 0)) for day in range(20, 0, -1)]

    first = shown(*results)
    second = shown(*results, selection=Selection(page=2))

    assert (len(first.columns), len(second.columns)) == (12, 8)
    assert (first.newer, first.older, second.newer, second.older) == (0, 2, 1, 0)
    assert "1–12 av 20" in first.span


def test_a_page_that_is_not_there_is_the_last_that_is():
    assert len(shown(a_result(), selection=Selection(page=99)).columns) == 1


def test_what_has_values_elsewhere_alone_is_counted_and_not_drawn():
    older = [a_result(report=taken(2025, 1, day, 8, 0)) for day in range(1, 13)]
    rare = a_result("P-Kalium", code="NPU03230", report=taken(2020, 1, 1, 8, 0))

    table = shown(*older, rare)

    assert len(rows_of(table)) == 1
    assert table.elsewhere.startswith("1 analyse ")


def test_a_whole_report_of_text_is_one_cell_that_leads_to_it():
    report = taken(2026, 1, 10, 8, 0, category=Discipline.RAD)
    names = ("RG Thorax", "Beskrivelse")
    texts = [a_result(n, "", kind="text", text="Funn", report=report) for n in names]

    [row] = rows_of(shown(*texts))

    assert row.name == "RG Thorax"
    assert row.cells.count(f'href="/svar/{report.id}/"') == 1


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({"sok": "blodprosent"}, {"B-Hemoglobin"}),
        ({"sok": "HEMO"}, {"B-Hemoglobin"}),
        ({"sok": "npu03230"}, {"P-Kalium"}),
        ({"sok": "finnes ikke"}, set()),
        ({"periode": "1y"}, {"B-Hemoglobin"}),
        ({"lab": key_of("Fjordlab")}, {"P-Kalium"}),
        ({"rekvirent": key_of("Ingrid Dahl")}, {"P-Kalium"}),
        ({"fag": "MBIO"}, set()),
        ({"avvik": "1"}, {"P-Kalium"}),
        ({"periode": "alltid", "fag": "?", "side": "-1"}, {"B-Hemoglobin", "P-Kalium"}),
    ],
)
def test_what_is_chosen_is_what_is_shown(asked, left):
    haemoglobin = a_result(report=taken(2026, 10, 1, 8, 0))
    elsewhere = taken(
        2020, 1, 1, performer_name="Fjordlab", requester_name="Ingrid Dahl"
    )
    potassium = a_result(
        "P-Kalium", "5.9", code="NPU03230", ranges=("3,5-4,4",), report=elsewhere
    )

    table = shown(haemoglobin, potassium, selection=read_selection(asked))

    assert {row.name for row in rows_of(table)} == left


def test_what_has_no_date_stands_last_and_says_so():
    undated = a_result(report=a_summary(effective_at=None))

    table = shown(a_result(), undated)

    assert table.columns[-1].day == "uten dato"


def test_across_the_change_of_the_clock_a_night_keeps_its_order():
    oslo = datetime.timezone(datetime.timedelta(hours=2))
    before = datetime.datetime(2026, 10, 25, 2, 30, tzinfo=oslo)
    after = before + datetime.timedelta(hours=1)
    first = a_result(digits="12", own_date=before.date(), own_at=before)
    second = a_result(digits="13", own_date=after.date(), own_at=after)

    table = shown(first, second)

    assert [c.time for c in table.columns] == ["02.30", "02.30"]
    assert words(rows_of(table)[0].cells) == "13 12"


def test_of_very_many_rows_the_first_are_drawn_and_it_is_said(monkeypatch):
    monkeypatch.setattr(table, "MOST_ROWS", 1)

    found = shown(a_result(), a_result("P-Kalium", code="NPU03230"))

    assert len(rows_of(found)) == 1
    assert found.not_drawn.startswith("De første 1 av 2 analyser vises.")
