"""Erase what is past its days, and tell what was: one JSON line for each rule."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from results.operations import purging
from results.operations.purging import BATCH, Purged


class Command(BaseCommand):
    """`manage.py purge [--dry-run] [--batch N]`; exit status 1 when something that is
    past its days is left."""

    help = "Slett det som er eldre enn lagringsreglene sier."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="tell bare, slett ingenting"
        )
        parser.add_argument("--batch", type=int, default=BATCH, help="rader om gangen")

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401
        is_dry_run: bool = options["dry_run"]
        found = purging.purge(is_dry_run=is_dry_run, batch=max(1, options["batch"]))
        for purged in found:
            self.stdout.write(json.dumps(_line(purged, is_dry_run=is_dry_run)))
        if not is_dry_run and any(purged.remaining for purged in found):
            raise SystemExit(1)


def _line(purged: Purged, *, is_dry_run: bool) -> dict[str, object]:
    return {
        "kind": purged.kind.value,
        "rule": str(purged.rule_id),
        "is_dry_run": is_dry_run,
        "removed": purged.removed,
        "remaining": purged.remaining,
        "oldest_at": purged.oldest_at and purged.oldest_at.isoformat(),
        "newest_at": purged.newest_at and purged.newest_at.isoformat(),
    }
