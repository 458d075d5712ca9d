"""Where Nordlab's integrator must look: the line and column of what is wrong."""

import pytest

from results.kith import xml
from results.kith.places import Place, Problem, Text


def place_in(text: str, name: str, line: int, *, before: int = 0) -> Place | None:
    return Text(text.encode()).place_of(Problem("", line, name, before))


def test_a_problem_without_a_line_has_no_place():
    assert place_in("<a/>", "a", 0) is None


@pytest.mark.parametrize("line", [2, 99])
def test_an_element_that_is_not_there_is_told_by_its_line(line):
    assert place_in("<a>\n</a>", "b", line) == Place(line, 1)


def test_an_element_is_told_by_where_it_begins():
    assert place_in("<a>\n  <Status V='9'/>\n</a>", "Status", 2) == Place(2, 3)


def test_the_second_of_a_name_on_one_line_is_the_second():
    assert place_in("<a><b/><b/><b/></a>", "b", 1, before=1) == Place(1, 8)


def test_a_name_that_only_begins_alike_is_another():
    assert place_in("<a><Typer/><Type/></a>", "Type", 1) == Place(1, 12)


def test_a_prefix_does_not_hide_a_name():
    assert place_in("<k:a><k:b/></k:a>", "b", 1) == Place(1, 6)


def test_a_start_tag_over_lines_is_found_where_it_begins():
    assert place_in("<a>\n <b\n  V='1'\n />\n</a>", "b", 4) == Place(2, 2)


@pytest.mark.parametrize("hidden", ["<!-- <b> -->", "<![CDATA[<b>]]>", "<?b <b> ?>"])
def test_what_only_looks_like_a_tag_is_none(hidden):
    text = f"<a>{hidden}<b/></a>"

    assert place_in(text, "b", 1) == Place(1, len(hidden) + 4)


def test_lines_are_counted_in_the_file_as_sent():
    """The parser never sees blank lines at the start; the editor does."""
    assert place_in("\n\n<a>\n<b/></a>", "b", 2) == Place(4, 1)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1", "utf-8"])
def test_columns_count_letters_whatever_the_encoding(encoding):
    text = Text("<a>ærlig<b/></a>".encode(encoding))

    assert text.place_of(Problem("", 1, "b")) == Place(1, 9)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"<a>\n  <b></a>", (2, 10)),
        (b"<a/>", None),
        (b"%PDF-1.7", None),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", None),
    ],
    ids=["broken", "whole", "another format", "refused before it is parsed"],
)
def test_where_the_bytes_stop_being_xml(content, place):
    assert xml.syntax_fault(content) == place
