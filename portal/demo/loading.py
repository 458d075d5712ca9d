"""Sends the demonstration's messages through the front door and awaits the receipts."""

import datetime
import json
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from tqdm import tqdm

from portal.demo.front_door import FrontDoor
from portal.demo.generator.messages import Plan, Prepared

YEARS = 5
SEED = 1
T = TypeVar("T")
_ACCEPTED = 1
_POLL_SECONDS = 0.2


class NothingHappens(Exception):
    """No receipt has come for a long while: no worker runs, it seems."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A message handed in, and where its receipt will be."""

    client_id: str
    location: str


@dataclass(slots=True)
class Diary:
    """What has been loaded, kept in the state folder: a later run sends the very same
    messages, which the service knows as copies, or nothing at all."""

    path: Path

    def plan(self, *, patients: int, today: datetime.date) -> tuple[Plan, bool]:
        """The plan to carry out, and whether it has been carried out before."""
        kept = self._read()
        until = datetime.date.fromisoformat(kept.get("until", today.isoformat()))
        plan = Plan(patients=patients, years=YEARS, seed=SEED, until=until)
        return plan, kept.get("loaded_patients", 0) >= patients

    def begin(self, plan: Plan) -> None:
        """Remember the day before the first message leaves."""
        self._write({**self._read(), "until": plan.until.isoformat()})

    def finish(self, plan: Plan) -> None:
        """Remember that everyone's messages have arrived."""
        self._write({**self._read(), "loaded_patients": plan.patients})

    def _read(self) -> dict[str, Any]:
        if not self.path.exists():
            return {}
        kept: dict[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
        return kept

    def _write(self, kept: dict[str, Any]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(kept), encoding="utf-8")


def send_all(door: FrontDoor, messages: Iterable[Prepared]) -> list[Sent]:
    """Hand every message in, oldest first, without waiting for any."""
    in_order = sorted(messages, key=lambda message: message.generated_at)
    return [
        Sent(
            message.client_id,
            door.send(message.content, client_id=message.client_id),
        )
        for message in _progress(in_order, "Sender prøvesvar")
    ]


def await_receipts(
    door: FrontDoor, sent: Iterable[Sent], *, patience_seconds: float = 120
) -> int:
    """Wait until each message has its receipt; gives how many were not accepted.

    Raises NothingHappens when no receipt has come for `patience_seconds`.
    """
    refused = 0
    for message in _progress(list(sent), "Behandles"):
        status = _await_receipt(door, message, patience_seconds)
        refused += status != _ACCEPTED
    return refused


def _await_receipt(door: FrontDoor, sent: Sent, patience_seconds: float) -> int:
    deadline = time.monotonic() + patience_seconds
    while time.monotonic() < deadline:
        status = door.receipt_status(sent.location, client_id=sent.client_id)
        if status is not None:
            return status
        time.sleep(_POLL_SECONDS)
    raise NothingHappens


def _progress(items: list[T], words: str) -> "tqdm[T]":
    return tqdm(items, desc=words, disable=not sys.stderr.isatty())
