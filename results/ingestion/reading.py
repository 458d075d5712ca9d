"""Which reader a message is for: the only place that knows every format."""

from results.fhir.jsontext import is_json
from results.fhir.peek import peek as peek_fhir
from results.fhir.read import read as read_fhir
from results.kith.peek import Peek
from results.kith.peek import peek as peek_kith
from results.kith.read import OpenedMessage
from results.kith.read import open_message as open_kith
from results.kith.read import read as read_kith
from results.parsed import ParsedMessage


def read(content: bytes) -> ParsedMessage:
    """What the bytes say, whatever the format. Never raises for bad input."""
    return read_fhir(content) if is_json(content) else read_kith(content)


def open_message(content: bytes) -> OpenedMessage:
    """The same, with the envelope that receipts and schemas go by; FHIR has none."""
    if is_json(content):
        return OpenedMessage(read_fhir(content), None)
    return open_kith(content)


def peek(content: bytes) -> Peek:
    """Id, format and sender, as `read` has them, without the results."""
    return peek_fhir(content) if is_json(content) else peek_kith(content)
