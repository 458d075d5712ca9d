"""Bring the demonstration's tables up to date, before the first look at them.

A stamp in the state folder names the migrations that have been run; while it agrees
with the files on disk nothing is done.
"""

import os
import subprocess
import sys
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import get_commands

from portal.postgres import locks
from portal.postgres.places import Places

CODE_TABLES = "import_codes"


class MigrationFailed(Exception):
    """A migration, or loading the code tables, failed; the text is what it said."""


def ensure_migrated(places: Places) -> None:
    """Raises MigrationFailed."""
    stamp = places.own / "migrated"
    wanted = _wanted()
    if _read(stamp) == wanted:
        return
    with locks.held(places.own / "migrate.lock"):
        if _read(stamp) == wanted:  # someone else did it while we waited
            return
        _manage("migrate", "--no-input", "--skip-checks", "--verbosity=0")
        if CODE_TABLES in get_commands():
            _manage(CODE_TABLES, "--seed")
        stamp.write_text(wanted)


def _wanted() -> str:
    """What the stamp says when all is done: a line per migration on disk."""
    names = [
        f"{app.label}/{path.stem}"
        for app in apps.get_app_configs()
        for path in Path(app.path, "migrations").glob("[0-9]*.py")
    ]
    if CODE_TABLES in get_commands():
        names.append(CODE_TABLES)
    return "\n".join(sorted(names))


def _read(stamp: Path) -> str | None:
    return stamp.read_text() if stamp.exists() else None


def _manage(*arguments: str) -> None:
    result = subprocess.run(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments],
        env={**os.environ, "PROVESVAR_DATABASE_ROLE": "owner"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise MigrationFailed(f"{arguments[0]}:\n{result.stderr[-2000:]}")
