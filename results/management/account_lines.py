"""A command that takes files of messages and prints one JSON line for each."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from results.ingestion.acknowledge import Account


class AccountCommand(BaseCommand):
    """One compact JSON object a file on stdout and nothing else there; progress on
    stderr when it is a terminal. Exit status 0 whatever became of the messages."""

    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH")

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401
        paths: list[str] = options["paths"]
        for path in tqdm(paths, unit=" meldinger", disable=not sys.stderr.isatty()):
            account = self.account(_content(path), options)
            line = json.dumps(
                account.as_json(path), ensure_ascii=False, separators=(",", ":")
            )
            self.stdout.write(line)

    def account(self, content: bytes, options: dict[str, Any]) -> Account:
        """What became, or would become, of one message."""
        raise NotImplementedError


def _content(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise CommandError(f"Kan ikke lese {path}: {error.strerror}.") from error
