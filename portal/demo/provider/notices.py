"""Tells a client that a login is over: one attempt, as ID-porten makes."""

import logging
import threading
from urllib.parse import urlsplit

import requests

logger = logging.getLogger(__name__)
_TIMEOUT_SECONDS = (2, 5)


def send_notice(address: str, logout_token: str) -> None:
    """In a thread of its own: whoever signs out does not wait for it."""
    send = threading.Thread(target=_send, args=(address, logout_token), daemon=True)
    send.start()


def _send(address: str, logout_token: str) -> None:
    """To the loopback address, since this Python may not know names under
    .localhost."""
    parts = urlsplit(address)
    try:
        answer = requests.post(
            f"{parts.scheme}://127.0.0.1:{parts.port or 80}{parts.path}",
            data={"logout_token": logout_token},
            headers={"Host": parts.netloc},
            timeout=_TIMEOUT_SECONDS,
            allow_redirects=False,
        )
    except requests.RequestException:
        logger.warning("A client could not be told of a logout")
        return
    logger.info("A client was told of a logout: %d", answer.status_code)
