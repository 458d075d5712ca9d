"""Synthetic identity and organisation numbers, computed and never issued to anyone."""

import datetime
from collections.abc import Iterator
from itertools import islice

from results.identity import check_digits

# Skatteetaten's synthetic population (Tenor): the month is 80 too high.
_TENOR_MONTH = 80
_ORGANIZATION_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def synthetic_number(birth_date: datetime.date, *, is_female: bool, index: int) -> str:
    """The `index`-th valid synthetic number of that day and sex, from the highest down.

    Raises ValueError for an index beyond what the day holds, or a year before 1900 or
    after 2039 (HIS 1001: the three digits after the date tell the century).
    """
    numbers = _numbers_of(birth_date, is_female)
    found = next(islice(numbers, index, None), None)
    if found is None:
        raise ValueError(f"No synthetic number left for index {index}.")
    return found


def organization_number(eight_digits: str) -> str:
    """Eight digits and their check digit (mod 11); ValueError when none exists."""
    total = sum(
        int(digit) * weight
        for digit, weight in zip(eight_digits, _ORGANIZATION_WEIGHTS, strict=True)
    )
    check = (11 - total % 11) % 11
    if check == 10:
        raise ValueError(f"{eight_digits} has no check digit.")
    return f"{eight_digits}{check}"


def _numbers_of(birth_date: datetime.date, is_female: bool) -> Iterator[str]:
    month = birth_date.month + _TENOR_MONTH
    day = f"{birth_date.day:02d}{month}{birth_date.year % 100:02d}"
    for individual in _individual_numbers(birth_date.year):
        if (individual % 2 == 0) is is_female:
            nine = f"{day}{individual:03d}"
            if checks := check_digits(nine):
                yield nine + checks


def _individual_numbers(year: int) -> range:
    if 1900 <= year <= 1999:
        return range(499, -1, -1)
    if 2000 <= year <= 2039:
        return range(999, 499, -1)
    raise ValueError(f"No individual numbers are given out for {year}.")
