"""One analyte over time for a page: a drawing in two sizes, and a table under it."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from access.lookup import ComparedRow, TimedResult
from portal.charts import NARROW, WIDE, Frame, Mark, curve, marker
from portal.presenting.cumulative import MARKS
from portal.presenting.cumulative.cells import marks_of, words_of
from portal.presenting.dates import day_and_time, day_of, machine_day, short_day
from portal.presenting.judgements import Judgement, interval_of, judge
from portal.presenting.values import present_quantity, present_range
from results import codes
from results.vocabulary import Discipline, ValueKind

# Of one analyte no more are drawn and listed at once: the newest, then those before.
MOST_RESULTS = 300
_OUTSIDE = {"ArrowUp": "up", "ArrowDown": "down", "Exclamationmark": "either"}
_DRAWN_COMPARATORS = {"<": "<", "<=": "<", "LT": "<", "LE": "<", "ML": "<"} | {
    ">": ">",
    ">=": ">",
    "GT": ">",
    "GE": ">",
    "MG": ">",
}


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One result in the table; `value` is empty when it was withdrawn."""

    taken: str
    machine_day: str
    value: str
    reference: str
    judgement: Judgement | None
    laboratory: str
    method: str
    notes: tuple[str, ...]
    is_standing: bool
    url: str


@dataclass(frozen=True, slots=True)
class Trend:
    """An analyte. `nothing_drawn` says why there is no drawing; `signs` are the
    laboratories' marks, and `limits_name` what its limits may be called."""

    key: str
    name: str
    code: str
    unit: str
    wide: SafeString
    narrow: SafeString
    nothing_drawn: str
    signs: tuple[tuple[SafeString, str], ...]
    limits_name: str | Promise
    has_band: bool
    lines: tuple[TrendLine, ...]
    count: str
    left_out: str


def chosen_results(
    row: ComparedRow, *, since: datetime.date | None, until: datetime.date | None
) -> tuple[TimedResult, ...]:
    """The results between two days, newest first; no more than are shown."""
    ordered = sorted(row.results, key=_moment, reverse=True)
    chosen = []
    for result in ordered:
        day = day_of(result.effective_at)
        is_early = since and (day is None or day < since)
        is_late = until and day is not None and day > until
        if not (is_early or is_late):
            chosen.append(result)
    return tuple(chosen[:MOST_RESULTS])


def frame_of(results: Iterable[TimedResult]) -> Frame:
    """The time all of these are drawn over."""
    return Frame.around([_moment(r) for r in results if _is_drawn(r)])


def present_trend(
    row: ComparedRow,
    results: Sequence[TimedResult],
    frame: Frame,
    address_of: Mapping[str, str],
) -> Trend:
    """`results` are those of the row that are shown, newest first."""
    measured = row.measured
    is_drug = _is_drug(row)
    drawn = [result for result in reversed(results) if _is_drawn(result)]
    laboratories = list(dict.fromkeys(r.report.performer_name for r in drawn))
    marks = [_mark(r, laboratories, is_drug=is_drug) for r in drawn]
    title = _("%(name)s over tid") % {"name": measured.name}
    described = _described(drawn, measured.unit)
    sizes = [
        curve(marks, frame, size, title=title, description=described)
        if marks
        else SafeString("")
        for size in (WIDE, NARROW)
    ]
    hidden = len(row.results) - len(results)
    return Trend(
        key=measured.analyte.key,
        name=measured.name,
        code=measured.analyte.code,
        unit=measured.unit,
        wide=sizes[0],
        narrow=sizes[1],
        nothing_drawn="" if marks else _why_nothing(results),
        signs=tuple((marker(n), name) for n, name in enumerate(laboratories)),
        limits_name=_("laboratoriets grenser") if is_drug else _("referanseområde"),
        has_band=any(mark.interval for mark in marks),
        lines=tuple(_line(r, address_of, is_drug=is_drug) for r in results),
        count=_count(len(results)),
        left_out=_left_out(hidden),
    )


def _is_drug(row: ComparedRow) -> bool:
    """Limits of medicines are for treatment, and no reference ranges."""
    known = codes.find(row.measured.analyte.code, row.measured.analyte.system)
    if known and known.category:
        return known.category == Discipline.FARM.value
    return any(r.report.category is Discipline.FARM for r in row.results)


def _is_drawn(result: TimedResult) -> bool:
    """What stands, and is one number with a day of its own."""
    has_day = day_of(result.effective_at) is not None
    is_number = result.kind == ValueKind.QUANTITY and result.number is not None
    return has_day and is_number and result.is_standing


def _moment(result: TimedResult) -> float:
    """Seconds; a day that was sent without a time is its noon, none at all is first."""
    moment = result.effective_at
    if moment is not None and moment.at is not None:
        return moment.at.timestamp()
    day = day_of(moment)
    if day is None:
        return float("-inf")
    noon = datetime.datetime.combine(day, datetime.time(12))
    return timezone.make_aware(noon).timestamp()


def _mark(result: TimedResult, laboratories: Sequence[str], *, is_drug: bool) -> Mark:
    judgement = judge(result)
    is_outside = judgement is not None and judgement.is_outside
    words = _judged(judgement, is_drug=is_drug) if is_outside else ""
    said = (
        short_day(result.effective_at),
        present_quantity(result.digits, result.comparator, result.unit),
        str(words),
        result.report.performer_name,
    )
    return Mark(
        at=_moment(result),
        value=result.number or 0.0,
        shape=laboratories.index(result.report.performer_name),
        joins=(
            result.report.performer_name,
            result.performers_json,
            result.methods_json,
        ),
        interval=interval_of(result),
        label=", ".join(filter(None, said)),
        outside=_OUTSIDE[judgement.icon] if judgement and is_outside else "",
        comparator=_DRAWN_COMPARATORS.get(result.comparator, ""),
    )


def _judged(judgement: Judgement | None, *, is_drug: bool) -> str | Promise:
    if judgement is None:
        return ""
    if not is_drug:
        return judgement.words
    return {
        "ArrowUp": _("Over laboratoriets grense"),
        "ArrowDown": _("Under laboratoriets grense"),
        "Exclamationmark": _("Utenfor laboratoriets grense"),
        "Checkmark": _("Innenfor laboratoriets grenser"),
    }.get(judgement.icon, judgement.words)


def _described(drawn: Sequence[TimedResult], unit: str) -> str:
    """What the drawing shows, for whoever does not see it."""
    if not drawn:
        return ""
    lowest, highest = (
        pick(drawn, key=lambda r: r.number or 0.0) for pick in (min, max)
    )
    outside = sum(1 for r in drawn if (j := judge(r)) is not None and j.is_outside)
    return _(
        "%(count)s tall fra %(since)s til %(until)s. Lavest %(low)s, høyest %(high)s. "
        "%(outside)s er utenfor grensene. Alle står i tabellen under."
    ) % {
        "count": len(drawn),
        "since": short_day(drawn[0].effective_at),
        "until": short_day(drawn[-1].effective_at),
        "low": present_quantity(lowest.digits, lowest.comparator, unit),
        "high": present_quantity(highest.digits, highest.comparator, unit),
        "outside": outside,
    }


def _why_nothing(results: Sequence[TimedResult]) -> str:
    if not results:
        return _("Ingen svar i perioden som er valgt.")
    return _("Ingen av svarene er endelige tall med dato. De står i tabellen.")


def _line(
    result: TimedResult, address_of: Mapping[str, str], *, is_drug: bool
) -> TrendLine:
    judgement = judge(result) if result.is_standing else None
    ranges = (present_range(text) for text in result.reference_ranges if text.strip())
    words = MARKS()
    notes = [words[letter] for letter in marks_of(result)]
    if result.is_withdrawn:
        notes = [_("trukket tilbake")]
    shown = judgement
    if judgement is not None:
        told = _judged(judgement, is_drug=is_drug)
        shown = Judgement(told, judgement.icon, judgement.tone)
    return TrendLine(
        taken=day_and_time(result.effective_at),
        machine_day=machine_day(result.effective_at),
        value="" if result.is_withdrawn else _value(result),
        reference="; ".join(ranges),
        judgement=shown,
        laboratory=result.report.performer_name,
        method=", ".join(result.methods),
        notes=tuple(notes),
        is_standing=result.is_standing,
        url=address_of[str(result.report.id)],
    )


def _value(result: TimedResult) -> str:
    if result.kind == ValueKind.QUANTITY:
        return present_quantity(result.digits, result.comparator, "")
    return words_of(result)


def _count(count: int) -> str:
    return ngettext("%(count)s svar", "%(count)s svar", count) % {"count": count}


def _left_out(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(count)s svar til finnes utenfor det som vises.",
        "%(count)s svar til finnes utenfor det som vises.",
        count,
    ) % {"count": count}
