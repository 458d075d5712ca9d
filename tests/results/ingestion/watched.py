"""Nordlab sends on a Monday morning, and the watch looks on."""

import datetime

from results.ingestion import receive
from tests.builders import a_message

MINUTE = datetime.timedelta(minutes=1)
MONDAY = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)


def sends(channel, number: int = 1) -> None:
    id = f"00000000-0000-4000-8000-{number:012}"
    receive.receive(a_message(id=id), channel=channel)
