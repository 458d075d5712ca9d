"""Whether a value is within: the laboratory's word first, and never a guess."""

import pytest

from portal.presenting.judgements import (
    HIGH,
    IN_WORDS,
    LOW,
    MARKED,
    NO_RANGE,
    OUTSIDE,
    UNDECIDED,
    WITHIN,
    judge,
)
from results.vocabulary import Interpretation
from tests.portal.answers import a_text, an_observation


@pytest.mark.parametrize(
    ("mark", "judgement"),
    [
        (Interpretation.LOW, LOW),
        (Interpretation.HIGH, HIGH),
        (Interpretation.ABNORMAL, OUTSIDE),
    ],
)
def test_the_laboratorys_mark_goes_before_the_interval(mark, judgement):
    marked = an_observation(
        digits="121", reference_ranges=("117-153",), interpretation=mark
    )

    assert judge(marked) == judgement


@pytest.mark.parametrize(
    ("digits", "comparator", "interval", "judgement"),
    [
        ("116", "", "117-153", LOW),
        ("117", "", "117-153", WITHIN),
        ("153", "", "117-153", WITHIN),
        ("153.1", "", "117-153", HIGH),
        ("4.9", "", "< 5", WITHIN),
        ("5", "", "< 5", HIGH),
        ("5", "", "<= 5", WITHIN),
        ("60", "", "> 60", LOW),
        ("60", "", ">= 60", WITHIN),
        ("1", "<", "< 5", WITHIN),
        ("10", "<", "< 5", UNDECIDED),
        ("5", "<", "3-10", UNDECIDED),
        ("2", "<", "3-10", LOW),
        ("90", ">", "> 60", WITHIN),
        ("90", ">", "45-90", UNDECIDED),
        ("91", ">", "45-90", HIGH),
        ("8", ">", "< 5", HIGH),
        ("8", "NE", "3-10", UNDECIDED),
        ("ca. 8", "", "3-10", UNDECIDED),
        ("0.71", "", "Terapeutisk: 0,5-0,8", IN_WORDS),
    ],
)
def test_without_a_mark_the_interval_decides_if_it_can(
    digits, comparator, interval, judgement
):
    observation = an_observation(
        digits=digits, comparator=comparator, reference_ranges=(interval,)
    )

    assert judge(observation) == judgement


def test_without_a_range_nothing_is_called_within():
    assert judge(an_observation(reference_ranges=())) == NO_RANGE
    assert judge(an_observation(reference_ranges=(" ",))) == NO_RANGE


def test_of_several_ranges_none_is_chosen():
    observation = an_observation(reference_ranges=("117-153", "134-170"))

    assert judge(observation) == IN_WORDS


def test_words_are_not_judged_unless_the_laboratory_did():
    assert judge(a_text(text="Ikke påvist")) is None
    marked = a_text(text="Påvist", interpretation=Interpretation.ABNORMAL)
    assert judge(marked) == MARKED


def test_every_judgement_outside_has_words_and_a_sign_beside_the_colour():
    for judgement in (LOW, HIGH, OUTSIDE):
        assert judgement.is_outside
        assert str(judgement.words)
        assert judgement.icon
