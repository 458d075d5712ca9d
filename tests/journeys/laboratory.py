"""A laboratory's machine: sends what it reads on stdin, prints the receipts' statuses.

    python -m tests.journeys.laboratory CLIENT-ID

A program of its own, because it signs with keys from the service's state folder, and
this one's settings are the tests'. In and out: JSON; one character stands for a byte.
"""

import json
import os
import sys
import time

import django

AWAIT_RECEIPT = 30.0  # seconds
_PAUSE = 0.1


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from django.conf import settings

    from portal.demo.front_door import FrontDoor
    from portal.demo.provider.machine import Machine

    client_id = sys.argv[1]
    machine = Machine(client_id)

    def headers(client_id, method, address):
        return machine.headers(method, address)

    door = FrontDoor(headers, port=int(settings.PORT))
    messages = [each.encode("latin-1") for each in json.load(sys.stdin)]
    places = [door.send(content, client_id=client_id) for content in messages]
    statuses = [_await_receipt(door, place, client_id) for place in places]
    sys.stdout.write(json.dumps(statuses))
    door.close()


def _await_receipt(door, place: str, client_id: str) -> int | None:
    deadline = time.monotonic() + AWAIT_RECEIPT
    while time.monotonic() < deadline:
        status = door.receipt_status(place, client_id=client_id)
        if status is not None:
            return status
        time.sleep(_PAUSE)
    return None


if __name__ == "__main__":
    main()
