"""Days on which Norway is closed, so that silence means nothing."""

import datetime
import functools

# Month and day: the fixed ones, and the two eves on which laboratories go home early.
_FIXED = ((1, 1), (5, 1), (5, 17), (12, 24), (12, 25), (12, 26), (12, 31))
# Days from Easter Sunday: Maundy Thursday, Good Friday, the Saturday between, both
# days of Easter, Ascension Day, and both days of Pentecost.
_FROM_EASTER = (-3, -2, -1, 0, 1, 39, 49, 50)


def is_holiday(day: datetime.date) -> bool:
    """Lov om helligdager § 2, 1 and 17 May, Christmas Eve, Holy Saturday and New Year's
    Eve. Ordinary Sundays are not among them: a producer's habit knows these."""
    return day in _holidays(day.year)


@functools.lru_cache(maxsize=8)
def _holidays(year: int) -> frozenset[datetime.date]:
    easter = easter_sunday(year)
    movable = (easter + datetime.timedelta(days=days) for days in _FROM_EASTER)
    fixed = (datetime.date(year, month, day) for month, day in _FIXED)
    return frozenset((*movable, *fixed))


def easter_sunday(year: int) -> datetime.date:
    """Gregorian calendar; Gauss's method with Lichtenberg's corrections."""
    century = year // 100
    moon = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    sun = 2 - (3 * century + 3) // 4
    phase = (19 * (year % 19) + moon) % 30
    corrected = phase // 29 + (phase // 28 - phase // 29) * (year % 19 // 11)
    full_moon = 21 + phase - corrected
    first_sunday = 7 - (year + year // 4 + sun) % 7
    days_after = 7 - (full_moon - first_sunday) % 7
    first_of_march = datetime.date(year, 3, 1)
    return first_of_march + datetime.timedelta(days=full_moon + days_after - 1)
