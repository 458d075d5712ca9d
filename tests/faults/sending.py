"""Laboratories that send until they are answered, and some things more than once."""

import queue
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence

from django.db import Error, connections

from portal.demo import people
from results.ingestion import receive
from tests.faults.messages import Sent

DUPLICATES = 0.25
_PATIENCE = 60.0  # seconds of trying the same message
_PAUSE = 0.2


class Refused(Exception):
    """Not taken now; the sender keeps it and tries again."""


class Senders:
    """`acknowledged` counts the answers by MsgId; `retries` what had to be repeated."""

    def __init__(self, send: Callable[[bytes], object], threads: int) -> None:
        self.acknowledged: Counter[str] = Counter()
        self.retries = 0
        self._send, self._threads = send, threads
        self._lock = threading.Lock()
        self._troubles: list[str] = []

    def send(self, sent: Sequence[Sent], rng: random.Random) -> None:
        """All of them, a quarter of them twice, from several threads at once."""
        again = [s for s in sent if rng.random() < DUPLICATES]
        everything = [*sent, *again]
        rng.shuffle(everything)
        due: queue.SimpleQueue[Sent | None] = queue.SimpleQueue()
        threads = [
            threading.Thread(target=self._work, args=(due,))
            for _ in range(self._threads)
        ]
        for message in everything:
            due.put(message)
        for thread in threads:
            due.put(None)
            thread.start()
        for thread in threads:
            thread.join()
        assert not self._troubles, self._troubles

    def _work(self, due: "queue.SimpleQueue[Sent | None]") -> None:
        try:
            while message := due.get():
                self._until_answered(message)
        except Exception as error:
            self._troubles.append(repr(error))
        finally:
            connections.close_all()

    def _until_answered(self, message: Sent) -> None:
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                self._send(message.content)
            except (Error, Refused, OSError):
                if time.monotonic() > deadline:
                    raise
                connections.close_all()
                with self._lock:
                    self.retries += 1
                time.sleep(_PAUSE)
            else:
                with self._lock:
                    self.acknowledged[message.id] += 1
                return


def by_hand(content: bytes) -> None:
    """Through the service's entry, in this process."""
    channel = receive.channel_of(people.NORDLAB.client_id)
    receive.receive(content, channel=channel)
