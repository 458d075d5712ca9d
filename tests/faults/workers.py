"""The pool of workers, as seen by whoever kills them."""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import Error, connections

from results.models import ProcessingAttempt

POISON = "deadbeef"


class Workers:
    """Kills one at random now and then, from a thread of its own, until told to stop.

    `kills` is how many; `in_hand` how many of them had messages in hand.
    """

    def __init__(self, process: subprocess.Popen[str], rng: random.Random) -> None:
        self.kills = self.in_hand = 0
        self._alive: list[int] = []
        self._process, self._rng = process, rng
        self._stopped = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self._process.stdout:
            self._alive.append(int(line))

    @property
    def alive(self) -> list[int]:
        """Process ids, as far as nobody here has killed them."""
        return list(self._alive)

    @contextmanager
    def dying(self, *, pause: tuple[float, float]) -> Iterator[None]:
        """Within, one is killed after each pause (seconds, from and to)."""
        self._stopped.clear()
        killer = threading.Thread(target=self._kill_on, args=(pause,))
        killer.start()
        try:
            yield
        finally:
            self._stopped.set()
            killer.join()

    def _kill_on(self, pause: tuple[float, float]) -> None:
        while not self._stopped.wait(self._rng.uniform(*pause)):
            if self._alive:
                self._kill(self._alive.pop(self._rng.randrange(len(self._alive))))
        connections.close_all()

    def _kill(self, pid: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            self.kills += 1
        worker = f"{socket.gethostname()}:{pid}"
        try:
            self.in_hand += ProcessingAttempt.objects.filter(worker=worker).exists()
        except Error:
            connections.close_all()  # that one is killed as well, just now


@contextmanager
def working(count: int, rng: random.Random) -> Iterator[Workers]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.pool", str(count)],
        env={**os.environ, "FAULTS_POISON": POISON},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield Workers(process, rng)
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def wait_until(holds, *, seconds: float) -> float:
    """How long it took; fails when it never came true."""
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        try:
            if holds():
                return time.monotonic() - start
        except Error:
            connections.close_all()
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} seconds")
