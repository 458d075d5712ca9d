"""When tests are worth repeating, as two British sources have it; for demonstration."""

import csv
import datetime
from pathlib import Path

from access.operations import DemonstrationInterval, load_demonstration_intervals
from results.codes import NLK

_TABLE = Path(__file__).with_suffix(".csv")
_SINCE = datetime.date(2020, 1, 1)
# Read in November 2026; intervals for adults who are stable, and not for Norway.
_SOURCES = {
    "leeds": "Leeds Teaching Hospitals, Pathology: Re-testing guidance for stable "
    "in-patients. Demonstrasjonssett, skal gjennomgås",
    "jcp": "Journal of Clinical Pathology, tabell over vanlige minste intervaller "
    "(jcp.bmj.com). Demonstrasjonssett, skal gjennomgås",
}


def load_repeat_intervals() -> int:
    """Put every interval in place; may be run again. Gives how many there are."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    intervals = [
        DemonstrationInterval(
            NLK, row["code"], int(row["days"]), _SOURCES[row["source"]]
        )
        for row in rows
    ]
    return load_demonstration_intervals(intervals, since=_SINCE)
