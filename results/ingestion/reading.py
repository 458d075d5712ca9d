"""Which reader a message is for: the only place that knows every format."""

from results.kith.read import read as read_kith
from results.parsed import ParsedMessage


def read(content: bytes) -> ParsedMessage:
    """What the bytes say, whatever the format. Never raises for bad input."""
    return read_kith(content)
