"""Where on a drawing a value and a moment are, and what is written along its sides."""

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

_NORWAY = ZoneInfo("Europe/Oslo")
_DAY = 86_400.0
_TOP, _BOTTOM, _LEFT, _RIGHT = 26, 26, 56, 22
_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Frame:
    """The time that drawings above each other share, in seconds since 1970."""

    since: float
    until: float

    @classmethod
    def around(cls, moments: Sequence[float]) -> "Frame":
        """From the first to the last; a month around where there is but one."""
        since, until = min(moments, default=0.0), max(moments, default=0.0)
        if until - since < _DAY:
            return cls(since - 15 * _DAY, until + 15 * _DAY)
        return cls(since, until)


@dataclass(frozen=True, slots=True)
class Size:
    """How large a drawing is, and how many moments fit along it."""

    width: int
    height: int
    ticks: int


WIDE = Size(840, 220, ticks=8)
NARROW = Size(400, 240, ticks=4)


@dataclass(frozen=True, slots=True)
class Axes:
    """Places in the drawing; `low` and `high` are the values at its edges."""

    size: Size
    frame: Frame
    low: float
    high: float
    step: float

    @property
    def left(self) -> int:
        return _LEFT

    @property
    def right(self) -> int:
        return self.size.width - _RIGHT

    @property
    def top(self) -> int:
        return _TOP

    @property
    def bottom(self) -> int:
        return self.size.height - _BOTTOM

    def x(self, at: float) -> float:
        share = (at - self.frame.since) / (self.frame.until - self.frame.since)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.bottom - min(max(share, 0.0), 1.0) * (self.bottom - self.top)

    def values(self) -> list[tuple[float, str]]:
        """What is written along the side: place and number, no more digits than tell
        them apart."""
        digits = max(0, -math.floor(math.log10(self.step) + 1e-9))
        is_half = round(self.step * 10**digits, 6) % 1 != 0
        count = round((self.high - self.low) / self.step)
        marks = (self.low + n * self.step for n in range(count + 1))
        return [
            (self.y(mark), f"{mark:.{digits + is_half}f}".replace(".", ","))
            for mark in marks
        ]

    def moments(self) -> list[tuple[float, str]]:
        """What is written along the bottom: years, months or days."""
        days = _moments(self.frame, self.size.ticks)
        return [(self.x(at), words) for at, words in days]


def axes_for(values: Sequence[float], frame: Frame, size: Size) -> Axes:
    """Round numbers around all of the values."""
    low, high = min(values), max(values)
    if high <= low:
        spread = abs(low) / 10 or 1.0
        low, high = low - spread, high + spread
    rough = (high - low) / 4
    scale = 10 ** math.floor(math.log10(rough))
    step = next(s * scale for s in _STEPS if s * scale >= rough * 0.999)
    start = math.floor(low / step + 1e-9) * step
    end = math.ceil(high / step - 1e-9) * step
    return Axes(size, frame, start, end, step)


def _moments(frame: Frame, most: int) -> list[tuple[float, str]]:
    days = (frame.until - frame.since) / _DAY
    first = datetime.datetime.fromtimestamp(frame.since, _NORWAY)
    last = datetime.datetime.fromtimestamp(frame.until, _NORWAY)
    if days > 730:
        every = max(1, -(-(last.year - first.year) // most))
        years = range(first.year + 1, last.year + 1, every)
        return [(_at(year, 1, 1), str(year)) for year in years]
    if days > 62:
        return _months(first, last, most)
    every = max(1, math.ceil(days / most))
    start = datetime.datetime(first.year, first.month, first.day, tzinfo=_NORWAY)
    found = (start + datetime.timedelta(days=n) for n in range(every, 64, every))
    return [(d.timestamp(), f"{d:%d.%m}") for d in found if d <= last]


def _months(
    first: datetime.datetime, last: datetime.datetime, most: int
) -> list[tuple[float, str]]:
    start, end = first.year * 12 + first.month, last.year * 12 + last.month - 1
    every = max(1, -(-(end - start + 1) // most))
    found = [(n // 12, n % 12 + 1) for n in range(start, end + 1, every)]
    return [
        (_at(y, m, 1), f"{date_format(datetime.date(y, m, 1), 'M')} {y % 100:02}")
        for y, m in found
    ]


def _at(year: int, month: int, day: int) -> float:
    return datetime.datetime(year, month, day, tzinfo=_NORWAY).timestamp()
