"""The code table of this process: read once, and again when a list has changed."""

import csv
import datetime
import time
from dataclasses import dataclass, field
from pathlib import Path

from django.db.models import Count, Sum
from django.utils import timezone

from results.codes.known import CodeRow, KnownCode, Repeat, Table, build
from results.codes.searching import search_in
from results.codes.systems import NCRP, NLK
from results.models import CodeList, Coding, RepeatInterval
from results.models.signed import in_force

SEED = Path(__file__).parent.parent / "seed"
# Whoever never calls `refresh` learns of a new release within this many seconds.
_TRUSTED_SECONDS = 60
# Senders decide what is asked for, so answers kept must have an end.
_MOST_ANSWERS = 20_000

_Stamp = tuple[int, int, datetime.date]
_COLUMNS = (
    "system",
    "code",
    "display",
    "everyday_name",
    "keywords",
    "unit",
    "category",
    "heading",
    "component",
    "position",
    "valid_to",
    "replaced_by",
)


@dataclass(slots=True)
class _Memory:
    table: Table
    stamp: _Stamp
    checked: float
    answers: dict[tuple[str | None, str | None], KnownCode | None] = field(
        default_factory=dict
    )


_memory: _Memory | None = None


def find(code: str | None, system: str | None) -> KnownCode | None:
    """What a code means, or None when no table here knows it; never an error.

    `system` is an OID, with or without `urn:oid:`, a bare Volven number or a FHIR
    address. Blanks and case are let pass, and codes under a retired or wrong OID are
    found (`systems.keys`): an unknown code is no ground for refusal. Half a microsecond
    once asked before; the whole table is read when first asked in a process.
    """
    memory = _current()
    answer = memory.answers.get((code, system), _MISSING)
    if answer is not _MISSING:
        return answer  # type: ignore[return-value]
    if len(memory.answers) >= _MOST_ANSWERS:
        memory.answers.clear()
    found = memory.table.find(code or "", system or "")
    memory.answers[code, system] = found
    return found


def search(
    words: str, *, systems: tuple[str, ...] = (NLK, NCRP), limit: int = 50
) -> tuple[KnownCode, ...]:
    """Codes whose everyday name, laboratory name or code holds every word, best first.

    Codes in use come before retired ones. No words find nothing.
    """
    codes = (c for c in _current().table.codes if c.system in systems)
    return search_in(codes, words)[:limit]


def refresh() -> bool:
    """See whether a list has changed, in one query; True when the table was read anew.

    For once a batch: `find` then asks the database nothing.
    """
    before = _memory
    return _refreshed() is not before


def forget() -> None:
    """Read the tables again when next asked."""
    global _memory
    _memory = None


def headings() -> dict[str, int]:
    """The order of headings on a page, by name."""
    with (SEED / "headings.csv").open(encoding="utf-8", newline="") as file:
        return {row["heading"]: n for n, row in enumerate(csv.DictReader(file))}


_MISSING = object()


def _current() -> _Memory:
    memory = _memory
    if memory is None or time.monotonic() - memory.checked > _TRUSTED_SECONDS:
        return _refreshed()
    return memory


def _refreshed() -> _Memory:
    global _memory
    memory, stamp = _memory, _stamp()
    if memory is not None and memory.stamp == stamp:
        memory.checked = time.monotonic()
        return memory
    rows = (CodeRow(*values) for values in Coding.objects.values_list(*_COLUMNS))
    table = build(rows, headings=headings(), today=stamp[2], repeats=_repeats(stamp[2]))
    memory = _memory = _Memory(table, stamp, time.monotonic())
    return memory


def _repeats(today: datetime.date) -> dict[tuple[str, str], Repeat]:
    """Those in force; of two for one code the shorter, which tells of fewer tests."""
    found: dict[tuple[str, str], Repeat] = {}
    rules = RepeatInterval.objects.filter(in_force(today)).order_by("-days", "id")
    for system, code, days, source in rules.values_list(
        "system", "code", "days", "source"
    ):
        found[system, code] = Repeat(days, source)
    return found


def _stamp() -> _Stamp:
    seen = CodeList.objects.aggregate(lists=Count("*"), revisions=Sum("revision"))
    return seen["lists"], seen["revisions"] or 0, timezone.localdate()
