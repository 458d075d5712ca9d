"""Svarrapport 1.4, 1.3 and 1.2, read into `results.parsed`."""

from dataclasses import dataclass

from results.kith.envelope import Envelope, open_or_salvage
from results.kith.read import values
from results.kith.read.notes import Notes
from results.kith.read.parties import party
from results.kith.read.report import report
from results.parsed import ParsedMessage, ParsedReport
from results.vocabulary import MessageFormat

# Volven 8323: a message for testing, and one from an implementation not approved.
_NOT_FOR_USE = frozenset({"TEST", "NAPR"})


@dataclass(frozen=True, slots=True)
class OpenedMessage:
    """A message read, and the envelope it came in: a receipt mirrors it, a schema is
    held to it. No envelope where nothing could be made out."""

    message: ParsedMessage
    envelope: Envelope | None


def read(content: bytes) -> ParsedMessage:
    """What the bytes say. Never raises for anything a sender may send.

    What cannot be read has a fault (T01, T10), no report, and as much of the header
    as could be made out, so that the sender can be told.
    """
    return open_message(content).message


def open_message(content: bytes) -> OpenedMessage:
    """The same, with the envelope, so that the bytes are parsed once for all ends."""
    envelope, unreadable = open_or_salvage(content)
    if envelope is None:
        faults = (unreadable,) if unreadable else ()
        return OpenedMessage(ParsedMessage(MessageFormat.UNKNOWN, faults=faults), None)
    notes = Notes()
    if fault := unreadable or envelope.fault:
        notes.refuse(fault.text, code=fault.code)
        return OpenedMessage(_message(envelope, notes, None), envelope)
    _note_header(envelope, notes)
    found = _report(envelope, notes)
    return OpenedMessage(_message(envelope, notes, found), envelope)


def _message(
    envelope: Envelope, notes: Notes, found: ParsedReport | None
) -> ParsedMessage:
    message = envelope.message
    version = envelope.version
    requester = next((r.child("Requester") for r in envelope.reports), None)
    generated_at = values.moment(message, "GenDate", notes)
    sender = found and found.performer
    return ParsedMessage(
        format=version.format if version else MessageFormat.UNKNOWN,
        message_id=message.text("MsgId"),
        generated_at=generated_at,
        is_test=message.code("Status") in _NOT_FOR_USE,
        sender=sender or party(envelope.service_provider, notes),
        primary_recipient=party(requester, notes),
        report=found,
        faults=notes.faults,
        warnings=notes.warnings,
    )


def _note_header(envelope: Envelope, notes: Notes) -> None:
    if envelope.is_wrapped:
        notes.warn("Svarrapporten lå i en hodemelding; den skal sendes alene.")
    expected = envelope.version and envelope.version.mig_version
    if expected and envelope.message.text("MIGversion") != expected:
        notes.warn("MIGversion stemmer ikke med navnerommet; navnerommet gjelder.")


def _report(envelope: Envelope, notes: Notes) -> ParsedReport | None:
    reports = envelope.reports
    if len(reports) > 1:
        notes.refuse("Meldingen har flere svarrapporter. Send hver i sin melding.")
    elif not reports:
        notes.refuse("Meldingen inneholder ingen svarrapport (ServReport).")
    elif reports[0].child("Animal") or reports[0].child("Material"):
        notes.refuse("Rapporten gjelder et dyr eller et materiale, ikke en pasient.")
    else:
        return report(reports[0], notes)
    return None
