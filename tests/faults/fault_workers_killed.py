"""F1, F2, F8, F10, F11, F21: workers die at random, and some messages kill."""

import random
import time

import pytest

from tests.faults.invariant import check, everything_is_decided, say
from tests.faults.messages import Laboratory
from tests.faults.over_http import OverHttp
from tests.faults.sending import Senders, by_hand
from tests.faults.service import running
from tests.faults.workers import PATIENCE, wait_until, working

REPORTS = 500
# Slow enough for a new worker to get something done: five deaths in a row are poison.
PAUSE = (0.1, 0.8)
# In each run; some more where the database is killed as well.
FEWEST_KILLS = 50


@pytest.mark.parametrize(("run", "workers"), [(1, 2), (2, 4)])
def fault_workers_killed_at_random(rng: random.Random, run, workers):
    """Everything twice or in the wrong order; in the end all is as if it were not."""
    rng.seed(rng.random() + run)
    start = time.monotonic()
    laboratory, senders = Laboratory(rng), Senders(by_hand, threads=4)
    day = laboratory.day(REPORTS)
    with working(workers, rng) as pool:
        with pool.dying(pause=PAUSE):
            senders.send(day, rng)
            wait_until(everything_is_decided, seconds=PATIENCE)
            mistakes = laboratory.mistakes(day, count=20)
            senders.send(mistakes, rng)
            wait_until(everything_is_decided, seconds=PATIENCE)
        figures = check([*day, *mistakes], senders.acknowledged)
    say(
        "workers killed",
        workers=workers,
        kills=pool.kills,
        with_messages_in_hand=pool.in_hand,
        seconds=round(time.monotonic() - start),
        **figures,
    )
    assert pool.kills >= FEWEST_KILLS


def fault_workers_killed_while_laboratories_send_over_http(rng: random.Random):
    start = time.monotonic()
    door = OverHttp()
    laboratory, senders = Laboratory(rng), Senders(door, threads=3)
    day = laboratory.day(REPORTS // 2)
    with running("web", "provider"), working(3, rng) as pool:
        with pool.dying(pause=PAUSE):
            senders.send(day, rng)
            wait_until(everything_is_decided, seconds=PATIENCE)
        figures = check(day, senders.acknowledged)
    say(
        "workers killed, over HTTP",
        kills=pool.kills,
        with_messages_in_hand=pool.in_hand,
        seconds=round(time.monotonic() - start),
        **figures,
    )
    assert pool.kills >= FEWEST_KILLS // 2
