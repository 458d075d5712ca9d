"""What a producer's silence means, judged by its own habit: pure, times in, times out.

Silence is counted in the hours of the week in which the producer usually sends. Night,
weekends where it rests, and holidays are no part of these, so the clock stands still.
"""

import datetime
import zoneinfo
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from results.ingestion.watch.holidays import is_holiday

NORWAY = zoneinfo.ZoneInfo("Europe/Oslo")
# So long back a habit is learnt from, and so many of the weeks make it one.
WEEKS = 6
_FEWEST_WEEKS = 3
_FEWEST_MESSAGES = 20
# The longer pauses are what is usual: nineteen of twenty are no longer.
_USUAL_PART = 0.95
_TIMES_THE_GAP = 3
# A laboratory that sends every minute is allowed an hour's trouble of its own.
_SHORTEST = datetime.timedelta(hours=1)
_HOUR = datetime.timedelta(hours=1)
_NOTHING = datetime.timedelta()


@dataclass(frozen=True, slots=True)
class Habit:
    """Hours of the week (0 is Monday from midnight in Norway) in which the producer
    sends, and its usual longest pause, counted in these hours alone."""

    active_hours: frozenset[int]
    usual_gap: datetime.timedelta

    @property
    def longest_silence(self) -> datetime.timedelta:
        """After so much silence, in active hours, something is wrong."""
        return max(_TIMES_THE_GAP * self.usual_gap, _SHORTEST)


def learn(times: Iterable[datetime.datetime]) -> Habit | None:
    """The habit that so many weeks of messages show; None when they show none: too few
    messages, or no hour of the week with one in at least three different weeks."""
    known = sorted(times)
    if len(known) < _FEWEST_MESSAGES:
        return None
    active_hours = _active_hours(known)
    if not active_hours:
        return None
    clock = _Clock(active_hours, start=known[0], end=known[-1])
    gaps = sorted(clock.between(a, b) for a, b in pairwise(known))
    usual_gap = gaps[min(int(len(gaps) * _USUAL_PART), len(gaps) - 1)]
    return Habit(active_hours, usual_gap)


def silence(
    habit: Habit, *, last: datetime.datetime, now: datetime.datetime
) -> datetime.timedelta | None:
    """How long the producer has been silent, in active hours, where that is too long;
    else None."""
    if now <= last:
        return None
    length = _Clock(habit.active_hours, start=last, end=now).between(last, now)
    return length if length > habit.longest_silence else None


def _active_hours(times: Sequence[datetime.datetime]) -> frozenset[int]:
    hours = {(_hour_of_week(t), _week(t)) for t in times if not _is_free(t)}
    weeks = Counter(hour for hour, _week_of_year in hours)
    return frozenset(hour for hour, count in weeks.items() if count >= _FEWEST_WEEKS)


def _hour_of_week(at: datetime.datetime) -> int:
    local = at.astimezone(NORWAY)
    return local.weekday() * 24 + local.hour


def _week(at: datetime.datetime) -> tuple[int, int]:
    calendar = at.astimezone(NORWAY).isocalendar()
    return calendar.year, calendar.week


def _is_free(at: datetime.datetime) -> bool:
    return is_holiday(at.astimezone(NORWAY).date())


class _Clock:
    """Runs in active hours and stands still otherwise, between two times."""

    def __init__(
        self,
        active_hours: frozenset[int],
        *,
        start: datetime.datetime,
        end: datetime.datetime,
    ) -> None:
        # Whole hours of UTC are whole hours of Norwegian time, summer and winter.
        self._hours = list(_whole_hours(start, end))
        self._runs = [
            _hour_of_week(hour) in active_hours and not _is_free(hour)
            for hour in self._hours
        ]
        lengths = (_HOUR if runs else _NOTHING for runs in self._runs)
        self._shown = list(accumulate(lengths, initial=_NOTHING))

    def between(
        self, first: datetime.datetime, second: datetime.datetime
    ) -> datetime.timedelta:
        return self._at(second) - self._at(first)

    def _at(self, at: datetime.datetime) -> datetime.timedelta:
        index = bisect_right(self._hours, at) - 1
        into_hour = at - self._hours[index] if self._runs[index] else _NOTHING
        return self._shown[index] + into_hour


def _whole_hours(
    start: datetime.datetime, end: datetime.datetime
) -> Iterator[datetime.datetime]:
    hour = start.astimezone(datetime.UTC).replace(minute=0, second=0, microsecond=0)
    while hour <= end:
        yield hour
        hour += _HOUR
