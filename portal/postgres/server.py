"""Start the server, find a running one, stop it.

All of this is done while holding the start lock (see `use`).
"""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg

from portal.postgres import roles
from portal.postgres.binaries import (
    as_account,
    copy_if_needed,
    program,
    run_program,
)
from portal.postgres.places import PORT, Places, claim_folder

READY_WITHIN = 60.0  # seconds; recovery after a crash replays what was written
STOP_WITHIN = 30.0
_PAUSE = 0.02
# Processes of a server that was killed live on for a moment and hold its memory.
_STILL_DYING = "pre-existing shared memory block"

# What is logged must not hold values: no statements, no parameters, no detail that
# quotes a key.
_SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    "max_connections": "60",
}


class NotStarted(Exception):
    """The server did not come up; the text is the end of its log."""


def running_pid(places: Places) -> int | None:
    """The process id of this folder's server, or None.

    After a power cut the file may name another program's process, and a dead server
    that nobody has waited for is still a process: neither has our folder among its
    arguments.
    """
    try:
        pid = int(_pid_file(places).read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    return pid if str(places.data) in _command_line(pid) else None


def is_alive(pid: int) -> bool:
    """Is it a process, and not one that is only waiting to be waited for?"""
    return bool(_command_line(pid))


def start(places: Places) -> subprocess.Popen[bytes]:
    """Start as a direct child, ready to be connected to. Raises NotStarted."""
    _prepare(places)
    deadline = time.monotonic() + READY_WITHIN
    while True:
        child = _launch(places)
        if _becomes_ready(places, child, deadline):
            roles.make_roles(places)
            return child
        if _STILL_DYING not in _end_of(places.log) or time.monotonic() > deadline:
            child.kill()
            child.wait()
            raise NotStarted(_end_of(places.log))
        time.sleep(10 * _PAUSE)


def stop(places: Places, child: subprocess.Popen[bytes] | None = None) -> None:
    """Stop at once but in order: transactions are rolled back, the rest is written.

    `child` is given by the process that started the server, which has to wait for it.
    """
    pid = running_pid(places)
    if pid is not None:
        os.kill(pid, signal.SIGINT)
        _wait_until_gone(places, child)
    if child is not None:
        child.wait(timeout=STOP_WITHIN)


def _prepare(places: Places) -> None:
    copy_if_needed(places)
    claim_folder(places.sockets, places.account)
    if not (places.data / "PG_VERSION").exists():
        _make_cluster(places)
    _remove_stale_locks(places)
    places.log.parent.mkdir(parents=True, exist_ok=True)


def _remove_stale_locks(places: Places) -> None:
    """A new server takes them for a running one's, if any process has that number.

    Nothing is lost by it: what guards the data is the memory it is attached to.
    """
    _pid_file(places).unlink(missing_ok=True)
    for left in places.sockets.iterdir():
        left.unlink()


def _make_cluster(places: Places) -> None:
    """Made beside and renamed, so that an interrupted first start is begun anew."""
    draft = places.data.with_name("data.draft")
    shutil.rmtree(draft, ignore_errors=True)
    claim_folder(draft, places.account)
    run_program(
        places,
        "initdb",
        f"--pgdata={draft}",
        f"--username={roles.SUPERUSER}",
        "--auth-local=trust",
        "--auth-host=reject",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--data-checksums",
    )
    draft.rename(places.data)


def _launch(places: Places) -> subprocess.Popen[bytes]:
    settings = _SETTINGS | {"unix_socket_directories": str(places.sockets)}
    options = [f"--{name}={value}" for name, value in settings.items()]
    with places.log.open("ab") as log:
        # In a session of its own: Ctrl-C in the terminal is for whoever started it.
        return subprocess.Popen(
            [program(places, "postgres"), "-D", str(places.data), *options],
            **as_account(places),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _becomes_ready(
    places: Places, child: subprocess.Popen[bytes], deadline: float
) -> bool:
    while child.poll() is None and time.monotonic() < deadline:
        try:
            roles.connect(places).close()
        except psycopg.OperationalError:
            time.sleep(_PAUSE)
        else:
            return True
    return False


def _wait_until_gone(places: Places, child: subprocess.Popen[bytes] | None) -> None:
    deadline = time.monotonic() + STOP_WITHIN
    while running_pid(places) is not None and time.monotonic() < deadline:
        if child is not None:
            child.poll()
        time.sleep(_PAUSE)


def _pid_file(places: Places) -> Path:
    return places.data / "postmaster.pid"


def _command_line(pid: int) -> str:
    """The process's arguments; empty for one that is dead."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
        except OSError:
            return ""
    listing = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)],  # noqa: S607  where it is varies
        capture_output=True,
        text=True,
        check=False,
    )
    return listing.stdout


def _end_of(log: Path) -> str:
    return log.read_text(errors="replace")[-2000:]
