"""A small curve beside the numbers: never instead of them, and silent to a reader."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.safestring import SafeString

from access.lookup import TimedResult
from portal.charts import Interval
from portal.presenting.cumulative.arranging import ColumnKey, Row
from portal.presenting.judgements import interval_of

WIDTH, HEIGHT, _EDGE = 84, 22, 3
_MOST_POINTS = 24

Point = tuple[float, float, object]


def spark(row: Row, *, since: float, until: float) -> SafeString:
    """The row's numbers over the time the page shows, its newest interval as a band.

    Oldest to the left whichever way the table runs. A line joins two values only where
    one laboratory measured both by one method; what does not stand is left out.
    """
    standing = _standing(row)
    if len(standing) < 2 or since >= until:
        return SafeString("")
    points = [
        (key[1] or _noon(key), result.number or 0.0, _measured_by(result))
        for key, result in standing
    ]
    interval = interval_of(standing[-1][1])
    low, high = _span([value for _at, value, _who in points], interval)
    placed = [
        (_place(at, since, until, WIDTH), HEIGHT - _place(v, low, high, HEIGHT), who)
        for at, v, who in points
    ]
    return SafeString(
        f'<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">'
        f'{_band(interval, low, high)}<path d="{_path(placed)}"/>'
        f'<circle cx="{placed[-1][0]:.0f}" cy="{placed[-1][1]:.0f}" r="2.5"/></svg>'
    )


def _standing(row: Row) -> Sequence[tuple[ColumnKey, TimedResult]]:
    """Oldest first, the newest two dozen."""
    found = [
        (key, result)
        for key, results in row.results.items()
        for result in results
        if result.number is not None and result.is_standing
    ]
    found.sort(key=lambda pair: pair[0])
    return found[-_MOST_POINTS:]


def _measured_by(result: TimedResult) -> object:
    return result.report.performer_name, result.performers_json, result.methods_json


def _noon(key: ColumnKey) -> float:
    """Of a day that was sent without a time."""
    return (key[0].toordinal() - _EPOCH) * 86_400.0 + 43_200


_EPOCH = 719_163  # 1 January 1970, as Python counts days


def _span(values: Sequence[float], interval: Interval | None) -> tuple[float, float]:
    limits = [interval.low, interval.high] if interval else []
    told = [*values, *(float(limit) for limit in limits if limit is not None)]
    low, high = min(told), max(told)
    return (low, high) if high > low else (low - 1, high + 1)


def _place(value: float, low: float, high: float, size: int) -> float:
    share = (value - low) / (high - low)
    return _EDGE + min(max(share, 0.0), 1.0) * (size - 2 * _EDGE)


def _band(interval: Interval | None, low: float, high: float) -> str:
    if interval is None:
        return ""
    top = _edge(interval.high, low, high, open_end=0.0)
    bottom = _edge(interval.low, low, high, open_end=float(HEIGHT))
    return f'<rect y="{top:.0f}" width="{WIDTH}" height="{max(bottom - top, 1):.0f}"/>'


def _edge(limit: Decimal | None, low: float, high: float, *, open_end: float) -> float:
    if limit is None:
        return open_end
    return HEIGHT - _place(float(limit), low, high, HEIGHT)


def _path(points: Sequence[Point]) -> str:
    """Moves and lines; a point that no line reaches is a dot."""
    steps = []
    before: Point | None = None
    for x, y, who in points:
        joins = before is not None and before[2] == who
        steps.append(f"{'L' if joins else 'M'}{x:.0f} {y:.0f}{'' if joins else 'h0'}")
        before = (x, y, who)
    return "".join(steps)
