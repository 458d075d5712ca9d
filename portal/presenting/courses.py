"""One test over time as a citizen reads it: a curve, a table, and where it was made."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from access.lookup import TimedResult
from portal.charts import Point, draw_course, draw_marker
from portal.languages import day_in_digits
from portal.presenting.dates import day_of, machine_day, short_day
from portal.presenting.judgements import Judgement, interval_of, judge
from portal.presenting.lists import Tag
from portal.presenting.values import present_range, present_value
from results.vocabulary import ValueKind

# The newest are drawn; the table has them all.
_MOST_POINTS = 60


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One value as sent, with its own unit, range, judgement and laboratory."""

    report_id: str
    day: str
    machine_day: str
    value: str
    unit: str
    reference: str
    judgement: Judgement | None
    laboratory: str
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class Laboratory:
    """A laboratory and the shape of its points."""

    name: str
    marker: SafeString


@dataclass(frozen=True, slots=True)
class Course:
    """Rows newest first. `laboratories` are named where there are several."""

    rows: tuple[CourseRow, ...]
    chart: SafeString
    laboratories: tuple[Laboratory, ...]

    @property
    def latest(self) -> CourseRow:
        return self.rows[0]


def present_course(results: Sequence[TimedResult], *, name: str, key: str) -> Course:
    """Results of one code and unit, newest first; never empty. `name` is the test's."""
    names = list(dict.fromkeys(r.report.performer_name for r in results))
    return Course(
        rows=tuple(present_timed(result) for result in results),
        chart=_chart(results, names, name=name, key=key),
        laboratories=tuple(
            Laboratory(laboratory or _("Ukjent laboratorium"), draw_marker(place))
            for place, laboratory in enumerate(names)
        )
        if len(names) > 1
        else (),
    )


def present_timed(result: TimedResult) -> CourseRow:
    ranges = (present_range(t) for t in result.reference_ranges if t.strip())
    return CourseRow(
        report_id=str(result.report.id),
        day=short_day(result.effective_at),
        machine_day=machine_day(result.effective_at),
        value=_value(result),
        unit="" if result.is_withdrawn else result.unit,
        reference="; ".join(ranges),
        judgement=None if result.is_withdrawn else judge(result),
        laboratory=result.report.performer_name,
        tags=tuple(_tags(result)),
    )


def _value(result: TimedResult) -> str:
    if result.is_withdrawn:
        return ""
    if result.kind == ValueKind.QUANTITY:
        return present_value(result.digits, result.comparator)
    if result.kind == ValueKind.INTERVAL:
        low = present_value(result.digits, result.comparator)
        return f"{low}–{present_value(result.interval_high, '')}"
    if result.kind == ValueKind.DATE:
        return day_in_digits(result.value_date) if result.value_date else "–"
    if result.is_markup or result.is_cut:
        return _("Tekst – les den i svaret")
    return result.text or ", ".join(result.coded_texts) or "–"


def _tags(result: TimedResult) -> list[Tag]:
    tags = []
    if result.is_withdrawn:
        tags.append(Tag(_("Trukket tilbake"), "danger"))
    elif result.is_not_repeated:
        tags.append(Tag(_("Ikke gjentatt i siste versjon"), "warning"))
    elif result.is_corrected:
        tags.append(Tag(_("Rettet"), "plain"))
    elif not result.is_standing and result.kind != ValueKind.NONE:
        tags.append(Tag(_("Foreløpig"), "warning"))
    return tags


def _chart(
    results: Sequence[TimedResult], names: list[str], *, name: str, key: str
) -> SafeString:
    """Numbers that stand, on days that are known; the rest is in the table alone."""
    points = [
        Point(
            at=day,
            value=result.number,
            series=(result.report.performer_name, result.methods_json),
            marker=names.index(result.report.performer_name),
            interval=interval_of(result),
            is_outside=_is_outside(result),
        )
        for result in results[:_MOST_POINTS]
        if result.number is not None
        and result.is_standing
        and (day := day_of(result.effective_at))
    ]
    points.sort(key=lambda point: point.at)
    return draw_course(points, title=_title(points, name), key=key)


def _is_outside(result: TimedResult) -> bool:
    judgement = judge(result)
    return judgement is not None and judgement.is_outside


def _title(points: Sequence[Point], name: str) -> str:
    if not points:
        return name
    return _("%(name)s fra %(since)s til %(until)s. Verdiene står i tabellen.") % {
        "name": name,
        "since": _day(points[0].at),
        "until": _day(points[-1].at),
    }


def _day(day: datetime.date) -> str:
    return day_in_digits(day)
