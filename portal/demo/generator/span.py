"""The stretch of years that a course lies within."""

import datetime
import random
from dataclasses import dataclass

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` to `until`, both days included."""

    start: datetime.date
    until: datetime.date

    @classmethod
    def of_years(cls, years: int, *, until: datetime.date) -> "Span":
        """The `years` before a day."""
        return cls(until - datetime.timedelta(days=round(years * 365.25)), until)

    @property
    def days(self) -> int:
        return (self.until - self.start).days

    def share(self, moment: datetime.datetime) -> float:
        """How far along a moment is, from 0 to 1."""
        return (moment.date() - self.start).days / max(self.days, 1)

    def morning(self, day: float, chance: random.Random) -> datetime.datetime:
        """The morning of a working day, `day` days after the start."""
        date = self.start + datetime.timedelta(days=round(day))
        if date.weekday() >= _SATURDAY:
            date += datetime.timedelta(days=7 - date.weekday())
        time = datetime.time(chance.randint(8, 11), chance.randint(0, 59))
        return datetime.datetime.combine(date, time)
