"""Nordlab's machine, over HTTP, with a proof for every call."""

import http.client
import threading
import time

from django.conf import settings

from portal.demo import people
from portal.demo.provider.machine import Machine
from tests.faults.sending import Refused

# Kept, whatever comes of it: answered, waiting, or waiting for an operator.
KEPT = (200, 202, 409)
# Seconds; the service itself gives up on a lock long before.
_PATIENCE = 90


class OverHttp:
    """Called with a message; `seconds` is how long each answer took."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self._mine = threading.local()
        self._lock = threading.Lock()

    def __call__(self, content: bytes) -> int:
        start = time.monotonic()
        status, body, _retry = self.post(content)
        self.seconds.append(time.monotonic() - start)
        if status not in KEPT:
            raise Refused(status, body[:200])
        return status

    def post(self, content: object, **headers: str) -> tuple[int, bytes, str | None]:
        """Status, body and Retry-After. An iterator is sent in chunks."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", int(settings.PORT), timeout=_PATIENCE
        )
        address = f"http://localhost:{settings.PORT}/api/messages"
        with self._lock:
            proof = self._machine().headers("POST", address)
        known = {
            **proof,
            "Host": f"localhost:{settings.PORT}",
            "Content-Type": "application/xml",
            "Prefer": "wait=0",
        }
        try:
            connection.request("POST", "/api/messages", content, {**known, **headers})
            answer = connection.getresponse()
            return answer.status, answer.read(), answer.getheader("Retry-After")
        except http.client.HTTPException as error:
            raise OSError(type(error).__name__) from error
        finally:
            connection.close()

    def _machine(self) -> Machine:
        if not hasattr(self._mine, "machine"):
            self._mine.machine = Machine(people.NORDLAB.client_id)
        return self._mine.machine
