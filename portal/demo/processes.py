"""The processes of the demonstration: started together, stopped together."""

import contextlib
import ctypes
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from portal.demo.readiness import wait_until

STOP_WITHIN = 15.0  # seconds, for all of them together
_WORTH_SHOWING = re.compile(r"\b(WARNING|ERROR|CRITICAL|Traceback|Error:)")
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Program:
    """One to start: `command` is given to this Python. The name is its log's, too."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]


def programs() -> tuple[Program, ...]:
    """Web, worker, beat and the local identity provider."""
    web = ("-m", "granian", "--interface=wsgi", "--workers=2", "--blocking-threads=1")
    address = ("--host=127.0.0.1", f"--port={settings.PORT}")
    celery = ("-m", "celery", "--quiet", "--app=portal")
    # Nothing here needs workers to know of each other.
    alone = ("--without-gossip", "--without-mingle", "--without-heartbeat")
    # It warns of running as root, which on a bare machine one does.
    quiet = {"PYTHONWARNINGS": "ignore:You're running the worker"}
    return (
        Program("web", (*web, *address, "portal.wsgi:application"), {}),
        Program("worker", (*celery, "worker", "--concurrency=2", *alone), quiet),
        Program("beat", (*celery, "beat", "--pidfile="), quiet),
        Program("provider", (str(settings.BASE_DIR / "manage.py"), "run_provider"), {}),
    )


class Processes:
    """What was started, each in a process group of its own.

    Their lines go to a log each; what sounds like trouble is shown here as well.
    """

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._running: dict[str, subprocess.Popen[str]] = {}
        self._relays: list[threading.Thread] = []
        self._is_stopping = False

    def start(self, wanted: Sequence[Program]) -> None:
        self._logs.mkdir(parents=True, exist_ok=True)
        # All before the first thread: a program is better not forked beside threads.
        for program in wanted:
            self._running[program.name] = _launch(program)
        for name, process in self._running.items():
            relay = threading.Thread(
                target=self._relay, args=(name, process), daemon=True
            )
            relay.start()
            self._relays.append(relay)

    def ended(self) -> str | None:
        """The name of one that has ended by itself, if any has."""
        for name, process in self._running.items():
            if process.poll() is not None:
                return name
        return None

    def wait_until(self, holds: Callable[[], bool], *, within: float) -> bool:
        """False when one of them ends, or so many seconds pass, before it holds."""
        wait_until(lambda: self.ended() is not None or holds(), within=within)
        return self.ended() is None and holds()

    def stop(self) -> None:
        """Ask all to end, wait, and end by force what is left of any group.

        Asked is each group's first process, which ends its own workers in order.
        """
        self._is_stopping = True
        for process in self._running.values():
            process.terminate()
        deadline = time.monotonic() + STOP_WITHIN
        for process in self._running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.0, deadline - time.monotonic()))
            with contextlib.suppress(ProcessLookupError):  # nobody left in the group
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        for relay in self._relays:
            relay.join(timeout=1.0)
        self._running.clear()

    def _relay(self, name: str, process: subprocess.Popen[str]) -> None:
        if process.stdout is None:
            return
        log_path = self._logs / f"{name}.log"
        with process.stdout as lines, log_path.open("w", buffering=1) as log:
            for line in lines:
                log.write(line)
                if _WORTH_SHOWING.search(line) and not self._is_stopping:
                    sys.stderr.write(f"{name}: {line}")


def _launch(program: Program) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *program.command],
        cwd=settings.BASE_DIR,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **program.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        # Ctrl-C in the terminal is for us alone; we then end the others in order.
        start_new_session=True,
        preexec_fn=_end_with_parent,
    )


def _end_with_parent() -> None:
    """Where we are killed outright the kernel asks the others to end."""
    if _LIBC is not None:
        _LIBC.prctl(_DIE_WITH_PARENT, signal.SIGTERM)
