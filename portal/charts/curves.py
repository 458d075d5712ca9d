"""One analyte over time: marks, the lines that may join them, and a stepping band."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from portal.charts.axes import NARROW, WIDE, Axes, Frame, Size, axes_for
from portal.charts.number_lines import Interval

__all__ = ["NARROW", "WIDE", "Frame", "Mark", "curve", "marker"]

# Round, square, on its corner, three-cornered; then the same, not filled.
_SHAPES = (
    "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
    "M-4-4h8v8h-8z",
    "M0-5.5l5.5 5.5l-5.5 5.5l-5.5-5.5z",
    "M0-5.5l5.2 9h-10.4z",
)
_FLAGS = {
    "up": "M-5-8l5-6l5 6z",
    "down": "M-5 8l5 6l5-6z",
    "either": "M-8.5 0a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0z",
}
_ARROWS = {
    "<": "M0 6v14m-3.5-4.5l3.5 4.5l3.5-4.5",
    ">": "M0-6v-14m-3.5 4.5l3.5-4.5l3.5 4.5",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One number. `joins` is the same for those a line may join; a number that is only
    a limit (`comparator` «<» or «>») is drawn at it and joined to nothing. `outside`
    is up, down, either or nothing, and `label` says all of it in words."""

    at: float
    value: float
    shape: int
    joins: object
    interval: Interval | None
    label: str
    outside: str = ""
    comparator: str = ""


def curve(
    marks: Sequence[Mark], frame: Frame, size: Size, *, title: str, description: str
) -> SafeString:
    """The drawing, oldest to the left; there must be a mark."""
    axes = axes_for(list(_values(marks)), frame, size)
    parts = [
        *(_band(marks, axes)),
        *(_grid(axes)),
        f'<path class="line" d="{_line(marks, axes)}"/>',
        *(_mark(mark, axes) for mark in marks),
    ]
    return format_html(
        '<svg class="curve" viewBox="0 0 {} {}" role="img">'
        "<title>{}</title><desc>{}</desc>{}</svg>",
        size.width,
        size.height,
        title,
        description,
        # Every part is made here of numbers and escaped words.
        SafeString("".join(parts)),
    )


def marker(shape: int) -> SafeString:
    """The sign of one laboratory, for the list of signs."""
    return SafeString(
        f'<svg class="curve sign" viewBox="-7 -7 14 14" aria-hidden="true">'
        f'<path class="{_fill(shape)}" d="{_SHAPES[shape % len(_SHAPES)]}"/></svg>'
    )


def _values(marks: Sequence[Mark]) -> Iterator[float]:
    for mark in marks:
        yield mark.value
        if mark.interval:
            limits = (mark.interval.low, mark.interval.high)
            yield from (float(limit) for limit in limits if limit is not None)


def _band(marks: Sequence[Mark], axes: Axes) -> Iterator[str]:
    """Each mark's own limits, from half way to the one before to half way to the next:
    they follow age, sex and laboratory."""
    for number, mark in enumerate(marks):
        if mark.interval is None:
            continue
        before = marks[number - 1].at if number else axes.frame.since
        after = marks[number + 1].at if number + 1 < len(marks) else axes.frame.until
        start = axes.x((before + mark.at) / 2) if number else axes.left
        end = axes.x((after + mark.at) / 2) if number + 1 < len(marks) else axes.right
        low, high = mark.interval.low, mark.interval.high
        top = axes.top if high is None else axes.y(float(high))
        bottom = axes.bottom if low is None else axes.y(float(low))
        yield (
            f'<rect class="band" x="{start:.1f}" y="{top:.1f}" '
            f'width="{max(end - start, 0):.1f}" height="{max(bottom - top, 1):.1f}"/>'
        )


def _grid(axes: Axes) -> Iterator[str]:
    for y, words in axes.values():
        yield (
            f'<path class="grid" d="M{axes.left} {y:.1f}H{axes.right}"/>'
            f'<text x="{axes.left - 8}" y="{y + 4:.1f}" text-anchor="end">'
            f"{words}</text>"
        )
    for x, words in axes.moments():
        yield (
            f'<path class="grid" d="M{x:.1f} {axes.bottom}v5"/>'
            f'<text x="{x:.1f}" y="{axes.bottom + 19}" text-anchor="middle">'
            f"{escape(words)}</text>"
        )


def _line(marks: Sequence[Mark], axes: Axes) -> str:
    """From each mark to the next that may be joined with it."""
    steps = []
    latest: dict[object, Mark] = {}
    for mark in marks:
        before = latest.get(mark.joins)
        latest[mark.joins] = mark
        if before and not (before.comparator or mark.comparator):
            steps.append(f"M{_point(before, axes)}L{_point(mark, axes)}")
    return "".join(steps)


def _point(mark: Mark, axes: Axes) -> str:
    return f"{axes.x(mark.at):.1f} {axes.y(mark.value):.1f}"


def _mark(mark: Mark, axes: Axes) -> str:
    shape = _SHAPES[mark.shape % len(_SHAPES)]
    drawn = [f'<path class="{_fill(mark.shape)}" d="{shape}"/>']
    if arrow := _ARROWS.get(mark.comparator):
        drawn.append(f'<path class="arrow" d="{arrow}"/>')
    if flag := _FLAGS.get(mark.outside):
        drawn.append(f'<path class="flag {mark.outside}" d="{flag}"/>')
    return (
        f'<g transform="translate({_point(mark, axes)})">'
        f"<title>{escape(mark.label)}</title>{''.join(drawn)}</g>"
    )


def _fill(shape: int) -> str:
    return "shape" if shape < len(_SHAPES) else "shape hollow"
