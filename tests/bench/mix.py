"""The messages of the measurements: our generator's, those of 11 or 12 results."""

import datetime
import re
import uuid
from collections.abc import Iterable, Iterator
from itertools import cycle, islice

from portal.demo.generator.messages import Plan, Prepared, messages
from portal.demo.people import LABORATORIES, Laboratory
from results.ingestion import receive
from results.operations import register_organization

_PLAN = Plan(patients=150, years=2, seed=7, until=datetime.date(2026, 11, 1))
_DIFFERENT = 600
_FEWEST_RESULTS = 11
_ID = re.compile(rb"(<MsgId>)[^<]*(</MsgId>)")
_REPORT_ID = re.compile(rb"(<ServProvId>)[^<]*(</ServProvId>)")


def mix(count: int) -> list[Prepared]:
    """So many messages of 9 to 10 kB, each a report of its own: some hundred different
    ones, and after those the same with new ids."""
    return [_renamed(m) for m in islice(cycle(_different()), count)]


def _different() -> list[Prepared]:
    large = (
        m for m in messages(_PLAN) if m.content.count(b"<ResultItem") >= _FEWEST_RESULTS
    )
    return list(islice(large, _DIFFERENT))


def _renamed(message: Prepared) -> Prepared:
    content = _ID.sub(_new_id, message.content)
    return Prepared(
        name=message.name,
        client_id=message.client_id,
        generated_at=message.generated_at,
        content=_REPORT_ID.sub(_new_id, content),
    )


def _new_id(found: re.Match[bytes]) -> bytes:
    return found.group(1) + str(uuid.uuid4()).encode() + found.group(2)


def receive_all(prepared: Iterable[Prepared]) -> int:
    """Put them in the inbox, each committed; nobody is woken."""
    channels = {lab.client_id: channel_of(lab) for lab in LABORATORIES}
    count = 0
    for message in prepared:
        receive.receive(message.content, channel=channels[message.client_id])
        count += 1
    return count


def batches(prepared: list[Prepared], size: int) -> Iterator[list[Prepared]]:
    for start in range(0, len(prepared), size):
        yield prepared[start : start + size]


def channel_of(laboratory: Laboratory) -> receive.Channel:
    known = laboratory.organization
    organization = register_organization(
        name=known.name,
        her_id=known.her_id,
        organization_number=known.organization_number,
    )
    return receive.Channel(organization.id)
