"""Charts as SVG, drawn on the server from plain values; CSS colours them."""

from portal.charts.courses import MARKERS, Point, draw_course, draw_marker
from portal.charts.number_lines import Interval, number_line, read_interval

__all__ = [
    "MARKERS",
    "Interval",
    "Point",
    "draw_course",
    "draw_marker",
    "number_line",
    "read_interval",
]
