"""What makes two messages from one sender the same message."""

_LONGEST = 200


def key_of(message_id: str) -> str:
    """A MsgId as it is compared: without case and braces (dialect B2)."""
    return message_id.strip("{}").casefold()[:_LONGEST]
