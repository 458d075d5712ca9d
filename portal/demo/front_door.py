"""The service as a producer meets it: send a message over HTTP, fetch the receipt."""

import http.client
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.conf import settings

# A client, a method and an address give the headers that authenticate the request.
Credentials = Callable[[str, str, str], Mapping[str, str]]
_STATUS = re.compile(rb"<(?:\w+:)?Status\b[^>]*\bV=\"([0-9])\"")
_TIMEOUT_SECONDS = 30
# As producers are told it; this is their side of the door.
_MESSAGES = "/api/messages"


class Refused(Exception):
    """The service did not take the message; tells its status and sentence."""

    def __init__(self, status: int, body: bytes) -> None:
        sentence = body[:300].decode("utf-8", "replace")
        super().__init__(f"{status}: {sentence}")
        self.status = status


@dataclass(slots=True)
class FrontDoor:
    """One connection, kept open. Python on a bare machine resolves no name under
    .localhost, so the host is an address and the name stands in the header."""

    credentials: Credentials
    port: int
    _connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=_TIMEOUT_SECONDS
        )

    def send(self, content: bytes, *, client_id: str) -> str:
        """Hand a message in without waiting for it; gives the receipt's address.

        Raises Refused, and OSError when nobody answers.
        """
        response, body = self._ask(
            client_id,
            "POST",
            _MESSAGES,
            content,
            {"Content-Type": "application/xml", "Prefer": "wait=0"},
        )
        location = response.getheader("Location")
        if response.status not in (200, 202) or location is None:
            raise Refused(response.status, body)
        return location

    def receipt_status(self, location: str, *, client_id: str) -> int | None:
        """The receipt's status (Volven 8258), or None while there is none."""
        response, body = self._ask(client_id, "GET", location)
        if response.status == http.client.NOT_FOUND:
            return None
        if response.status != http.client.OK:
            raise Refused(response.status, body)
        found = _STATUS.search(body)
        return int(found[1]) if found else None

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()

    def _ask(
        self,
        client_id: str,
        method: str,
        path: str,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[http.client.HTTPResponse, bytes]:
        host = f"{settings.HOST}:{self.port}"
        address = f"{settings.SCHEME}://{host}{path}"
        self._connection.request(
            method,
            path,
            body=content,
            headers={
                "Host": host,
                **(headers or {}),
                **self.credentials(client_id, method, address),
            },
        )
        response = self._connection.getresponse()
        return response, response.read()
