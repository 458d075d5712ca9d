"""Comma-separated files, whatever separates them and however columns are named."""

import csv
import datetime
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from results.code_lists.problems import UnreadableList

_SEPARATORS = ";,\t|"
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T].*)?|(\d\d?)\.(\d\d?)\.(\d{4})(?: .*)?")
_FOREVER = 2900
_LONGEST = {"kode": 100, "navn": 2000}


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its line in the file, and its cells by our names for the columns."""

    number: int
    cells: Mapping[str, str]

    def text(self, name: str) -> str:
        return self.cells.get(name, "")

    def needed(self, name: str) -> str:
        """Raises UnreadableList when the cell is empty, or longer than can be kept."""
        text = self.text(name)
        if not text:
            raise UnreadableList(f"«{name}» mangler.", line=self.number)
        if len(text) > _LONGEST.get(name, 300):
            raise UnreadableList(f"«{name}» er for lang.", line=self.number)
        return text

    def day(self, name: str) -> datetime.date | None:
        """A date as 2025-09-23 or 23.09.2025, with or without time; None for never."""
        text = self.text(name)
        if not text:
            return None
        try:
            found = _DAY.fullmatch(text)
            groups = found.groups() if found else ()
            y, m, d = [int(g) for g in groups if g]
            day = datetime.date(y, m, d) if groups[0] else datetime.date(d, m, y)
        except ValueError:
            raise UnreadableList(
                f"«{text}» er ikke en dato.", line=self.number
            ) from None
        return None if day.year > _FOREVER else day

    def end(self, name: str) -> datetime.date | None:
        """The day after the last day it holds."""
        day = self.day(name)
        return day + datetime.timedelta(days=1) if day else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns we know, and the rows, read as they are asked for."""

    columns: frozenset[str]
    lines: Iterator[Line]


def open_sheet(text: str, names: Mapping[str, tuple[str, ...]]) -> Sheet:
    """`names` gives, for our name of a column, what it may be called in the file.

    Raises UnreadableList, also while the lines are read.
    """
    rows = csv.reader(
        io.StringIO(text, newline=""), delimiter=_separator(text), strict=True
    )
    header = _header(rows)
    by_spelling = {spelt: ours for ours, said in names.items() for spelt in said}
    found = [by_spelling.get(cell, "") for cell in header]
    return Sheet(frozenset(found) - {""}, _lines(rows, found))


def column_names(text: str) -> frozenset[str]:
    """What the columns are called, in small letters without blanks and marks."""
    return frozenset(
        _header(csv.reader([_first_line(text)], delimiter=_separator(text)))
    )


def _first_line(text: str) -> str:
    return text.lstrip().splitlines()[0]


def _separator(text: str) -> str:
    first = _first_line(text)
    return max(_SEPARATORS, key=first.count)


def _header(rows: Iterator[list[str]]) -> list[str]:
    try:
        found = next((row for row in rows if any(row)), [])
    except csv.Error:
        raise UnreadableList("Overskriftene er ikke gyldig CSV.", line=1) from None
    return [_bare(cell) for cell in found]


def _bare(name: str) -> str:
    name = name.strip().casefold().translate(_LETTERS)
    return re.sub("[^a-z0-9]", "", name)


def _lines(rows: Iterator[list[str]], names: list[str]) -> Iterator[Line]:
    """csv's reader knows its line; a row is where it ends."""
    try:
        for row in rows:
            number = rows.line_num  # type: ignore[attr-defined]
            if not any(cell.strip() for cell in row):
                continue
            if len(row) < len(names) and any(names[len(row) :]):
                raise UnreadableList(
                    f"Raden har {len(row)} kolonner, ikke {len(names)}.", line=number
                )
            cells = zip(names, row, strict=False)
            yield Line(number, {n: " ".join(cell.split()) for n, cell in cells if n})
    except csv.Error:
        line = rows.line_num  # type: ignore[attr-defined]
        raise UnreadableList(
            "Raden er ikke gyldig CSV (se etter et løst anførselstegn).", line=line
        ) from None
