"""The codes that come with the program, as facts in our own files."""

import csv
import datetime
from collections.abc import Iterator

from django.db import transaction
from django.db.models import F

from results.codes.memory import SEED, forget
from results.codes.systems import NCRP, NLK, VOLVEN
from results.models import CodeList, Coding

_OURS = ["everyday_name", "keywords", "position"]
_THEIRS = ["display", "unit", "category", "heading", "valid_to", "replaced_by"]
_NAMES = {NLK: "Norsk laboratoriekodeverk", NCRP: "NCRP"}
_VERSION = "medfølgende utvalg"


@transaction.atomic
def load_seed() -> int:
    """Load the codes that come with the program; gives how many there are.

    A list imported from a file keeps what the file says: only our own words for
    citizens and our order are put into it, and no code is added.
    """
    rows = [*_nlk_rows(), *_volven_rows()]
    imported = set(
        CodeList.objects.exclude(file_hash="").values_list("system", flat=True)
    )
    _write([row for row in rows if row.system not in imported], [*_THEIRS, *_OURS])
    _add_our_words([row for row in rows if row.system in imported])
    for system in {row.system for row in rows} - imported:
        _note(system)
    transaction.on_commit(forget)
    forget()
    return len(rows)


def _write(rows: list[Coding], fields: list[str]) -> None:
    Coding.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["system", "code"],
        update_fields=fields,
    )


def _add_our_words(rows: list[Coding]) -> None:
    known = Coding.objects.filter(code__in=[row.code for row in rows])
    by_key = {(row.system, row.code): row for row in known}
    changed = []
    for ours in rows:
        if row := by_key.get((ours.system, ours.code)):
            for name in _OURS:
                setattr(row, name, getattr(ours, name))
            changed.append(row)
    Coding.objects.bulk_update(changed, _OURS, batch_size=500)
    for system in {row.system for row in changed}:
        bump(system)


def _note(system: str) -> None:
    name = _NAMES.get(system) or f"Volven {system.removeprefix(VOLVEN)}"
    CodeList.objects.get_or_create(
        system=system, defaults={"name": name, "version": _VERSION}
    )
    bump(system)


def bump(system: str) -> None:
    """Let every process know that a list has changed."""
    CodeList.objects.filter(system=system).update(revision=F("revision") + 1)


def _nlk_rows() -> Iterator[Coding]:
    for row in _rows_of("nlk.csv"):
        valid_to, position = row.pop("valid_to"), row.pop("position")
        yield Coding(
            system=NLK,
            valid_to=datetime.date.fromisoformat(valid_to) if valid_to else None,
            position=int(position) if position else None,
            **row,
        )


def _volven_rows() -> Iterator[Coding]:
    for row in _rows_of("volven.csv"):
        system = VOLVEN + row["list"]
        yield Coding(system=system, code=row["code"], display=row["display"])


def _rows_of(name: str) -> Iterator[dict[str, str]]:
    with (SEED / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
