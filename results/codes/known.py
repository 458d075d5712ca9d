"""A code table in memory: each code with what it inherits and where it stands."""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from results.codes.systems import folded, keys

_LAST = 10_000
# «P-», «P(aB)-», «Nyre-»: what was examined stands before the name in NLK.
_MATERIAL = re.compile(r"[A-Za-zÆØÅæøå]{1,10}(?:\([A-Za-z]{1,4}\))?-(?=\w)")
_FURTHER = re.compile(r"[,(]| %| \d+ min")


@dataclass(frozen=True, slots=True)
class Repeat:
    """How many days a test is usually left before it is repeated, and who says so."""

    days: int
    source: str


Order = tuple[int, int, str, str]


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One row as it stands in the table; empty text where the table does not say."""

    system: str
    code: str
    display: str
    everyday_name: str = ""
    keywords: str = ""
    unit: str = ""
    category: str = ""
    heading: str = ""
    component: str = ""
    position: int | None = None
    valid_to: datetime.date | None = None
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class KnownCode:
    """What is known of a code. `category` is a `Discipline`, `valid_to` exclusive.

    A retired code has the name, heading and neighbourhood of its `successor`, and is
    still the code that was sent: `code`, `unit` and `valid_to` are its own, and rows
    are never joined over codes. Sort by `order` to have related codes together.
    """

    system: str
    code: str
    display: str
    everyday_name: str
    keywords: str
    unit: str
    category: str
    heading: str
    order: Order
    is_retired: bool
    valid_to: datetime.date | None
    successor: str
    repeat: Repeat | None = None


class Table:
    """Codes by system and spelling."""

    def __init__(self, codes: Iterable[KnownCode]) -> None:
        self.codes = tuple(codes)
        self._by_key = {(c.system, folded(c.code)): c for c in reversed(self.codes)}
        self._by_key |= {(c.system, c.code): c for c in self.codes}

    def find(self, code: str, system: str) -> KnownCode | None:
        found = (self._by_key.get(key) for key in keys(code, system))
        return next((c for c in found if c is not None), None)


def build(
    rows: Iterable[CodeRow],
    *,
    headings: Mapping[str, int],
    today: datetime.date,
    repeats: Mapping[tuple[str, str], Repeat] | None = None,
) -> Table:
    """`headings` gives the rank of each heading; the rest follow by name. A retired
    code has the repeat interval of its successor where it has none of its own."""
    by_key = {(row.system, row.code): row for row in rows}
    ranks = _ranks(by_key.values(), headings)
    places = _places(by_key.values())
    known = (
        _known(row, _heir(row, by_key, today), ranks=ranks, places=places, today=today)
        for row in by_key.values()
    )
    return Table(_with_repeat(code, repeats or {}) for code in known)


def _with_repeat(
    code: KnownCode, repeats: Mapping[tuple[str, str], Repeat]
) -> KnownCode:
    own = repeats.get((code.system, code.code))
    repeat = own or repeats.get((code.system, code.successor))
    return replace(code, repeat=repeat) if repeat else code


def analyte(row: CodeRow) -> str:
    """What is measured, in small letters: «kreatinin» of «P-Kreatinin, enzymatisk»."""
    name = row.component or _MATERIAL.sub("", row.display, count=1)
    return _FURTHER.split(name)[0].strip().casefold()


def _heir(
    row: CodeRow, rows: Mapping[tuple[str, str], CodeRow], today: datetime.date
) -> CodeRow:
    """The last in the chain of replacements, or the first that is still in use."""
    seen = {row.code}
    while _is_retired(row, today) and row.replaced_by not in seen:
        following = rows.get((row.system, row.replaced_by))
        if following is None:
            break
        seen.add(following.code)
        row = following
    return row


def _is_retired(row: CodeRow, today: datetime.date) -> bool:
    return row.valid_to is not None and row.valid_to <= today


def _ranks(rows: Iterable[CodeRow], headings: Mapping[str, int]) -> dict[str, int]:
    """The headings we have an order for, then the others by name, then none at all."""
    others = sorted({row.heading for row in rows} - headings.keys() - {""})
    after = max(headings.values(), default=0) + 1
    return {**headings, **{name: after + n for n, name in enumerate(others)}}


def _places(rows: Iterable[CodeRow]) -> dict[tuple[str, str], int]:
    """The place of an analyte under a heading: that of its first code with one."""
    places: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.position is not None:
            key = (row.heading, analyte(row))
            places[key] = min(row.position, places.get(key, _LAST))
    return places


def _known(
    row: CodeRow,
    heir: CodeRow,
    *,
    ranks: Mapping[str, int],
    places: Mapping[tuple[str, str], int],
    today: datetime.date,
) -> KnownCode:
    heading, measured = heir.heading or row.heading, analyte(heir)
    place = heir.position
    if place is None:
        place = places.get((heading, measured), _LAST)
    return KnownCode(
        system=row.system,
        code=row.code,
        display=heir.display,
        everyday_name=row.everyday_name or heir.everyday_name,
        keywords=row.keywords or heir.keywords,
        unit=row.unit,
        category=row.category or heir.category,
        heading=heading,
        order=(ranks.get(heading, _LAST), place, measured, row.code),
        is_retired=_is_retired(row, today),
        valid_to=row.valid_to,
        successor=heir.code if heir is not row else "",
    )
