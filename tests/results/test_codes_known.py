"""What a retired code takes from its successor, and what stands beside what."""

import datetime

import pytest

from results.codes.known import CodeRow, analyte, build
from results.codes.searching import search_in

TODAY = datetime.date(2026, 6, 1)
PAST = datetime.date(2020, 3, 1)
LIST = "1.2.3"


def a_code(code, display, **said):
    return CodeRow(system=LIST, code=code, display=display, **said)


def known(*rows, headings=()):
    ranks = {name: n for n, name in enumerate(headings)}
    table = build(rows, headings=ranks, today=TODAY)
    return {code.code: code for code in table.codes}


def in_order(*rows, headings=()):
    found = known(*rows, headings=headings).values()
    return [c.code for c in sorted(found, key=lambda c: c.order)]


def test_a_retired_code_is_named_by_its_successor_but_stays_itself():
    old = a_code("A", "P-ACE gammel", unit="U", valid_to=PAST, replaced_by="B")
    new = a_code(
        "B",
        "P-ACE",
        unit="U/L",
        category="CLIN",
        heading="Enzymer",
        everyday_name="Ace",
    )

    found = known(old, new)["A"]

    assert (found.code, found.unit, found.valid_to) == ("A", "U", PAST)
    assert found.is_retired
    assert found.successor == "B"
    assert (found.display, found.everyday_name) == ("P-ACE", "Ace")
    assert (found.category, found.heading) == ("CLIN", "Enzymer")


def test_what_citizens_call_the_old_code_is_kept():
    old = a_code("A", "x", everyday_name="Eldre", valid_to=PAST, replaced_by="B")

    assert (
        known(old, a_code("B", "y", everyday_name="Ny"))["A"].everyday_name == "Eldre"
    )


def test_the_chain_is_followed_to_its_end():
    rows = [
        a_code("A", "a", valid_to=PAST, replaced_by="B"),
        a_code("B", "b", valid_to=PAST, replaced_by="C"),
        a_code("C", "c"),
    ]

    found = known(*rows)

    assert [found[c].successor for c in "ABC"] == ["C", "C", ""]
    assert [found[c].display for c in "ABC"] == ["c", "c", "c"]


def test_the_chain_stops_at_a_code_in_use():
    coming = datetime.date(2027, 1, 1)
    rows = [
        a_code("A", "a", valid_to=PAST, replaced_by="B"),
        a_code("B", "b", valid_to=coming, replaced_by="C"),
        a_code("C", "c"),
    ]

    found = known(*rows)

    assert found["A"].successor == "B"
    assert not found["B"].is_retired
    assert found["B"].display == "b"


@pytest.mark.parametrize(
    "chain",
    [
        {"A": "A"},
        {"A": "B", "B": "A"},
        {"A": "B", "B": "C", "C": "B"},
        {"A": "X"},
        {"A": "B", "B": "X"},
    ],
    ids=["itself", "a pair", "a ring further on", "to nowhere", "to nowhere later"],
)
def test_a_chain_that_never_ends_does_no_harm(chain):
    rows = [
        a_code(code, code.lower(), valid_to=PAST, replaced_by=following)
        for code, following in chain.items()
    ]

    found = known(*rows)

    assert set(found) == set(chain)
    assert all(code.is_retired for code in found.values())


def test_a_chain_never_leaves_its_own_list():
    rows = [
        a_code("A", "a", valid_to=PAST, replaced_by="B"),
        CodeRow(system="9.9.9", code="B", display="annet kodeverk"),
    ]

    assert known(*rows)["A"].display == "a"


def test_both_creatinine_rows_stand_together_with_the_retired_one():
    rows = [
        a_code("NPU1", "P-Kreatinin", heading="Nyre", position=10),
        a_code("NPU2", "P-Karbamid", heading="Nyre", position=20),
        a_code("NPU3", "P-Kreatinin", heading="Nyre"),
        a_code("NPU4", "gammelt", valid_to=PAST, replaced_by="NPU1"),
        a_code("NPU5", "P-Bilirubin", heading="Nyre"),
    ]

    assert in_order(*rows) == ["NPU1", "NPU3", "NPU4", "NPU2", "NPU5"]


def test_headings_stand_in_our_order_then_by_name_and_loose_codes_last():
    rows = [
        a_code("A", "a"),
        a_code("B", "b", heading="Åpent"),
        a_code("C", "c", heading="Annet"),
        a_code("D", "d", heading="Lever"),
        a_code("E", "e", heading="Blod"),
    ]

    assert in_order(*rows, headings=["Blod", "Lever"]) == ["E", "D", "C", "B", "A"]


@pytest.mark.parametrize(
    ("display", "measured"),
    [
        ("P-Kreatinin", "kreatinin"),
        ("P(aB)-Laktat", "laktat"),
        ("Nyre-Kreatinin clearance (overfl.=1,73m2)", "kreatinin clearance"),
        ("B-Lymfocytter %", "lymfocytter"),
        ("P-Glukose 120 min", "glukose"),
        ("P-T4, fritt", "t4"),
        ("25-OH Vitamin D", "25-oh vitamin d"),
        ("", ""),
    ],
)
def test_the_analyte_is_what_stands_after_the_material(display, measured):
    assert analyte(a_code("A", display)) == measured


def test_what_the_list_calls_the_component_goes_before_the_name():
    assert analyte(a_code("A", "P-CRP", component="C-reaktivt protein")) == (
        "c-reaktivt protein"
    )


HB = a_code("NOR05172", "B-Hemoglobin", everyday_name="Blodprosent", keywords="hb hgb")
HBA1C = a_code("NPU27300", "B-HbA1c", everyday_name="Langtidsblodsukker")
GLUCOSE = a_code("NPU02192", "P-Glukose", everyday_name="Blodsukker")
OLD_HB = a_code("NPU02319", "B-Hb", valid_to=PAST, replaced_by="NOR05172")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", []),
        ("   ", []),
        ("blodplater", []),
        ("blodprosent", ["NOR05172", "NPU02319"]),
        ("HEMOGLOBIN", ["NOR05172", "NPU02319"]),
        ("hgb", ["NOR05172", "NPU02319"]),
        ("npu27300", ["NPU27300"]),
        ("blodsukker", ["NPU02192", "NPU27300"]),
        ("langtids", ["NPU27300"]),
        ("b hemoglobin", ["NOR05172", "NPU02319"]),
        ("glukose blodsukker", ["NPU02192"]),
        ("glukose blodprosent", []),
        ("a1c", ["NPU27300"]),
        ("hb", ["NOR05172", "NPU27300", "NPU02319"]),
    ],
)
def test_everyday_words_laboratory_words_and_codes_find_the_same(words, found):
    table = build([HB, HBA1C, GLUCOSE, OLD_HB], headings={}, today=TODAY)

    assert [code.code for code in search_in(table.codes, words)] == found
