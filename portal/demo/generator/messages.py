"""The messages themselves: the same arguments give the same bytes, always."""

import datetime
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from portal.demo.generator.course import course
from portal.demo.generator.drafts import Message
from portal.demo.generator.population import citizen
from portal.demo.generator.services import Dispatch
from portal.demo.generator.span import Span
from portal.demo.generator.writer import write


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message ready to be sent. `name` is a file name: names sort in the order of
    sending for each citizen, and tell nobody's number."""

    name: str
    client_id: str
    generated_at: datetime.datetime
    content: bytes


@dataclass(frozen=True, slots=True)
class Plan:
    """How many citizens, over how many years until which day, from which seed."""

    patients: int
    years: int
    seed: int
    until: datetime.date


def messages(plan: Plan) -> Iterator[Prepared]:
    """Everyone's messages, citizen by citizen; nothing is held in memory for long."""
    for index in range(plan.patients):
        yield from messages_about(index, plan)


def messages_about(index: int, plan: Plan) -> Iterator[Prepared]:
    """One citizen's messages in the order they are sent.

    More citizens do not change what befell the first ones. The message ids depend on
    the years and the day too: other days make other messages, and a sender may not use
    an id twice.
    """
    span = Span.of_years(plan.years, until=plan.until)
    fate = random.Random(f"course/{plan.seed}/{index}")
    names = random.Random(f"ids/{plan.seed}/{plan.years}/{plan.until}/{index}")
    sent = course(citizen(index, seed=plan.seed), span, fate)
    for number, dispatch in enumerate(sent, start=1):
        message_id = str(uuid.UUID(int=names.getrandbits(128), version=4))
        yield Prepared(
            name=_file_name(index, number, dispatch),
            client_id=dispatch.service.laboratory.client_id,
            generated_at=dispatch.at,
            content=write(_message(message_id, dispatch)),
        )


def _message(message_id: str, dispatch: Dispatch) -> Message:
    return Message(
        id=message_id,
        generated_at=dispatch.at,
        report=dispatch.report,
        version=dispatch.service.version,
        encoding=dispatch.service.encoding,
    )


def _file_name(index: int, number: int, dispatch: Dispatch) -> str:
    kind = dispatch.report.type_code.lower()
    return f"{index + 1:07d}-{number:04d}-{dispatch.at:%Y%m%d}-{kind}.xml"
