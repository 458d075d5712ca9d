"""Digits are the laboratory's; only the decimal sign is ours."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from portal.presenting.values import (
    as_decimal,
    present_number,
    present_quantity,
    present_range,
    present_value,
)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("4.10", "4,10"),
        ("4,1", "4,1"),
        ("121", "121"),
        ("-2.5", "-2,5"),
        (" 7.0 ", "7,0"),
        ("påvist", "påvist"),
        ("1.2.3", "1.2.3"),
        ("10^5", "10^5"),
        ("", ""),
    ],
)
def test_a_number_keeps_every_digit_it_was_sent_with(sent, shown):
    assert present_number(sent) == shown


@pytest.mark.parametrize(
    ("comparator", "shown"),
    [
        ("", "1,0"),
        ("<", "<1,0"),
        ("<=", "≤1,0"),
        (">=", "≥1,0"),
        (">", ">1,0"),
        ("MG", "mye større enn 1,0"),
        ("ML", "mye mindre enn 1,0"),
        ("NE", "ikke lik 1,0"),
        ("??", "??1,0"),
    ],
)
def test_a_value_never_loses_its_comparator(comparator, shown):
    assert present_value("1.0", comparator) == shown


def test_the_comparator_is_said_in_the_readers_language():
    with override("nn"):
        assert present_value("8", "MG") == "mykje større enn 8"


def test_value_and_unit_never_part_at_the_end_of_a_line():
    assert present_quantity("1", "<", "mg/L") == "<1\N{NO-BREAK SPACE}mg/L"
    assert present_quantity("7.4", "", "") == "7,4"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("18-240", "18–240"),
        ("3.5 - 4.4", "3,5–4,4"),
        ("-3.0 - 3.0", "-3,0–3,0"),
        ("< 5", "< 5"),
        ("Terapeutisk: 0.5-0.8", "Terapeutisk: 0.5-0.8"),
        ("Fastende: 4-6", "Fastende: 4-6"),
    ],
)
def test_a_range_of_numbers_is_set_in_norwegian_and_words_are_left_alone(sent, shown):
    assert present_range(sent) == shown


def test_only_a_number_is_compared_and_drawn():
    assert as_decimal("4.10") == Decimal("4.10")
    assert as_decimal("0,3") == Decimal("0.3")
    assert as_decimal("negativ") is None
    assert as_decimal("") is None
