"""Whatever is told of Kari's message, her number is not among it."""

from dataclasses import dataclass
from enum import StrEnum

import pytest

from portal.demo import people
from results.ingestion.masking import Mask

KARI, PER = people.KARI.number, people.PER.number


class Word(StrEnum):
    NUMBER = "number"


@dataclass(frozen=True)
class Letter:
    text: str
    kind: Word = Word.NUMBER
    below: tuple["Letter", ...] = ()


@pytest.mark.parametrize(
    "written",
    [
        KARI,
        f"{KARI[:6]} {KARI[6:]}",
        f"{KARI[:6]}-{KARI[6:]}",
        " ".join(KARI),
        f"x{KARI}y",
        f"<OffId>{KARI}</OffId>",
    ],
    ids=["plain", "blank", "dash", "spread", "within a word", "xml"],
)
def test_the_patients_number_is_hidden_however_it_is_written(written):
    told = Mask(KARI).text(written)

    assert KARI[6:] not in told
    assert "•" in told


def test_anothers_number_is_hidden_too():
    assert PER not in Mask(KARI).text(f"Se også {PER}.")


def test_a_number_that_is_none_is_hidden_since_it_is_the_patients():
    wrong = KARI[:9] + ("00" if KARI[9:] != "00" else "11")

    assert wrong not in Mask(wrong).text(f"Gjelder {wrong}.")


def test_a_number_sent_with_blanks_is_hidden_without_them():
    assert KARI not in Mask(f"{KARI[:6]} {KARI[6:]}").text(KARI)


@pytest.mark.parametrize("number", [None, "", "54321", "x" * 5000])
def test_what_is_no_national_number_hides_nothing(number):
    assert Mask(number).text("HER-id 54321") == "HER-id 54321"


def test_everything_else_stands_as_it_was():
    text = "3f0c1f5e-7a52-4c0e 2026-03-02 900004 ærlig"

    assert Mask(KARI).text(text) == text


@pytest.mark.parametrize("odd", ["\0", "\ud800"])
def test_what_cannot_be_written_is_replaced(odd):
    assert (
        Mask(None).text(f"a{odd}b").encode() == "a\N{REPLACEMENT CHARACTER}b".encode()
    )


def test_all_texts_are_reached_at_any_depth_and_nothing_else_is_changed():
    inner = Letter(f"Om {KARI}")
    told = Mask(KARI).all_of((Letter("ok", below=(inner,)), 7, None))

    assert KARI not in repr(told)
    assert told[0].below[0].kind is Word.NUMBER
    assert told[1:] == (7, None)
