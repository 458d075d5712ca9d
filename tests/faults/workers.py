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
from contextlib import contextmanager

from django.db import Error, connections

from results.models import ProcessingAttempt

POISON = "deadbeef"
# Seconds until all is surely done, also where the machine has other work.
PATIENCE = 240.0


class Workers:
    """Has one killed at random now and then, from a thread of its own, until told to
    stop. `born` counts all that ever were; `kills` those killed here, and `in_hand` how
    many of these had messages in hand; `total` is of all pools."""

    total = 0

    def __init__(self, process: subprocess.Popen[str], rng: random.Random) -> None:
        self.born = self.kills = self.in_hand = 0
        self._process, self._rng = process, rng
        self._stopped = threading.Event()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        for line in self._process.stdout:
            what, pid = line.split()
            if what == "born":
                self.born += 1
            else:
                self.kills += 1
                Workers.total += 1
                self.in_hand += _had_something(f"{socket.gethostname()}:{pid}")
        connections.close_all()

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
            self._process.send_signal(signal.SIGUSR1)

    def end(self) -> None:
        self._process.terminate()
        self._process.wait()
        self._listener.join()


def _had_something(worker: str) -> bool:
    try:
        return ProcessingAttempt.objects.filter(worker=worker).exists()
    except Error:
        connections.close_all()  # that one is killed as well, just now
        return False


@contextmanager
def working(count: int, rng: random.Random) -> Iterator[Workers]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.pool", str(count), str(rng.random())],
        env={**os.environ, "FAULTS_POISON": POISON},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    workers = Workers(process, rng)
    try:
        # Born is ready: from now it may be told to kill.
        wait_until(lambda: workers.born >= count, seconds=60)
        yield workers
    finally:
        workers.end()
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
