"""What was taken so lately that it is seldom worth taking again."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from access.lookup import Followed, ReportSummary, TimedResult
from portal.presenting.cumulative.cells import words_of
from portal.presenting.dates import day_of, short_day
from portal.presenting.values import present_quantity
from results import codes
from results.codes import Repeat
from results.vocabulary import ValueKind

SHOWN_AT_FIRST = 6
_LONGEST_WORDS = 40
_APART = 60


@dataclass(frozen=True, slots=True)
class RecentTest:
    """A test, its newest value and when; `usual` says how long it is usually left."""

    name: str
    value: str
    day: str
    ago: str
    laboratory: str
    usual: str
    source: str
    url: str


def recent_tests(
    found: Followed, *, today: datetime.date, address_of: Mapping[str, str]
) -> tuple[RecentTest, ...]:
    """Newest first, one of each test. Only what stands: nothing that was withdrawn, is
    preliminary, or a later version leaves out; what is closed never comes this far."""
    seen: set[object] = set()
    recent = []
    for result, repeat, age in _candidates(found, today):
        known = codes.find(result.code, result.code_system)
        sign = (known.successor or known.code) if known else result.code
        if sign not in seen:
            seen.add(sign)
            recent.append((age, _test(result, repeat, age, address_of)))
    return tuple(test for _age, test in sorted(recent, key=lambda pair: pair[0]))


def _candidates(
    found: Followed, today: datetime.date
) -> Iterator[tuple[TimedResult, Repeat, int]]:
    """Standing results within their interval, those of the newest samples first."""
    fresh = []
    ages = {id(report): _age(report, today) for report in found.reports}
    for result in found.results:
        known = codes.find(result.code, result.code_system)
        if known is None or known.repeat is None or not result.is_standing:
            continue
        # Specimens of one report may be some weeks apart, and hardly more.
        if ages[id(result.report)] > known.repeat.days + _APART:
            continue
        day = day_of(result.effective_at)
        age = (today - day).days if day else -1
        # A day that has not been is a fault somewhere, and tells of no test taken.
        if 0 <= age <= known.repeat.days:
            fresh.append((result, known.repeat, age))
    return iter(sorted(fresh, key=lambda each: each[2]))


def _age(report: ReportSummary, today: datetime.date) -> int:
    day = day_of(report.effective_at)
    return (today - day).days if day else 0


def _test(
    result: TimedResult, repeat: Repeat, age: int, address_of: Mapping[str, str]
) -> RecentTest:
    return RecentTest(
        name=result.name,
        value=_value(result),
        day=short_day(result.effective_at),
        ago=_ago(age),
        laboratory=result.report.performer_name,
        usual=ngettext("%(days)s dag", "%(days)s dager", repeat.days)
        % {"days": repeat.days},
        source=repeat.source,
        url=address_of[str(result.report.id)],
    )


def _value(result: TimedResult) -> str:
    if result.kind == ValueKind.QUANTITY:
        return present_quantity(result.digits, result.comparator, result.unit)
    words = words_of(result)
    is_long = result.is_markup or result.is_cut or len(words) > _LONGEST_WORDS
    return _("svar i tekst") if is_long else words


def _ago(days: int) -> str:
    if days == 0:
        return _("i dag")
    if days == 1:
        return _("i går")
    return _("for %(days)s dager siden") % {"days": days}
