"""National identity numbers: kinds, check digits, birth date and masking (HIS 1001).

A number is never a key, never in a log line and never in an address; whoever must
hold one wraps it in `IdentityNumber`, whose `repr` and `str` are blind.
"""

import datetime
import enum
import re
from dataclasses import dataclass
from operator import mul

_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_D_NUMBER_OFFSET = 40
_NHN_TEST_OFFSET = 65
_TENOR_TEST_OFFSET = 80
_H_NUMBER_OFFSET = 40
_LARGEST_REMAINDER = 3
_ELEVEN_DIGITS = re.compile(
    r"(?<![0-9])([0-9]{6})(?:[ .\-+]|%20|&nbsp;)?([0-9]{5})(?![0-9])"
)

# What may stand between the digits when people write or machines fold a line.
_GAP = r"[\s\u00ad\u200b-\u200d\u2060\ufeff]{0,3}"
_NUMBER_LIKE = re.compile(
    rf"\d(?:{_GAP}\d){{10,}}"
    rf"|\d\d[.\-/]?\d\d[.\-/]?(?:\d\d)?\d\d{_GAP}[.\-–+]?{_GAP}\d{{5,}}"
)

# Public, fictional people whom the health network's guidance uses everywhere. Their
# numbers look ordinary, so only a list can tell them apart from real ones.
_STATIC_TEST_NUMBERS = frozenset(
    {
        "13116900216",
        "15076500565",
        "12057900499",
        "11064700342",
        "14019800513",
        "23077200290",
    }
)


class NumberKind(enum.StrEnum):
    """The national series a person may be reported under (Volven 8327)."""

    NATIONAL_IDENTITY_NUMBER = "FNR"
    D_NUMBER = "DNR"
    FH_NUMBER = "FHN"


class NumberFault(enum.StrEnum):
    """Why digits are not an identity number we may store a report on."""

    MISSING = "missing"
    NOT_NATIONAL = "not-national"
    WRONG_CHECK_DIGITS = "wrong-check-digits"
    TEST_NUMBER = "test-number"


class InvalidIdentityNumber(ValueError):
    """The digits are no usable identity number; the message never shows them."""

    def __init__(self, fault: NumberFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True, repr=False)
class IdentityNumber:
    """Eleven digits whose check digits hold."""

    digits: str
    kind: NumberKind
    is_synthetic: bool

    def __repr__(self) -> str:
        return f"IdentityNumber({self.kind.value} •••••••••••)"

    __str__ = __repr__

    @property
    def birth_date(self) -> datetime.date | None:
        """The birth date in the number; FH-numbers hold none."""
        if self.kind is NumberKind.FH_NUMBER:
            return None
        return _birth_date(self.digits)

    @property
    def is_female(self) -> bool | None:
        """Ninth digit even means female; FH-numbers tell nothing."""
        if self.kind is NumberKind.FH_NUMBER:
            return None
        return int(self.digits[8]) % 2 == 0


def parse(text: str | None, *, allow_test_numbers: bool) -> IdentityNumber:
    """Read eleven digits (blanks, as in «131169 00216», are let pass).

    Raises InvalidIdentityNumber. Kinds follow from the digits, not from any label
    beside them. Synthetic series (month + 65 and + 80) and the health network's
    static test persons are refused unless `allow_test_numbers`.
    """
    digits = re.sub(r"\s+", "", text or "")
    if not digits:
        raise InvalidIdentityNumber(NumberFault.MISSING)
    if not re.fullmatch(r"[0-9]{11}", digits):
        raise InvalidIdentityNumber(NumberFault.NOT_NATIONAL)
    if not has_valid_check_digits(digits):
        raise InvalidIdentityNumber(NumberFault.WRONG_CHECK_DIGITS)
    if digits[0] in "89":
        return IdentityNumber(digits, NumberKind.FH_NUMBER, is_synthetic=False)
    if _is_h_number(digits):
        raise InvalidIdentityNumber(NumberFault.NOT_NATIONAL)
    if _birth_date(digits) is None:
        raise InvalidIdentityNumber(NumberFault.WRONG_CHECK_DIGITS)
    is_synthetic = int(digits[2:4]) > 12
    if (is_synthetic or digits in _STATIC_TEST_NUMBERS) and not allow_test_numbers:
        raise InvalidIdentityNumber(NumberFault.TEST_NUMBER)
    kind = (
        NumberKind.D_NUMBER
        if int(digits[:2]) > _D_NUMBER_OFFSET
        else NumberKind.NATIONAL_IDENTITY_NUMBER
    )
    return IdentityNumber(digits, kind, is_synthetic)


def has_valid_check_digits(digits: str) -> bool:
    """Whether the last two of eleven digits are the check digits of the first nine."""
    return digits[9:] == check_digits(digits[:9])


def check_digits(nine_digits: str) -> str | None:
    """The two check digits of nine digits; None for the numbers never issued."""
    first = _check_digit(nine_digits, _FIRST_WEIGHTS)
    if first is None:
        return None
    second = _check_digit(nine_digits + str(first), _SECOND_WEIGHTS)
    return None if second is None else f"{first}{second}"


def mask(digits: str) -> str:
    """Birth date kept, the rest hidden: «120484 •••••»."""
    return f"{digits[:6]} •••••" if len(digits) == 11 else "•" * len(digits)


def hide_numbers(text: str) -> str:
    """The text with every run of digits as long as an identity number, or written as
    one is, replaced by dots, whether its check digits hold or not: for people who may
    see the rest. It hides too much rather than too little."""
    return _NUMBER_LIKE.sub("•" * 11, text)


def blot_out(text: str) -> str:
    """The text with everything that passes for an identity number made unreadable.

    A net under the log, not the rule. Separators between the date and the rest are
    seen through; so are numbers of the rule that takes over in 2032, whose first check
    digit may leave a remainder of 0 to 3.
    """
    return _ELEVEN_DIGITS.sub(_blot, text)


def _blot(match: re.Match[str]) -> str:
    digits = match[1] + match[2]
    return "•" * 11 if _may_be_a_number(digits) else match[0]


def _may_be_a_number(digits: str) -> bool:
    first_sum = _weighted(digits[:9], _FIRST_WEIGHTS) + int(digits[9])
    second_sum = _weighted(digits[:10], _SECOND_WEIGHTS) + int(digits[10])
    return first_sum % 11 <= _LARGEST_REMAINDER and second_sum % 11 == 0


def _check_digit(digits: str, weights: tuple[int, ...]) -> int | None:
    remainder = (11 - _weighted(digits, weights) % 11) % 11
    return None if remainder == 10 else remainder


def _weighted(digits: str, weights: tuple[int, ...]) -> int:
    return sum(map(mul, map(int, digits), weights))


def _is_h_number(digits: str) -> bool:
    return 1 <= int(digits[2:4]) - _H_NUMBER_OFFSET <= 12


def _birth_date(digits: str) -> datetime.date | None:
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    if day > _D_NUMBER_OFFSET:
        day -= _D_NUMBER_OFFSET
    if month > _TENOR_TEST_OFFSET:
        month -= _TENOR_TEST_OFFSET
    elif month > _NHN_TEST_OFFSET:
        month -= _NHN_TEST_OFFSET
    century = _century(int(digits[6:9]), year)
    if century is None:
        return None
    try:
        return datetime.date(century + year, month, day)
    except ValueError:
        return None


def _century(individual: int, year: int) -> int | None:
    if individual < 500:
        return 1900
    if individual < 750 and year >= 55:
        return 1800
    if individual >= 900 and year >= 40:
        return 1900
    return 2000 if year < 40 else None
