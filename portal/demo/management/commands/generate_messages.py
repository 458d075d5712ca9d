"""Write synthetic messages to files; needs no database."""

import datetime
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from portal.demo.generator.messages import Plan, messages_about

_UNTIL = datetime.date(2026, 11, 1)


class Command(BaseCommand):
    """`manage.py generate_messages --patients N --years Y --seed S --out DIR`."""

    help = "Lager syntetiske svarrapporter som filer. Samme valg gir samme filer."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--patients", type=int, default=10, help="hvor mange")
        parser.add_argument("--years", type=int, default=5, help="over hvor mange år")
        parser.add_argument("--seed", type=int, default=1, help="frø for tilfeldighet")
        parser.add_argument(
            "--until",
            type=_date,
            default=_UNTIL,
            help=f"siste dag, ÅÅÅÅ-MM-DD ({_UNTIL} når ikke sagt)",
        )
        parser.add_argument("--out", type=Path, required=True, help="mappe for filene")

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401
        """Raises CommandError for numbers that make no sense or a folder in use."""
        if options["patients"] < 1 or options["years"] < 1:
            raise CommandError("--patients og --years må være minst 1.")
        plan = Plan(
            patients=options["patients"],
            years=options["years"],
            seed=options["seed"],
            until=options["until"],
        )
        self.stdout.write(f"{write_all(plan, options['out'])} meldinger skrevet.")


def write_all(plan: Plan, folder: Path) -> int:
    """Write every message to a file of its own; gives how many.

    Raises CommandError when the folder holds messages already: two plans mixed would
    be no plan's files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.glob("*.xml")):
        raise CommandError(f"{folder} inneholder meldinger fra før. Velg en tom mappe.")
    count = 0
    for index in _with_progress(plan.patients):
        for message in messages_about(index, plan):
            (folder / message.name).write_bytes(message.content)
            count += 1
    return count


def _with_progress(patients: int) -> "tqdm[int]":
    return tqdm(
        range(patients), desc="Pasienter", disable=not sys.stderr.isatty(), leave=False
    )


def _date(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
