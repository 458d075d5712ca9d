"""Workers to be killed: `python -m tests.faults.pool COUNT`.

Forks so many, each draining the inbox over and over, and one more for each that dies.
Prints the process id of each. FAULTS_POISON, here and nowhere in the product: whoever
begins on a message whose MsgId begins so, dies.
"""

import os
import signal
import sys
import time
from collections.abc import Sequence

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
_REST = 0.02  # seconds, when nothing waits


def main() -> None:
    django.setup()
    from results.ingestion import inbox  # everything imported before the first fork

    _poison(inbox, os.environ.get("FAULTS_POISON"))
    children: set[int] = set()

    def stop(number: int, frame: object) -> None:
        for child in children:
            os.kill(child, signal.SIGKILL)
        os._exit(0)

    signal.signal(signal.SIGTERM, stop)
    while True:
        while len(children) < int(sys.argv[1]):
            children.add(_born())
        children.discard(os.wait()[0])


def _born() -> int:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        _work_for_ever()
    sys.stdout.write(f"{child}\n")
    sys.stdout.flush()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    return child


def _work_for_ever() -> None:
    """As a task of Celery's does, with the clock's five seconds made short."""
    from django.db import Error, close_old_connections

    from results.ingestion import inbox, journal

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
