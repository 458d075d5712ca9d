"""F12–F16: what is too large or hostile, through the door, in bounded memory."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings

from portal.demo import people
from results.models import Organization, ReceivedMessage
from tests.faults.invariant import everything_is_decided, say
from tests.faults.over_http import OverHttp
from tests.faults.service import members, peak_mb, running
from tests.faults.workers import PATIENCE, wait_until
from tests.results.kith.hostile import T01, X99
from tests.results.kith.messages import MESSAGE_ID

MEGABYTE = 1_000_000
# A little more than the one message that is ever held.
LARGEST_GROWTH_MB = 60
WORKERS_MOST_MB = 400


@contextmanager
def a_worker() -> Iterator[int]:
    """Without a broker, in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "drain", "--forever"],
        env=dict(os.environ),
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process.pid
        assert process.poll() is None, "the worker has died"
    finally:
        process.kill()
        process.wait()


def pieces(megabytes: int) -> Iterator[bytes]:
    for _megabyte in range(megabytes):
        yield b" " * MEGABYTE


def _status(door: OverHttp, *args, **headers) -> int:
    """The answer; 413 also where the server hangs up before all is sent."""
    try:
        return door.post(*args, **headers)[0]
    except (BrokenPipeError, ConnectionResetError):
        return 413


@pytest.mark.parametrize("says_its_length", [True, False])
def fault_hundred_megabytes(says_its_length: bool):
    headers = {"Content-Length": str(100 * MEGABYTE)} if says_its_length else {}
    with running("web", "provider") as service:
        door = OverHttp()
        door.post(b"<a/>")
        before = peak_mb(service["web"])
        statuses = [_status(door, pieces(100), **headers) for _time in range(3)]
        grown = peak_mb(service["web"]) - before
        assert door.post(b"<a/>")[0] in (202, 400), "the door is still open"
    say(
        "hundred megabytes",
        says_its_length=says_its_length,
        statuses=statuses,
        grown_mb=round(grown),
    )
    assert set(statuses) <= {411, 413}
    assert grown < LARGEST_GROWTH_MB


def fault_hostile_messages():
    """Every one of the ordinary suite's, over HTTP: the same refusals, the same
    processes afterwards, and no more memory than a worker may have."""
    # Who these messages say they are from.
    Organization.objects.filter(her_id=people.NORDLAB.organization.her_id).update(
        her_id="900001"
    )
    statuses: dict[str, int] = {}
    with running("web", "provider") as service, a_worker() as worker:
        door = OverHttp()
        door.post(b"<a/>")
        alive = set(members(service["web"]))
        for name, make in {**T01, **X99}.items():
            own = str(uuid.uuid4()).encode()
            statuses[name] = _status(door, make().replace(MESSAGE_ID.encode(), own))
        wait_until(everything_is_decided, seconds=PATIENCE)
        web, drains = peak_mb(service["web"]), peak_mb(worker)
        assert set(members(service["web"])) == alive
    outcomes = set(ReceivedMessage.objects.values_list("outcome", flat=True))
    say(
        "hostile",
        statuses=json.dumps(sorted(set(statuses.values()))),
        outcomes=sorted(outcomes),
        web_mb=round(web),
        worker_mb=round(drains),
    )
    assert set(statuses.values()) <= {202, 400, 413}
    assert outcomes <= {"unreadable", "rejected"}
    assert drains < WORKERS_MOST_MB
