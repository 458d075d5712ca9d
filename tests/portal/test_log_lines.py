"""Whatever goes wrong, no log line tells who it was about."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.demo import people
from portal.log_lines import BlindFormatter
from results.identity import blot_out

NUMBER = people.KARI.number


def written(message: str, *args: object, error: Exception | None = None) -> str:
    exc_info = (type(error), error, None) if error else None
    record = logging.LogRecord("a", logging.ERROR, "", 1, message, args, exc_info)
    return BlindFormatter("%(levelname)s %(message)s").format(record)


@pytest.mark.parametrize("separator", ["", " ", "-", ".", "+", "%20"])
def test_a_number_is_blotted_out_however_it_is_written(separator):
    line = written("pasient %s", NUMBER[:6] + separator + NUMBER[6:])

    assert line == "ERROR pasient •••••••••••"


def test_a_number_in_a_traceback_is_blotted_out():
    line = written("feil", error=ValueError(f"ukjent: {NUMBER}"))

    assert NUMBER not in line
    assert "ValueError" in line


@pytest.mark.parametrize(
    "text",
    ["12345678901", "20261102091500", "kl. 091500", "uuid 0123456789012"],
)
def test_other_digits_stand(text):
    assert written(text) == f"ERROR {text}"


@given(st.text(max_size=40), st.text(max_size=40))
def test_nothing_around_a_number_saves_it(before, after):
    before, after = before.rstrip("0123456789"), after.lstrip("0123456789")

    assert NUMBER not in blot_out(f"{before}{NUMBER}{after}")


@given(st.text(alphabet="abc .-", max_size=60))
def test_text_without_numbers_is_left_alone(text):
    assert blot_out(text) == text
