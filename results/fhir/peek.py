"""Who sends what: all that receiving must know before it answers."""

from results.fhir.bundle import open_bundle
from results.fhir.jsontext import NotReadable
from results.fhir.read.header import message_id, sender
from results.fhir.read.screening import screen
from results.kith.peek import Peek
from results.kith.read.notes import Notes
from results.vocabulary import MessageFormat


def peek(content: bytes) -> Peek:
    """What `read` says of the same bytes; never raises for anything a sender may
    send."""
    try:
        bundle = open_bundle(content)
    except NotReadable:
        return Peek()
    found = screen(bundle, Notes())
    is_fhir = bundle.root.type is not None
    return Peek(
        format=MessageFormat.FHIR_R4 if is_fhir else MessageFormat.UNKNOWN,
        message_id=message_id(bundle, found),
        sender=sender(bundle, found),
    )
