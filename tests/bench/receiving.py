"""Receiving over HTTP at 200 messages a second, each signed for, each committed."""

import contextlib
import http.client
import os
import queue
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

from django.conf import settings

from portal.demo.generator.messages import Prepared
from portal.demo.people import LABORATORIES
from portal.demo.provider.machine import Machine
from results.operations import register_source_system
from tests.bench.database import close, throw_away
from tests.bench.figures import percentile_99, say
from tests.bench.mix import channel_of, mix

RATE = 200
SECONDS = 10
WARM_UP = 200
SENDERS = 12
IN_A_ROW = 16
_DEAD_BROKER = "amqp://guest:guest@127.0.0.1:9//"


def measure() -> None:
    with throw_away("receive") as database:
        for laboratory in LABORATORIES:
            register_source_system(
                name=laboratory.organization.name,
                client_id=laboratory.client_id,
                organization_id=channel_of(laboratory).organization_id,
            )
        close()
        for name, broker in (
            ("receive.p99_ms", None),
            ("receive.p99_ms_broker_down", _DEAD_BROKER),
        ):
            with serving(database, broker) as port:
                wait_until_it_takes(port)
                send_all(port, mix(WARM_UP))
                taken = send_all(port, mix(RATE * SECONDS))
            note = f"{len(taken)} messages at {RATE}/s over HTTP; goal under 50"
            say(name, percentile_99(taken) * 1000, "ms", note)


def wait_until_it_takes(port: int) -> None:
    """Each web process has fetched the provider's keys when so many in a row, on a
    connection each, are taken; until then some are told to come back."""
    deadline = time.monotonic() + 60
    taken = 0
    while taken < IN_A_ROW:
        if time.monotonic() > deadline:
            raise RuntimeError("the service takes nothing")
        try:
            _Sender(port).send(mix(1)[0])
            taken += 1
        except (RuntimeError, OSError):
            taken = 0
            time.sleep(0.5)


class _Sender:
    """One connection, and the keys of every laboratory."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._machines = {lab.client_id: Machine(lab.client_id) for lab in LABORATORIES}

    def send(self, message: Prepared) -> None:
        address = f"http://localhost:{self._port}/api/messages"
        headers = {
            **self._machines[message.client_id].headers("POST", address),
            "Host": f"localhost:{self._port}",
            "Content-Type": "application/xml",
            "Prefer": "wait=0",
        }
        path = "/api/messages"
        self._connection.request("POST", path, message.content, headers)
        response = self._connection.getresponse()
        body = response.read()
        if response.status != 202:
            raise RuntimeError(f"{response.status}: {body[:200]!r}")


def send_all(port: int, messages: list[Prepared]) -> list[float]:
    """Seconds from when each was due to be sent until its answer: a server that falls
    behind pays for everyone it keeps waiting."""
    senders = [_Sender(port) for _ in range(SENDERS)]
    due: queue.SimpleQueue[tuple[float, Prepared] | None] = queue.SimpleQueue()
    taken: list[float] = []

    def work(sender: _Sender) -> None:
        while (job := due.get()) is not None:
            at, message = job
            time.sleep(max(0.0, at - time.perf_counter()))
            sender.send(message)
            taken.append(time.perf_counter() - at)

    start = time.perf_counter() + 0.2
    for number, message in enumerate(messages):
        due.put((start + number / RATE, message))
    threads = [threading.Thread(target=work, args=(s,)) for s in senders]
    for thread in threads:
        due.put(None)
        thread.start()
    for thread in threads:
        thread.join()
    if len(taken) != len(messages):
        raise RuntimeError(f"{len(messages) - len(taken)} messages got no answer")
    return taken


@contextlib.contextmanager
def serving(database: str, broker: str | None) -> Iterator[int]:
    """The service and its login provider, on ports of their own."""
    port, login_port = int(settings.PORT), settings.LOGIN_PORT
    environment = {
        **os.environ,
        "BENCH_DATABASE": database,
        **({"CELERY_BROKER_URL": broker} if broker else {}),
    }
    granian = ["-m", "granian", "--interface=wsgi", "--workers=2", "--host=127.0.0.1"]
    # The provider first: a web process that fails to ask it for keys waits a while.
    commands = {
        login_port: ["manage.py", "run_provider"],
        port: [*granian, f"--port={port}", "tests.bench.server:application"],
    }
    running: list[subprocess.Popen[bytes]] = []
    try:
        for each, command in commands.items():
            running.append(
                subprocess.Popen(
                    [sys.executable, *command],
                    env=environment,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            )
            _wait_for(each)
        yield port
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", port)),
        ):
            return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")
