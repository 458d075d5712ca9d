"""A number line says what the words beside it say, and never more."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from portal.charts import Interval, number_line, read_interval


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("18-240", "18", "240"),
        ("3.5 – 4.4", "3.5", "4.4"),
        ("0,4-4,5", "0.4", "4.5"),
        ("-3.0 - 3.0", "-3.0", "3.0"),
        ("< 5", None, "5"),
        ("≥60", "60", None),
        ("18-240 µg/L", "18", "240"),
    ],
)
def test_an_interval_of_numbers_is_read(text, low, high):
    interval = read_interval(text, unit="µg/L")

    assert interval.low == (Decimal(low) if low else None)
    assert interval.high == (Decimal(high) if high else None)


@pytest.mark.parametrize(
    "text",
    ["", "Terapeutisk: 0,5-0,8", "240-18", "5-5", "Negativ", "1-2-3", "18-240 mg"],
)
def test_anything_else_is_left_to_the_reader(text):
    assert read_interval(text, unit="µg/L") is None


def a_line(value, text, **fields):
    drawing = number_line(
        Decimal(value),
        read_interval(text),
        **{"label": "ord", "value_text": value, "tone": "within", **fields},
    )
    return ElementTree.fromstring(drawing)  # noqa: S314 - our own drawing


def place_of(line) -> int:
    return int(re.match(r"M(\d+)", line.find("path[@class='pointer']").get("d"))[1])


def band_of(line) -> tuple[int, int]:
    band = line.find("rect[@class='band']")
    start = int(band.get("x"))
    return start, start + int(band.get("width"))


@pytest.mark.parametrize("value", ["117", "135", "153"])
def test_a_value_within_lies_on_the_band(value):
    line = a_line(value, "117-153")
    start, end = band_of(line)

    assert start <= place_of(line) <= end


def test_a_value_outside_lies_off_the_band():
    assert place_of(a_line("11", "18-240")) < band_of(a_line("11", "18-240"))[0]
    assert place_of(a_line("300", "18-240")) > band_of(a_line("300", "18-240"))[1]
    assert place_of(a_line("9", "< 5")) > band_of(a_line("9", "< 5"))[1]
    assert place_of(a_line("30", "> 60")) < band_of(a_line("30", "> 60"))[0]


def test_a_value_far_outside_stays_on_the_line():
    assert place_of(a_line("90000", "18-240")) == 388
    assert place_of(a_line("-90000", "18-240")) == 12


def test_the_drawing_says_in_words_what_it_shows():
    line = a_line("11", "18-240", label="11 µg/L, under")

    assert line.get("role") == "img"
    assert line.get("aria-label") == "11 µg/L, under"
    assert [t.text for t in line.findall("text")] == ["18", "240", "11"]


def test_nothing_that_was_sent_is_markup_in_the_drawing():
    drawing = number_line(
        Decimal(1),
        Interval(high=Decimal(2), high_text="2"),
        label='"><script>',
        value_text="<1",
        tone="within",
    )

    assert "<script" not in drawing
    assert "&lt;1" in drawing


def test_the_drawing_has_no_style_of_its_own():
    assert "style" not in number_line(
        Decimal(1), Interval(low=Decimal(0)), label="", value_text="1", tone="within"
    )
