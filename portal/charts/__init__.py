"""Charts as SVG, drawn on the server from plain values; CSS colours them."""

from portal.charts.courses import MARKERS, Point, draw_course, draw_marker
from portal.charts.curves import NARROW, WIDE, Frame, Mark, curve, marker
from portal.charts.number_lines import Interval, number_line, read_interval

__all__ = [
    "MARKERS",
    "NARROW",
    "WIDE",
    "Frame",
    "Interval",
    "Mark",
    "Point",
    "curve",
    "draw_course",
    "draw_marker",
    "marker",
    "number_line",
    "read_interval",
]
