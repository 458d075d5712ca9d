"""Who sends what, in which format: all that receiving must know before it answers."""

from dataclasses import dataclass

from results.kith.envelope import open_or_salvage
from results.kith.read.notes import Notes
from results.kith.read.parties import party
from results.parsed import ParsedParty
from results.vocabulary import MessageFormat


@dataclass(frozen=True, slots=True)
class Peek:
    """What `read` says of the same bytes in the fields of the same names."""

    format: MessageFormat = MessageFormat.UNKNOWN
    message_id: str | None = None
    sender: ParsedParty | None = None


def peek(content: bytes) -> Peek:
    """One parse and a few look-ups; never raises for anything a sender may send.

    Of what cannot be read as a svarrapport it tells as much as can be made out.
    """
    envelope, _ = open_or_salvage(content)
    if envelope is None:
        return Peek()
    version = envelope.version
    return Peek(
        format=version.format if version else MessageFormat.UNKNOWN,
        message_id=envelope.message.text("MsgId"),
        sender=party(envelope.service_provider, Notes()),
    )
