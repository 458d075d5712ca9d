"""Parsed reports with defaults that read as prose: Nordlab answers about Kari Prøve."""

import datetime
import itertools
import uuid
from dataclasses import replace
from decimal import Decimal

from results.encryption import encrypt
from results.identity import IdentityNumber, check_digits, parse
from results.ingestion.process import CONTENT_CONTEXT
from results.models import Organization, ReceivedMessage
from results.operations import (
    Incoming,
    StoredReport,
    register_organization,
    store_report,
)
from results.parsed import (
    ParsedCoding,
    ParsedIdentifier,
    ParsedMessage,
    ParsedMoment,
    ParsedObservation,
    ParsedParty,
    ParsedPatient,
    ParsedPerson,
    ParsedQuantity,
    ParsedReport,
    ParsedSpecimen,
    ParsedUnit,
)
from results.vocabulary import (
    Discipline,
    Interpretation,
    MessageFormat,
    ObservationStatus,
    ReportStatus,
    ValueKind,
)

NLK = "2.16.578.1.12.4.1.1.7280"
_sequence = itertools.count(1)


def a_number(first_nine: str = "128584123") -> IdentityNumber:
    """A synthetic number (month + 80) from nine digits whose check digits exist."""
    digits = check_digits(first_nine)
    assert digits is not None
    return parse(first_nine + digits, allow_test_numbers=True)


KARI = a_number("128484124")
PER = a_number("038151130")


def day(text: str) -> ParsedMoment:
    return ParsedMoment(text, datetime.date.fromisoformat(text))


def moment(text: str) -> ParsedMoment:
    at = datetime.datetime.fromisoformat(text).astimezone(datetime.UTC)
    return ParsedMoment(text, at.date(), at)


def nordlab() -> ParsedParty:
    return ParsedParty(
        organization=ParsedUnit("Nordlab", (ParsedIdentifier("900004", "HER"),))
    )


def ola_lind() -> ParsedParty:
    return ParsedParty(
        organization=ParsedUnit("Lillevik legesenter"),
        person=ParsedPerson("Ola Lind", (ParsedIdentifier("9000001", "HPR"),)),
        relation="REK",
    )


def haemoglobin(digits: str = "121", **changed) -> ParsedObservation:
    values = {
        "kind": ValueKind.QUANTITY,
        "status": ObservationStatus.FINAL,
        "codings": (ParsedCoding("NPU19873", NLK, "B-Hemoglobin"),),
        "quantity": ParsedQuantity(digits, Decimal(digits), "g/L"),
        "reference_ranges": ("117 - 153",),
        "specimen_ids": ("1",),
    }
    return ParsedObservation(**{**values, **changed})


def low_ferritin() -> ParsedObservation:
    return haemoglobin(
        "11",
        codings=(ParsedCoding("NPU19763", NLK, "P-Ferritin"),),
        quantity=ParsedQuantity("11", Decimal(11), "µg/L"),
        reference_ranges=("18 - 240",),
        interpretation=Interpretation.LOW,
    )


def a_report(**changed) -> ParsedReport:
    values = {
        "id": "CM 21 0031",
        "service_type": "N",
        "status_code": "F",
        "status": ReportStatus.FINAL,
        "type": ParsedCoding("CLIN", None, "Medisinsk biokjemi"),
        "category": Discipline.CLIN,
        "issued_at": day("2026-11-15"),
        "performer": nordlab(),
        "requester": ola_lind(),
        "specimens": (
            ParsedSpecimen("1", collected_at=moment("2026-11-14T08:42+01:00")),
        ),
        "observations": (haemoglobin(), low_ferritin()),
    }
    return ParsedReport(**{**values, **changed})


def a_message(report: ParsedReport | None = None, **changed) -> ParsedMessage:
    values = {
        "format": MessageFormat.KITH_1_4,
        "message_id": str(uuid.UUID(int=next(_sequence))),
        "generated_at": moment("2026-11-15T12:00+01:00"),
        "sender": nordlab(),
        "report": report or a_report(),
    }
    return ParsedMessage(**{**values, **changed})


def a_sender() -> Organization:
    return register_organization(name="Nordlab", her_id="900004")


def received(message: ParsedMessage, sender: Organization | None = None):
    return ReceivedMessage.objects.create(
        sender=sender or a_sender(),
        message_id=message.message_id,
        message_key=message.message_id,
        format=message.format,
        content_encrypted=encrypt(b"<Message/>", context=CONTENT_CONTEXT),
        content_sha256=bytes(32),
        content_size=10,
    )


def about_someone(
    message: ParsedMessage, who: IdentityNumber, name: str
) -> ParsedMessage:
    patient = ParsedPatient(identity_number=who.digits, name=name)
    return replace(message, report=replace(message.report, patient=patient))


def store(
    message: ParsedMessage | None = None,
    *,
    about: IdentityNumber = KARI,
    name: str = "Prøve, Kari",
) -> StoredReport:
    """Store a report as a worker does, from what was parsed."""
    message = about_someone(message or a_message(), about, name)
    row = received(message)
    return store_report(
        Incoming(
            received_id=row.id,
            message_key=row.message_key,
            received_at=row.received_at,
            sender_id=row.sender_id,
            number=about,
            message=message,
        )
    )
