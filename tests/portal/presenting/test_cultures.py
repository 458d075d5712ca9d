"""Microbiology: one table of organism and agents, however it was sent."""

import pytest

from portal.presenting.sections import present_sections
from results.vocabulary import ObservationStatus
from tests.portal.answers import a_resistance, a_text

ECOLI = "Escherichia coli"


def culture_of(*observations):
    return present_sections(observations)[0].cultures[0]


def nested():
    return [
        a_text(
            "Urin, dyrkning",
            ECOLI,
            members=(
                a_text("Mengde", ">10^5 CFU/mL"),
                a_resistance("Mecillinam", "S", "0.5"),
            ),
        )
    ]


def linked():
    return [
        a_resistance("Mecillinam", "S", "0.5", item_id="3", related_item_id="1"),
        a_text("Urin, dyrkning", ECOLI, item_id="1"),
        a_text("Mengde", ">10^5 CFU/mL", item_id="2", related_item_id="1"),
    ]


@pytest.mark.parametrize("sent", [nested, linked])
def test_agents_stand_below_their_organism_nested_or_linked(sent):
    culture = culture_of(*sent())

    assert culture.name == "Urin, dyrkning"
    assert culture.finding == ECOLI
    assert [(d.name, d.value) for d in culture.details] == [("Mengde", ">10^5 CFU/mL")]
    assert [r.agent for r in culture.resistances] == ["Mecillinam"]


@pytest.mark.parametrize(
    ("letter", "words"),
    [
        ("S", "Sensitiv, standarddose"),
        ("I", "Sensitiv, økt eksponering"),
        ("R", "Resistent"),
        ("K", "Se kommentar"),
    ],
)
def test_every_letter_is_told_in_words(letter, words):
    agent = culture_of(a_resistance("Trimetoprim", letter, ">4")).resistances[0]

    assert (agent.letter, agent.words) == (letter, words)
    assert agent.concentration == ">4"


def test_an_unknown_code_is_shown_as_sent_and_never_as_a_letter():
    agent = a_resistance("Trimetoprim", "", coded_texts=("Intermediær",))

    shown = culture_of(agent).resistances[0]

    assert (shown.letter, shown.words) == ("", "Intermediær")


def test_a_concentration_sent_as_a_number_keeps_its_comparator():
    agent = a_resistance("Trimetoprim", "R")
    as_number = type(agent)(
        **{
            **{f: getattr(agent, f) for f in agent.__dataclass_fields__},
            "digits": "0.25",
            "comparator": "<",
            "unit": "mg/L",
        }
    )

    shown = culture_of(as_number).resistances[0]

    assert shown.concentration == "<0,25\N{NO-BREAK SPACE}mg/L"


def test_a_letter_repeated_as_text_is_no_concentration():
    assert culture_of(a_resistance("A", "S", "s")).resistances[0].concentration == ""


def test_a_withdrawn_agent_says_so_and_nothing_else():
    agent = a_resistance("A", "S", "0.5", status=ObservationStatus.CANCELLED)

    shown = culture_of(agent).resistances[0]

    assert (shown.letter, shown.words, shown.concentration) == (
        "",
        "Trukket tilbake",
        "",
    )


def test_agents_without_an_organism_still_make_a_table():
    culture = culture_of(a_resistance("A", "S"), a_resistance("B", "R"))

    assert culture.name == "Resistens"
    assert [r.letter for r in culture.resistances] == ["S", "R"]
