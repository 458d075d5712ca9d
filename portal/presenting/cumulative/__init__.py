"""Results over time as a table of analytes by samplings, for any reader."""

from portal.presenting.cumulative.arranging import Arranged, arrange
from portal.presenting.cumulative.cells import MARKS
from portal.presenting.cumulative.recent import (
    SHOWN_AT_FIRST,
    RecentTest,
    recent_tests,
)
from portal.presenting.cumulative.selection import (
    LONGEST_SEARCH,
    Choice,
    Selection,
    disciplines,
    names,
    periods,
    read_page,
    read_selection,
)
from portal.presenting.cumulative.table import Group, ShownRow, Table, present_table

__all__ = [
    "LONGEST_SEARCH",
    "MARKS",
    "SHOWN_AT_FIRST",
    "Arranged",
    "Choice",
    "Group",
    "RecentTest",
    "Selection",
    "ShownRow",
    "Table",
    "arrange",
    "disciplines",
    "names",
    "periods",
    "present_table",
    "read_page",
    "read_selection",
    "recent_tests",
]
