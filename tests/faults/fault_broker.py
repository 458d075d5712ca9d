"""F2, F3, F4, F22: the broker only wakes; whatever becomes of it, all gets done."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings

from tests.faults.broker import IS_INSTALLED, URL, Broker
from tests.faults.invariant import check, everything_is_decided, say
from tests.faults.messages import Laboratory
from tests.faults.over_http import OverHttp
from tests.faults.sending import Senders
from tests.faults.service import running
from tests.faults.workers import wait_until

needs_rabbitmq = pytest.mark.skipif(
    not IS_INSTALLED, reason="RabbitMQ is not installed (Debian: rabbitmq-server)"
)
# The clock's five seconds, the broker's own start, and a machine with other work.
SOON = 60.0


@pytest.fixture(scope="module")
def broker():
    broker = Broker()
    broker.start()
    yield broker
    broker.end()


class Story:
    """Some of Nordlab's messages at a time, over HTTP; all are judged at the end."""

    def __init__(self, rng: random.Random) -> None:
        self._rng, self._sent = rng, []
        self.door = OverHttp()
        self.senders = Senders(self.door, threads=2)

    def sends(self) -> None:
        part = Laboratory(self._rng, name=f"R{len(self._sent)}").day(10)
        part = [s for s in part if s.kind != "poison"]
        self._sent += part
        self.senders.send(part, self._rng)

    def is_done_soon(self) -> float:
        return round(wait_until(everything_is_decided, seconds=SOON), 1)

    def judged(self) -> dict[str, object]:
        slowest = sorted(self.door.seconds)[int(len(self.door.seconds) * 0.99)]
        assert self.senders.retries == 0, "intake answers all the time"
        return {
            **check(self._sent, self.senders.acknowledged),
            "p99_ms": round(slowest * 1000),
        }


@needs_rabbitmq
def fault_broker_emptied_killed_and_absent(broker: Broker, rng: random.Random):
    story, took = Story(rng), {}
    with running("web", "provider", "worker", "beat", CELERY_BROKER_URL=URL):
        story.sends()
        took["well"] = story.is_done_soon()
        story.sends()
        broker.flush()
        took["flushed"] = story.is_done_soon()
        story.sends()
        broker.kill()
        broker.start()
        took["killed"] = story.is_done_soon()
        broker.kill()
        story.sends()
        broker.forget()
        broker.start()
        took["absent, and back empty"] = story.is_done_soon()
        figures = story.judged()
    say("broker", seconds=took, **figures)


@needs_rabbitmq
def fault_worker_alive_but_not_consuming(broker: Broker, rng: random.Random):
    """Stopped, with its connection open: another worker and the clock go on."""
    story = Story(rng)
    with (
        running("worker", CELERY_BROKER_URL=URL) as standing,
        running("web", "provider", "worker", "beat", CELERY_BROKER_URL=URL),
    ):
        story.sends()
        story.is_done_soon()
        os.killpg(standing["worker"], signal.SIGSTOP)
        story.sends()
        took = story.is_done_soon()
        figures = story.judged()
    say("worker stands still", seconds=took, **figures)


def fault_no_broker_at_all(rng: random.Random):
    """`drain --forever` does what worker and beat do; intake wakes nobody."""
    story = Story(rng)
    nowhere = "amqp://guest:guest@127.0.0.1:9//"
    with running("web", "provider", CELERY_BROKER_URL=nowhere):
        process = subprocess.Popen(
            [
                sys.executable,
                str(settings.BASE_DIR / "manage.py"),
                "drain",
                "--forever",
            ],
            env={**os.environ, "CELERY_BROKER_URL": nowhere},
            stderr=subprocess.DEVNULL,
        )
        try:
            story.sends()
            took = story.is_done_soon()
            time.sleep(1)
            assert process.poll() is None
            figures = story.judged()
        finally:
            process.terminate()
            process.wait()
    say("no broker", seconds=took, **figures)
