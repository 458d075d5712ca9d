"""National identity numbers: what is one, what it tells, and that it never shows."""

import contextlib
import datetime
import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from results import identity
from results.identity import (
    IdentityNumber,
    InvalidIdentityNumber,
    NumberFault,
    NumberKind,
)

KARI_BORN = datetime.date(1973, 4, 12)


def complete(nine: str) -> str | None:
    ends = identity.check_digits(nine)
    return nine + ends if ends else None


def a_number(first_six: str, individuals=range(500)) -> str:
    """A number with those six digits first, whose check digits are computed."""
    numbers = (complete(f"{first_six}{i:03d}") for i in individuals)
    return next(n for n in numbers if n)


def fault_of(text: str | None, *, allow_test_numbers: bool = True) -> NumberFault:
    with pytest.raises(InvalidIdentityNumber) as caught:
        identity.parse(text, allow_test_numbers=allow_test_numbers)
    return caught.value.fault


def parse(text: str) -> IdentityNumber:
    return identity.parse(text, allow_test_numbers=True)


@pytest.mark.parametrize("text", [None, "", "   ", "\t\n"])
def test_nothing_is_missing(text):
    assert fault_of(text) is NumberFault.MISSING


@pytest.mark.parametrize(
    "text", ["54321", "2512790228", "1" * 12, "1204731234X", "Ukjent", "١٢٠٤٧٣١٢٣٤٥"]
)
def test_local_numbers_and_ten_digits_are_not_national(text):
    assert fault_of(text) is NumberFault.NOT_NATIONAL


def test_a_hospitals_help_number_is_not_national():
    assert fault_of(a_number("124473")) is NumberFault.NOT_NATIONAL


@pytest.mark.parametrize("at", range(11))
def test_one_digit_wrong_is_found(at):
    number = a_number("128473")
    wrong = number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]
    expected = NumberFault.WRONG_CHECK_DIGITS
    assert fault_of(wrong) is expected


@pytest.mark.parametrize("first_six", ["308273", "008473", "129373", "713473"])
def test_a_date_that_never_was_is_wrong(first_six):
    assert fault_of(a_number(first_six)) is NumberFault.WRONG_CHECK_DIGITS


@pytest.mark.parametrize("first_six", ["128473", "126973"], ids=["tenor", "nhn"])
def test_synthetic_people_are_refused_in_production(first_six):
    number = a_number(first_six)
    assert fault_of(number, allow_test_numbers=False) is NumberFault.TEST_NUMBER
    assert parse(number).is_synthetic
    assert parse(number).birth_date == KARI_BORN


def test_the_health_networks_own_people_are_refused_in_production():
    for number in identity._STATIC_TEST_NUMBERS:
        found = fault_of(number, allow_test_numbers=False)
        assert found is NumberFault.TEST_NUMBER
        assert parse(number).kind is NumberKind.NATIONAL_IDENTITY_NUMBER


def test_an_ordinary_number_is_let_through_in_production():
    number = identity.parse(a_number("120473"), allow_test_numbers=False)
    assert number.kind is NumberKind.NATIONAL_IDENTITY_NUMBER
    assert not number.is_synthetic


def test_blanks_are_let_pass():
    number = a_number("128473")
    assert parse(f" {number[:6]} {number[6:]}\n").digits == number


class TestKinds:
    """The digits say, whatever the label beside them."""

    def test_a_d_number_has_forty_added_to_the_day(self):
        number = parse(a_number("528473"))
        assert number.kind is NumberKind.D_NUMBER
        assert number.birth_date == KARI_BORN

    @pytest.mark.parametrize("first_six", ["812345", "999999", "804173"])
    def test_an_fh_number_tells_neither_birth_date_nor_sex(self, first_six):
        number = parse(a_number(first_six))
        assert number.kind is NumberKind.FH_NUMBER
        assert (number.birth_date, number.is_female) == (None, None)

    def test_the_ninth_digit_tells_the_sex(self):
        assert parse(a_number("128473", range(0, 500, 2))).is_female
        assert not parse(a_number("128473", range(1, 500, 2))).is_female


@pytest.mark.parametrize(
    ("year", "individuals", "born"),
    [
        ("73", range(500), 1973),
        ("00", range(500), 1900),
        ("55", range(500, 750), 1855),
        ("39", range(500, 1000), 2039),
        ("00", range(500, 1000), 2000),
        ("40", range(900, 1000), 1940),
        ("99", range(900, 1000), 1999),
    ],
)
def test_the_century_is_in_the_individual_number(year, individuals, born):
    assert parse(a_number(f"1284{year}", individuals)).birth_date.year == born


@pytest.mark.parametrize(
    ("year", "individuals"), [("54", range(500, 750)), ("60", range(750, 900))]
)
def test_a_series_never_issued_is_wrong(year, individuals):
    number = a_number(f"1284{year}", individuals)
    assert fault_of(number) is NumberFault.WRONG_CHECK_DIGITS


def test_the_leap_day_belongs_to_leap_years():
    assert parse(a_number("298204", range(500, 1000))).birth_date.year == 2004
    assert fault_of(a_number("298205", range(500, 1000)))


class TestBlindness:
    def test_no_rendering_shows_the_digits(self):
        number = parse(a_number("128473"))
        shown = f"{number} {number!r} {[number]} %s" % number
        assert number.digits not in shown
        assert number.digits[:6] not in shown

    def test_no_exception_shows_the_digits(self):
        wrong = "12847300000"
        with pytest.raises(InvalidIdentityNumber) as caught:
            parse(wrong)
        assert wrong not in f"{caught.value} {caught.value!r} {caught.value.args}"

    def test_a_mask_keeps_the_birth_date_alone(self):
        number = a_number("128473")
        assert identity.mask(number) == "128473 •••••"

    @pytest.mark.parametrize("text", ["", "54321", "123456789012"])
    def test_a_mask_hides_all_of_what_is_no_number(self, text):
        assert identity.mask(text) == "•" * len(text)


@given(st.from_regex(r"[0-9]{9}", fullmatch=True))
def test_check_digits_hold_for_what_they_complete(nine):
    number = complete(nine)
    assume(number is not None)
    assert len(number) == 11
    assert identity.has_valid_check_digits(number)


@given(st.from_regex(r"[0-9]{9}", fullmatch=True), st.data())
def test_two_neighbours_swapped_are_always_found(nine, data):
    number = complete(nine)
    assume(number is not None)
    at = data.draw(st.integers(0, 9))
    swapped = [*number[:at], number[at + 1], number[at], *number[at + 2 :]]
    assume(number[at] != number[at + 1])
    assert not identity.has_valid_check_digits("".join(swapped))


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2039, 12, 31)), st.data())
def test_any_birth_date_is_read_back(born, data):
    individuals = range(500) if born.year < 2000 else range(500, 1000)
    offset = data.draw(st.sampled_from([0, 65, 80]))
    day = born.day + data.draw(st.sampled_from([0, 40]))
    number = a_number(f"{day:02d}{born.month + offset:02d}{born:%y}", individuals)
    assert parse(number).birth_date == born
    assert parse(number).is_synthetic == (offset > 0)


@given(st.text(max_size=15))
def test_no_text_is_another_error_than_ours(text):
    with contextlib.suppress(InvalidIdentityNumber):
        assert parse(text).digits.isdigit()


def test_there_are_enough_synthetic_people():
    every = (complete(f"128473{i:03d}") for i in range(500))
    assert len(list(itertools.filterfalse(lambda n: n is None, every))) > 350
