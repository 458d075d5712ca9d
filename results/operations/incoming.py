"""A message on its way in, with what storing asks of its inbox row."""

import datetime
import uuid
from dataclasses import dataclass

from results.identity import IdentityNumber
from results.parsed import ParsedMessage, ParsedReport

# Sender and ServProvId; the time and key of a message, as the sender stated them.
ReportKey = tuple[uuid.UUID, str]
VersionOrder = tuple[datetime.datetime, str]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message fit to be stored, and of the inbox row what storing needs."""

    received_id: uuid.UUID
    message_key: str
    received_at: datetime.datetime
    sender_id: uuid.UUID
    number: IdentityNumber
    message: ParsedMessage

    @property
    def report(self) -> ParsedReport:
        if self.message.report is None:
            raise ValueError(
                "a message without a report is refused before it is stored"
            )
        return self.message.report

    @property
    def report_key(self) -> ReportKey:
        """ServProvId, or the message's own id where it has none (dialect B7)."""
        key = self.report.id or f"msg:{self.message.message_id}"
        return self.sender_id, key[:300]

    @property
    def order(self) -> VersionOrder:
        """What decides which version is current: (GenDate, MsgId) as the sender stated
        them; without a usable GenDate it counts from when it was received."""
        return _generated_at(self.message) or self.received_at, self.message_key


def _generated_at(message: ParsedMessage) -> datetime.datetime | None:
    moment = message.generated_at
    if moment is None:
        return None
    if moment.at is not None:
        return moment.at
    day = moment.date
    if day is None:
        return None
    return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
