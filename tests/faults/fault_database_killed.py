"""F5: the database is killed while messages come in; everyone finds it again."""

import random
import threading
import time

from tests.faults import database
from tests.faults.invariant import check, everything_is_decided, say
from tests.faults.messages import Laboratory
from tests.faults.sending import Senders, by_hand
from tests.faults.workers import PATIENCE, wait_until, working

REPORTS, TIMES = 400, 3


def fault_database_killed_while_messages_come_in(rng: random.Random):
    start = time.monotonic()
    senders, day = Senders(by_hand, threads=4), Laboratory(rng).day(REPORTS)
    with working(3, rng) as pool:
        sending = threading.Thread(target=senders.send, args=(day, rng))
        with pool.dying(pause=(0.1, 1.0)):
            sending.start()
            for _time in range(TIMES):
                time.sleep(rng.uniform(2, 4))
                database.kill_and_start(away=rng.uniform(0, 2))
            sending.join()
            wait_until(everything_is_decided, seconds=PATIENCE)
        figures = check(day, senders.acknowledged)
    say(
        "database killed",
        times=TIMES,
        retries=senders.retries,
        kills=pool.kills,
        seconds=round(time.monotonic() - start),
        **figures,
    )
    assert senders.retries


def fault_workers_find_the_database_again_by_themselves(rng: random.Random):
    """No worker dies, and none is started: the same ones go on within seconds."""
    senders, day = Senders(by_hand, threads=1), Laboratory(rng).day(20)
    good = [s for s in day if s.kind != "poison"]
    with working(2, rng) as pool:
        senders.send(good[:20], rng)
        wait_until(everything_is_decided, seconds=PATIENCE)
        before = pool.born
        database.kill_and_start(away=1)
        senders.send(good[20:], rng)
        took = wait_until(everything_is_decided, seconds=PATIENCE)
        assert pool.born == before
    say(
        "workers reconnect", seconds=round(took, 1), **check(good, senders.acknowledged)
    )
