"""One test over time: points, lines within one laboratory, and the ranges as they were.

The drawing is small, so that its words can be read on a phone; the table beside it says
the same.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portal.charts.number_lines import Interval
from portal.languages import day_in_digits, decimal_mark

WIDTH, HEIGHT = 360, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 12, 12, 24
# Shapes tell laboratories apart where colours do not; the last is for all further ones.
MARKERS = ("circle", "square", "triangle", "diamond")
_PATHS = {
    "circle": "M{x} {y}m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
    "square": "M{x} {y}m-3.5 -3.5h7v7h-7z",
    "triangle": "M{x} {y}m0 -4.5l4.5 8h-9z",
    "diamond": "M{x} {y}m0 -5l5 5l-5 5l-5 -5z",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One value. A line joins neighbours with the same `series` alone; `marker` is a
    place among MARKERS, and `interval` the range the laboratory gave with it."""

    at: datetime.date
    value: float
    series: object
    marker: int
    interval: Interval | None
    is_outside: bool


@dataclass(frozen=True, slots=True)
class _Scale:
    since: int
    until: int
    low: float
    high: float

    def x(self, at: datetime.date) -> float:
        span = self.until - self.since
        share = (at.toordinal() - self.since) / span if span else 0.5
        return round(_LEFT + share * (WIDTH - _LEFT - _RIGHT), 1)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM), 1)


def draw_course(points: Sequence[Point], *, title: str, key: str) -> SafeString:
    """Points oldest first; `title` says the whole in words, `key` is the page's own.
    Nothing where there is nothing to compare."""
    if len(points) < 2:
        return SafeString("")
    scale = _scale(points)
    return format_html(
        '<svg class="course" viewBox="0 0 {} {}" role="img" aria-labelledby="{}">'
        '<title id="{}">{}</title>{}{}{}{}</svg>',
        WIDTH,
        HEIGHT,
        key,
        key,
        title,
        _joined(_bands(points, scale)),
        _joined(_axes(scale)),
        _joined(_lines(points, scale)),
        _joined(_points(points, scale)),
    )


def draw_marker(marker: int) -> SafeString:
    """The shape beside a laboratory's name."""
    return format_html(
        '<svg class="marker" viewBox="0 0 12 12" aria-hidden="true">'
        '<path class="point" d="{}"/></svg>',
        _shape(marker, 6, 6),
    )


def _scale(points: Sequence[Point]) -> _Scale:
    values = [point.value for point in points]
    for point in points:
        if point.interval:
            limits = (point.interval.low, point.interval.high)
            values += [float(limit) for limit in limits if limit is not None]
    low, high = min(values), max(values)
    room = (high - low) * 0.1 or abs(high) * 0.1 or 1.0
    lowest = 0.0 if low >= 0 and low - room < 0 else low - room
    days = [point.at.toordinal() for point in points]
    return _Scale(min(days), max(days), lowest, high + room)


def _bands(points: Sequence[Point], scale: _Scale) -> Iterator[SafeString]:
    """Each range reaches half-way to its neighbours: limits differ between laboratories
    and change with age, and one for all would be nobody's."""
    edges = [
        float(_LEFT),
        *((scale.x(a.at) + scale.x(b.at)) / 2 for a, b in pairwise(points)),
        float(WIDTH - _RIGHT),
    ]
    # Neighbours with the same range are one band: seams would look like changes.
    for interval, those in groupby(range(len(points)), lambda n: points[n].interval):
        places = list(those)
        start, end = edges[places[0]], edges[places[-1] + 1]
        if interval is None or start >= end:
            continue
        low, high = interval.low, interval.high
        top = scale.y(float(high)) if high is not None else float(_TOP)
        bottom = scale.y(float(low)) if low is not None else float(HEIGHT - _BOTTOM)
        yield format_html(
            '<rect class="band" x="{}" y="{}" width="{}" height="{}"/>',
            round(start, 1),
            top,
            round(end - start, 1),
            round(max(bottom - top, 0), 1),
        )


def _axes(scale: _Scale) -> Iterator[SafeString]:
    for value in (scale.low, (scale.low + scale.high) / 2, scale.high):
        yield format_html(
            '<path class="grid" d="M{} {}H{}"/>'
            '<text class="tick" x="{}" y="{}" text-anchor="end">{}</text>',
            _LEFT,
            scale.y(value),
            WIDTH - _RIGHT,
            _LEFT - 5,
            scale.y(value) + 4,
            _number(value, scale.high - scale.low),
        )
    for day, anchor in ((scale.since, "start"), (scale.until, "end")):
        at = datetime.date.fromordinal(day)
        yield format_html(
            '<text class="tick" x="{}" y="{}" text-anchor="{}">{}</text>',
            scale.x(at),
            HEIGHT - 6,
            anchor,
            day_in_digits(at),
        )


def _lines(points: Sequence[Point], scale: _Scale) -> Iterator[SafeString]:
    for _series, those in groupby(points, lambda point: point.series):
        run = list(those)
        if len(run) > 1:
            path = "L".join(f"{scale.x(p.at)} {scale.y(p.value)}" for p in run)
            yield format_html('<path class="line" d="M{}"/>', path)


def _points(points: Sequence[Point], scale: _Scale) -> Iterator[SafeString]:
    for point in points:
        yield format_html(
            '<path class="point" data-tone="{}" d="{}"/>',
            "outside" if point.is_outside else "plain",
            _shape(point.marker, scale.x(point.at), scale.y(point.value)),
        )


def _shape(marker: int, x: float, y: float) -> str:
    name = MARKERS[min(marker, len(MARKERS) - 1)]
    return _PATHS[name].format(x=x, y=y)


def _number(value: float, span: float) -> str:
    decimals = 0 if span >= 10 else 1 if span >= 1 else 2
    return f"{value:.{decimals}f}".replace(".", decimal_mark())


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))
