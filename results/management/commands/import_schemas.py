"""Take in the XML schemas of svarrapport and AppRec from a folder."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from results.kith import schemas


class Command(BaseCommand):
    """`manage.py import_schemas DIR`: copies, checks that they compile together."""

    help = "Tar inn XML-skjemaene for svarrapport og AppRec fra en mappe."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR")

    def handle(self, *args: str, directory: Path, **options: object) -> None:
        if not directory.is_dir():
            raise CommandError(f"Mappen {directory} finnes ikke.")
        installed, problems = schemas.install(directory, settings.SCHEMA_DIR)
        for problem in problems:
            self.stderr.write(problem)
        if not installed:
            raise CommandError(f"Fant ingen brukbare skjemaer i {directory}.")
        self.stdout.write(f"Installert: {', '.join(installed)}.")
