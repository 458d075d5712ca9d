"""Load code tables."""

import hashlib
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from results import codes
from results.code_lists import UnreadableList, read
from results.codes.releases import (
    Changes,
    Release,
    ReleaseRefused,
    Terms,
    put_in_place,
)

_MOST_NAMED = 20
_NAMED = {
    "retired": "Utgått",
    "revived": "Tatt i bruk igjen",
    "kept_retired": "Holdes utgått, fordi filen er eldre",
}


class Command(BaseCommand):
    help = "Laster kodetabeller: NLK, NCRP og Volven-lister. Ingen kode slettes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument(
            "--seed",
            action="store_true",
            help="de vanligste kodene, som følger med programmet",
        )
        parser.add_argument("--release", default="", help="hva utgaven heter")
        parser.add_argument(
            "--older", action="store_true", help="last selv om en nyere er lastet"
        )
        whole = parser.add_mutually_exclusive_group()
        whole.add_argument(
            "--excerpt", action="store_true", help="filen er bare et utdrag"
        )
        whole.add_argument(
            "--complete", action="store_true", help="det som mangler, er utgått"
        )

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401
        """All files or none. Raises CommandError, with file and line, and changes
        nothing then."""
        if not options["seed"] and not options["files"]:
            raise CommandError("Si hva som skal lastes: filer eller --seed")
        told: list[str] = []
        with transaction.atomic():
            if options["seed"]:
                told.append(f"{codes.load_seed()} koder lastet.")
            for path in options["files"]:
                told += self._load(path, options)
        for line in told:
            self.stdout.write(line)

    def _load(self, path: Path, options: dict[str, Any]) -> list[str]:
        whole = {"excerpt": True, "complete": False}
        is_excerpt = next((v for name, v in whole.items() if options[name]), None)
        terms = Terms(is_excerpt=is_excerpt, allow_older=options["older"])
        told: list[str] = []
        try:
            content = path.read_bytes()
            file_hash = hashlib.sha256(content).hexdigest()
            for release in read(content, path.name):
                named = replace(release, version=options["release"] or release.version)
                changes = put_in_place(
                    named, file_name=path.name, file_hash=file_hash, terms=terms
                )
                told += _sentences(named, changes)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}.") from None
        except (UnreadableList, ReleaseRefused) as error:
            raise CommandError(f"{path.name}: {error}") from None
        return told


def _sentences(release: Release, changes: Changes) -> list[str]:
    dated = f" ({release.release_date:%d.%m.%Y})" if release.release_date else ""
    title = f"{release.name} {release.version}".strip()
    counts = (
        f"{len(changes.added)} nye, {len(changes.changed)} endret, "
        f"{len(changes.retired)} utgått, {changes.unchanged} uendret"
    )
    told = [f"{title}{dated}: {counts}."]
    for kind, words in _NAMED.items():
        if found := getattr(changes, kind):
            told.append(f"  {words}: {_listed(found)}.")
    return told + [f"  {note}" for note in release.notes]


def _listed(found: list[str]) -> str:
    more = len(found) - _MOST_NAMED
    return ", ".join(found[:_MOST_NAMED]) + (f" og {more} til" if more > 0 else "")
