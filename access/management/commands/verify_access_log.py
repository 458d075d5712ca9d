"""Hold the access log to what was signed."""

import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from access.sealing import verify
from access.sealing.anchoring import folder_of, read_folder


class Command(BaseCommand):
    """`manage.py verify_access_log [--month 2026-11] [--anchor FOLDER]`; status 1 when
    something is wrong, and a sentence for each thing that is."""

    help = "Kontroller at ingen linje i innsynsloggen er endret, slettet eller flyttet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--month", default="", help="bare én måned, som 2026-11")
        parser.add_argument(
            "--anchor",
            type=Path,
            help="mappen der kontrollpunktene ligger utenfor oss; ellers den i "
            "PROVESVAR_ANCHOR_TO",
        )

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401
        started = time.monotonic()
        anchored = _anchored(options["anchor"])
        findings = verify(month=options["month"], anchored=anchored)
        for fault in findings.faults:
            self.stdout.write(fault)
        self.stdout.write(
            f"{findings.rows} linjer og {findings.checkpoints} kontrollpunkter holdt "
            f"mot hverandre på {time.monotonic() - started:.1f} s."
        )
        if findings.faults:
            sys.exit(1)


def _anchored(folder: Path | None) -> Iterator[tuple[int, str]]:
    folders = [folder] if folder else [folder_of(place) for place in settings.ANCHORS]
    if folder and not folder.is_dir():
        raise CommandError(f"{folder} finnes ikke.")
    for place in folders:
        if place:
            yield from read_folder(place)
