"""Nordlab sends until the disk is full: `python -m tests.faults.small_disk MEGABYTES`.

The state folder is a small file system. Prints what happened as JSON; grows the file
system by so much in the end, and asks what is left.
"""

import json
import random
import shutil
import subprocess
import sys
import time
from base64 import b64encode
from contextlib import suppress

import django

_IN_VAIN = 8  # so many failures in a row are a wall
_GONE_WITHIN = 30.0  # seconds; where it has not gone, it lives


def main() -> None:
    django.setup()
    from django.conf import settings
    from django.db import Error, connections

    from portal.postgres import server
    from results.ingestion import receive
    from results.ingestion.watch import pressure
    from results.models import ReceivedMessage
    from tests import cast
    from tests.faults import database

    def send() -> str:
        id, content = _large()
        pressure.forget()
        channel = receive.channel_of(cast.NORDLAB.client_id)
        receive.receive(content, channel=channel)
        return id

    cast.a_laboratory_that_may_send(cast.NORDLAB)
    receive.tasks.wake = lambda: None
    acknowledged: list[str] = []
    try:
        while True:
            acknowledged.append(send())
    except receive.IntakeClosed as closed:
        found = {"closed": closed.trouble.value, "room": pressure.free_room()}
    found["before"] = len(acknowledged)
    settings.INTAKE_LEAST_ROOM = 0
    failures = 0
    while failures < _IN_VAIN:
        try:
            acknowledged.append(send())
            failures = 0
        except Error:
            failures += 1
            connections.close_all()
            time.sleep(0.2)
    found["at the wall"] = len(acknowledged)
    found["bytes left"] = shutil.disk_usage(settings.STATE_DIR).free
    size = f"remount,size={sys.argv[1]}m"
    subprocess.run(["mount", "-o", size, str(settings.STATE_DIR)], check=True)
    connections.close_all()
    _until_it_is_gone()
    try:
        database.start()
    except server.NotStarted:
        database.start()  # a machine with other work recovers slowly
    held = set(ReceivedMessage.objects.values_list("message_id", flat=True))
    with suppress(Error):
        acknowledged.append(send())
        found["takes again"] = True
    found["lost"] = len(set(acknowledged[: found["at the wall"]]) - held)
    sys.stdout.write(json.dumps(found) + "\n")


def _until_it_is_gone() -> None:
    """At the wall it panics, tries to recover, and gives up."""
    from portal.postgres import server
    from tests.faults import database

    deadline = time.monotonic() + _GONE_WITHIN
    while server.running_pid(database.places()) and time.monotonic() < deadline:
        time.sleep(0.2)


def _large() -> tuple[str, bytes]:
    """Some 400 kB that no compression makes smaller."""
    from tests.faults.messages import Laboratory

    rng = random.Random()
    sent = Laboratory(rng).day(1)[0]
    comment = b"<Comment>" + b64encode(rng.randbytes(300_000)) + b"</Comment>"
    content = sent.content.replace(b"</ServReport>", comment + b"</ServReport>")
    return sent.id, content


if __name__ == "__main__":
    main()
