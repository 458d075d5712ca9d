"""The words and marks of a result, and a receipt one can read."""

import pytest

from portal.producers.lines import present_codes, present_place, present_units
from portal.producers.presenters import indented
from results.ingestion.check import CodeFinding, CodeProblem, Place, UnitFinding


def a_finding(problem=CodeProblem.UNKNOWN, *, count=1, **more):
    where = ("ResultItem[1]/Investigation/Id",)
    return CodeFinding(problem, "X1", "1.2", "X1", where, count, **more)


def test_nothing_is_nowhere():
    assert present_place(None) == ""
    assert present_codes(()) == present_units(()) == ()


def test_a_place_is_told_by_line_and_column():
    assert present_place(Place(3, 14)) == "Linje 3, kolonne 14"


def test_what_can_be_mended_comes_first():
    lines = present_codes([a_finding(problem) for problem in reversed(CodeProblem)])

    assert [str(line.problem) for line in lines][:2] == [
        "Finnes ikke i kodeverket",
        "Utgått av kodeverket",
    ]
    assert str(lines[-1].problem) == "Kodeverket er ikke lagt inn her"


def test_a_name_that_only_repeats_the_code_is_not_repeated():
    assert present_codes([a_finding()])[0].name == ""


@pytest.mark.parametrize(
    ("count", "ending"), [(1, "/Id"), (2, "og 1 sted til"), (9, "og 8 steder til")]
)
def test_the_first_place_is_told_and_the_rest_counted(count, ending):
    (line,) = present_codes([a_finding(count=count)])

    assert line.where.endswith(ending)


def test_a_unit_is_told_of_like_a_code():
    (line,) = present_units([UnitFinding("hopp", ("ResultItem[1]",), 1)])

    assert (line.code, line.where) == ("hopp", "ResultItem[1]")


def test_a_receipt_on_one_line_is_read_by_its_lines():
    one = '<?xml version="1.0"?>\n<A><B><C/></B><D>tekst</D></A>'

    assert indented(one).splitlines() == [
        '<?xml version="1.0"?>',
        "<A>",
        "  <B>",
        "    <C/>",
        "  </B>",
        "  <D>tekst</D>",
        "</A>",
    ]


def test_no_receipt_is_no_lines():
    assert indented("") == ""
