"""Workers to be killed: `python -m tests.faults.pool COUNT SEED`.

Forks so many, each draining the inbox over and over, and one more for each that dies;
kills one of them at each SIGUSR1. Tells of each, «born» or «killed», by process id. It
does the killing itself: only who has not yet been waited for is surely ours.
FAULTS_POISON, here and nowhere in the product: whoever
begins on a message whose MsgId begins so, dies.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
_OURS = {signal.SIGTERM, signal.SIGUSR1}
_REST = 0.02  # seconds, when nothing waits


def main() -> None:
    django.setup()
    from results.ingestion import inbox  # everything imported before the first fork

    _poison(inbox, os.environ.get("FAULTS_POISON"))
    children: list[int] = []
    rng = random.Random(sys.argv[2])

    def stop(number: int, frame: object) -> None:
        for child in children:
            os.kill(child, signal.SIGKILL)
        os._exit(0)

    def kill_one(number: int, frame: object) -> None:
        if children:
            chosen = rng.choice(children)
            os.kill(chosen, signal.SIGKILL)
            _tell("killed", chosen)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGUSR1, kill_one)
    while True:
        while len(children) < int(sys.argv[1]):
            children.append(_born())
        dead = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
        children.remove(dead.si_pid)
        os.waitpid(dead.si_pid, 0)


def _born() -> int:
    signal.pthread_sigmask(signal.SIG_BLOCK, _OURS)
    child = os.fork()
    if child == 0:
        for number in _OURS:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _OURS)
        _work_for_ever()
    _tell("born", child)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _OURS)
    return child


def _tell(what: str, child: int) -> None:
    os.write(sys.stdout.fileno(), f"{what} {child}\n".encode())


def _work_for_ever() -> None:
    """As a task of Celery's does, with the clock's five seconds made short."""
    from django.db import Error, close_old_connections

    from results import codes
    from results.ingestion import inbox, journal

    with suppress(Error):
        codes.refresh()  # a worker's first, before it has anything in hand
    while True:
        close_old_connections()
        try:
            inbox.drain(seconds=30)
            journal.note_progress()
        except Error:
            time.sleep(10 * _REST)  # it is away, and nothing is lost by that
        time.sleep(_REST)


def _poison(inbox: object, marker: str | None) -> None:
    process = inbox.process

    def dies_of_poison(batch: Sequence[object], **rest: object) -> None:
        if marker and any((m.message_id or "").startswith(marker) for m in batch):
            os.kill(os.getpid(), signal.SIGKILL)
        process(batch, **rest)

    inbox.process = dies_of_poison


if __name__ == "__main__":
    main()
