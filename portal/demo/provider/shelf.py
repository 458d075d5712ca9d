"""Things kept for a while under a name that cannot be guessed; threads share it."""

import secrets
import threading
import time
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Shelf(Generic[Thing]):
    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        self._kept: dict[str, tuple[float, Thing]] = {}
        self._lock = threading.Lock()

    def put(self, thing: Thing, *, prefix: str = "") -> str:
        name = prefix + secrets.token_urlsafe(24)
        now = time.time()
        with self._lock:
            self._kept = {k: v for k, v in self._kept.items() if v[0] > now}
            self._kept[name] = (now + self.seconds, thing)
        return name

    def look(self, name: str) -> Thing | None:
        until, thing = self._kept.get(name, (0.0, None))
        return thing if until > time.time() else None

    def take(self, name: str) -> Thing | None:
        """The thing, and nobody else gets it."""
        with self._lock:
            until, thing = self._kept.pop(name, (0.0, None))
        return thing if until > time.time() else None


class Once:
    """Names that have been used, for so many seconds."""

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds
        self._used: dict[str, float] = {}
        self._lock = threading.Lock()

    def use(self, name: str) -> bool:
        """True the first time, False ever after."""
        now = time.time()
        with self._lock:
            self._used = {k: v for k, v in self._used.items() if v > now}
            is_new = name not in self._used
            self._used.setdefault(name, now + self._seconds)
        return is_new
