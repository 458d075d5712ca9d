"""What a code means: NLK and the small lists, found however the sender spelt it."""

import csv
import datetime
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from results.models import Coding

VOLVEN = "2.16.578.1.12.4.1.1."
NLK = VOLVEN + "7280"
_SEED = Path(__file__).parent / "seed"

# NKKKL was retired in 2014, but laboratories still send its OID with NLK's codes in it.
_SUCCESSOR_OF_SYSTEM = {VOLVEN + "7230": NLK}
_MISSPELT_NOR = re.compile(r"NO([0-9]{5})")
# A worker learns of a new release of a code table within this many seconds.
_REMEMBERED_SECONDS = 300


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """One row of a code table. Empty text where the table does not say; `category` is
    a `Discipline`, `valid_to` exclusive, `replaced_by` a code of the same system."""

    system: str
    code: str
    display: str
    everyday_name: str = ""
    unit: str = ""
    category: str = ""
    heading: str = ""
    valid_to: datetime.date | None = None
    replaced_by: str = ""


class _Memory:
    """Answers already looked up, misses too, forgotten all at once when old."""

    def __init__(self) -> None:
        self.answers: dict[tuple[str, str], CodeFacts | None] = {}
        self.since = time.monotonic()

    def fresh(self) -> dict[tuple[str, str], CodeFacts | None]:
        if time.monotonic() - self.since > _REMEMBERED_SECONDS:
            self.forget()
        return self.answers

    def forget(self) -> None:
        self.answers = {}
        self.since = time.monotonic()


_memory = _Memory()


def find(code: str | None, system: str | None) -> CodeFacts | None:
    """The facts of a code, or None when no table here knows it; never an error.

    `system` is a whole OID, with or without `urn:oid:`. Blanks and case are let pass,
    codes under NKKKL's retired OID are looked up in NLK, and «NO05172» is «NOR05172»:
    all are seen in real messages, and an unknown code is no ground for refusal.
    """
    key = _as_in_the_table(code or "", system or "")
    if not all(key):
        return None
    answers = _memory.fresh()
    if key not in answers:
        answers[key] = _look_up(*key)
    return answers[key]


def forget() -> None:
    """Ask the tables again, as after an import."""
    _memory.forget()


def load_seed() -> int:
    """Load the codes that come with the program, over what is there; gives how many."""
    rows = [*_nlk_rows(), *_volven_rows()]
    Coding.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["system", "code"],
        update_fields=[
            "display",
            "everyday_name",
            "unit",
            "category",
            "heading",
            "valid_to",
            "replaced_by",
        ],
    )
    forget()
    return len(rows)


def _as_in_the_table(code: str, system: str) -> tuple[str, str]:
    system = system.strip().removeprefix("urn:oid:")
    system = _SUCCESSOR_OF_SYSTEM.get(system, system)
    code = re.sub(r"\s+", "", code).upper()
    if system == NLK and (misspelt := _MISSPELT_NOR.fullmatch(code)):
        code = f"NOR{misspelt[1]}"
    return system, code


def _look_up(system: str, code: str) -> CodeFacts | None:
    row = Coding.objects.filter(system=system, code=code).first()
    if row is None:
        return None
    return CodeFacts(
        system=row.system,
        code=row.code,
        display=row.display,
        everyday_name=row.everyday_name,
        unit=row.unit,
        category=row.category,
        heading=row.heading,
        valid_to=row.valid_to,
        replaced_by=row.replaced_by,
    )


def _nlk_rows() -> Iterator[Coding]:
    for row in _rows_of("nlk.csv"):
        valid_to = row.pop("valid_to")
        yield Coding(
            system=NLK,
            valid_to=datetime.date.fromisoformat(valid_to) if valid_to else None,
            **row,
        )


def _volven_rows() -> Iterator[Coding]:
    for row in _rows_of("volven.csv"):
        yield Coding(
            system=VOLVEN + row["list"], code=row["code"], display=row["display"]
        )


def _rows_of(name: str) -> Iterator[dict[str, str]]:
    with (_SEED / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
