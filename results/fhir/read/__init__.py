"""A FHIR R4 Bundle with one DiagnosticReport, read into `results.parsed`."""

from results.fhir.bundle import Bundle, open_bundle
from results.fhir.items import Item
from results.fhir.jsontext import NotReadable
from results.fhir.read.header import generated_at, message_id, sender
from results.fhir.read.report import report
from results.fhir.read.screening import screen
from results.kith.read.notes import Notes
from results.parsed import ParsedMessage
from results.vocabulary import MessageFormat


def read(content: bytes) -> ParsedMessage:
    """What the bytes say. Never raises for anything a sender may send.

    A document (HL7 Europe laboratory report), or a collection or transaction with one
    report (NILAR's shape among them). What cannot be read has a fault (T01, T10, X99),
    no report, and as much of the header as could be made out.
    """
    try:
        bundle = open_bundle(content)
    except NotReadable as error:
        return ParsedMessage(format=MessageFormat.UNKNOWN, faults=(error.fault,))
    notes = Notes()
    found = screen(bundle, notes)
    return _message(bundle, found, notes)


def _message(bundle: Bundle, found: Item | None, notes: Notes) -> ParsedMessage:
    parsed = report(found, bundle, notes) if found else None
    generated = generated_at(bundle, found, notes)
    is_fhir = bundle.root.type is not None
    return ParsedMessage(
        format=MessageFormat.FHIR_R4 if is_fhir else MessageFormat.UNKNOWN,
        message_id=message_id(bundle, found),
        generated_at=generated,
        sender=sender(bundle, found),
        primary_recipient=parsed.requester if parsed else None,
        report=parsed,
        faults=notes.faults,
        warnings=notes.warnings,
    )
