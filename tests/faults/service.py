"""The service's own processes, as the demonstration starts them, and their weight."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

from portal.demo.processes import programs
from portal.demo.readiness import answers, wait_until

_READY_WITHIN = 90.0
_PAGE = "/helseid/.well-known/openid-configuration"


@contextmanager
def running(*names: str, **environment: str) -> Iterator[dict[str, int]]:
    """Among web, worker, beat and provider; gives the process id of each, which leads
    a group of its own. With `web`, waits until it answers."""
    known = {program.name: program for program in programs()}
    logs = settings.STATE_DIR / "logs"
    started = {}
    for name in names:
        program = known[name]
        with (logs / f"{name}.log").open("ab") as log:
            started[name] = subprocess.Popen(
                [sys.executable, *program.command],
                env={**os.environ, **program.environment, **environment},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
    try:
        _await(names)
        yield {name: process.pid for name, process in started.items()}
    finally:
        for process in started.values():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _await(names: tuple[str, ...]) -> None:
    web = (int(settings.PORT), "localhost", "/")
    provider = (settings.LOGIN_PORT, "login.localhost", _PAGE)
    for name, (port, host, path) in (("web", web), ("provider", provider)):
        if name in names:
            assert wait_until(
                lambda port=port, host=host, path=path: answers(
                    port, host=host, path=path
                ),
                within=_READY_WITHIN,
            ), f"{name} does not answer"


def members(leader: int) -> list[int]:
    """The leader's whole group."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with suppress(ProcessLookupError, OSError):
                if os.getpgid(int(folder.name)) == leader:
                    found.append(int(folder.name))
    return found


def peak_mb(leader: int) -> float:
    """The greatest memory that any of the group has ever held."""
    return max(_status(pid, "VmHWM") for pid in members(leader)) / 1024


def _status(pid: int, name: str) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1])
    return 0
