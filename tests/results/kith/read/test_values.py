"""Numbers exactly as sent; what is no number is shown as text and never guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.kith import xml
from results.kith.read import read, values
from results.vocabulary import ValueKind

from ..messages import a_message_with, a_value, an_item


def reading(*value: str, **more: str):
    message = read(a_message_with(an_item(a_value(*value, **more))))
    assert message.faults == ()
    (item,) = message.report.observations
    return item, message.warnings


@pytest.mark.parametrize("sent", ["INF", "-INF", "NaN", "sNaN", "Infinity"])
def test_what_is_no_number_is_text(sent):
    item, warnings = reading(sent, "g/L")
    assert item.kind is ValueKind.TEXT
    assert (item.text, item.unit_of_text) == (sent, "g/L")
    assert item.quantity is None
    assert len(warnings) == 1


@pytest.mark.parametrize(
    "sent", ["1.234,5", "1 000", "1,2,3", "5,", "~5", "0x1F", "1_000", "٣", "9" * 99]
)
def test_what_could_mean_anything_is_text(sent):
    item, warnings = reading(sent)
    assert (item.kind, item.text) == (ValueKind.TEXT, sent)
    assert len(warnings) == 1


@pytest.mark.parametrize("sent", ["4.0", "4", "-0", "1.5E3", "+5", ".5", "5.", "0010"])
def test_every_digit_is_kept(sent):
    item, warnings = reading(sent)
    assert item.quantity.digits == sent
    assert item.quantity.value == Decimal(sent)
    assert warnings == ()


def test_a_decimal_comma_is_repaired_and_told_of():
    item, warnings = reading("5,2")
    assert item.quantity.digits == "5.2"
    assert item.quantity.value == Decimal("5.2")
    assert warnings == ("Et tallresultat har komma der det skal være punktum.",)


def test_an_exponent_that_would_fill_the_disk_is_text():
    item, _ = reading("1E999999999")
    assert item.kind is ValueKind.TEXT


@pytest.mark.parametrize(
    ("code", "comparator"),
    [
        ("", None),
        ("EQ", None),
        ("LT", "<"),
        ("LE", "<="),
        ("GE", ">="),
        ("GT", ">"),
        ("MG", "MG"),
        ("ML", "ML"),
        ("NE", "NE"),
    ],
)
def test_comparators(code, comparator):
    item, warnings = reading("5", comparator=code)
    assert item.quantity.comparator == comparator
    assert warnings == ()


def test_a_comparator_nobody_knows_does_not_fall_away():
    item, warnings = reading("5", comparator="CA")
    assert (item.kind, item.text) == (ValueKind.TEXT, "CA 5")
    assert len(warnings) == 1


@pytest.mark.parametrize("unit", ["0", "", " "])
def test_no_unit_is_no_unit(unit):
    item, _ = reading("5", unit)
    assert item.quantity.unit is None


def test_a_unit_is_kept_as_sent():
    item, _ = reading("5", "10^9 /L")
    assert item.quantity.unit == "10^9 /L"


@pytest.mark.parametrize(
    "value", ["<NumResult/>", "<NumResult><NumResultValue U='g/L'/></NumResult>"]
)
def test_a_missing_number_is_told_of(value):
    message = read(a_message_with(an_item(value)))
    (item,) = message.report.observations
    assert item.kind is ValueKind.NONE
    assert message.warnings == ("Et tallresultat mangler tall.",)


@given(st.decimals(-(10**30), 10**30, places=4))
def test_any_decimal_survives(number):
    item, _ = reading(str(number))
    assert item.quantity.value == number
    assert item.quantity.digits == str(number)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_xml_double_is_a_number(number):
    node = xml.parse(f'<a V="{number!r}"/>'.encode())
    assert float(values.quantity(node).value) == number


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20))
def test_no_text_is_a_crash_and_nothing_is_lost(text):
    node = xml.parse(b"<a/>")
    xml.put(node.element, "V", text)
    found = values.quantity(node)
    if found is not None:
        assert Decimal(found.digits) == Decimal(text.strip().replace(",", "."))
