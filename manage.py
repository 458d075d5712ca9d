#!/usr/bin/env python3
"""Run a management command."""

import os
import signal
import sys
from types import FrameType

# What changes tables, or asks which are missing, is done by the tables' owner.
OWNERS_COMMANDS = {
    "flush",
    "makemigrations",
    "migrate",
    "showmigrations",
    "sqlflush",
    "sqlmigrate",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    if OWNERS_COMMANDS.intersection(sys.argv[1:2]):
        os.environ.setdefault("PROVESVAR_DATABASE_ROLE", "owner")
    signal.signal(signal.SIGTERM, _end_in_order)
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def _end_in_order(number: int, frame: FrameType | None) -> None:
    """So that what runs at exit runs: the embedded server is stopped."""
    sys.exit(128 + number)


if __name__ == "__main__":
    main()
