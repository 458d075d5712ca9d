"""Read, validate, store, acknowledge: one message, in one transaction."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from results import identity, operations
from results.encryption import decrypt
from results.ingestion import acknowledge, validate
from results.ingestion.reading import read
from results.kith import schemas
from results.models import Organization, ReceivedMessage
from results.parsed import MessageFault, ParsedMessage
from results.vocabulary import MessageFormat, MessageOutcome

CONTENT_CONTEXT = "received-message"
_NOT_XML = "T01"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is to become of a message, before anything is stored."""

    outcome: MessageOutcome
    format: MessageFormat
    message: ParsedMessage
    faults: tuple[MessageFault, ...]
    warnings: tuple[str, ...]
    schema_result: str


def judge(content: bytes, *, is_strict: bool) -> Judgement:
    """Read and validate. Stores nothing, asks no table, never raises for bad input."""
    message = read(content)
    problems = schemas.schema_problems(content) if message.report else ()
    faults = _faults(message, problems, is_strict=is_strict)
    return Judgement(
        outcome=_outcome(faults),
        format=message.format,
        message=message,
        faults=faults,
        warnings=(
            *message.warnings,
            *validate.find_warnings(message),
            *(problems or ()),
        ),
        schema_result=_schema_result(problems),
    )


@transaction.atomic
def process(received: ReceivedMessage) -> None:
    """Take one waiting message all the way. The caller holds the row's lock.

    Processing the same message again (a replay) changes nothing that is stored.
    """
    content = content_of(received)
    source = received.source_system
    judgement = judge(content, is_strict=bool(source and source.is_strict))
    if judgement.outcome is MessageOutcome.STORED:
        _store(judgement, received)
    _conclude(received, judgement, content)


def content_of(received: ReceivedMessage) -> bytes:
    """The bytes as they came."""
    return decrypt(received.content_encrypted, context=CONTENT_CONTEXT)


def _outcome(faults: tuple[MessageFault, ...]) -> MessageOutcome:
    if any(fault.code == _NOT_XML for fault in faults):
        return MessageOutcome.UNREADABLE
    return MessageOutcome.REJECTED if faults else MessageOutcome.STORED


def _faults(
    message: ParsedMessage, problems: tuple[str, ...] | None, *, is_strict: bool
) -> tuple[MessageFault, ...]:
    faults = [
        *message.faults,
        *validate.find_faults(
            message,
            allow_test_numbers=settings.ALLOW_TEST_NUMBERS,
            is_production=settings.IS_PRODUCTION,
        ),
    ]
    if settings.MUST_BE_ADDRESSED and message.report:
        own = settings.OWN_ORGANIZATION
        faults += validate.find_address_faults(
            message,
            her_id=own["her_id"],
            organization_number=own["organization_number"],
        )
    if is_strict and problems:
        faults.append(MessageFault("T02", "Meldingen følger ikke XML-skjemaet."))
    return tuple(faults)


def _schema_result(problems: tuple[str, ...] | None) -> str:
    if problems is None:
        return "ikke installert"
    return f"{len(problems)} avvik" if problems else "i orden"


def _store(judgement: Judgement, received: ReceivedMessage) -> None:
    message = judgement.message
    patient = message.report.patient if message.report else None
    if patient is None:
        raise ValueError("validation lets no message without a patient through")
    number = identity.parse(
        patient.identity_number, allow_test_numbers=settings.ALLOW_TEST_NUMBERS
    )
    operations.store_report(
        message,
        received=received,
        sender=_sender(message, received),
        patient_id=operations.ensure_patient(
            number, name=patient.name, sex=patient.sex
        ),
    )


def _sender(message: ParsedMessage, received: ReceivedMessage) -> Organization:
    """Over an authenticated channel the channel's own organisation, whatever ids the
    message holds: nobody makes a version of another's report."""
    if received.source_system_id is not None:
        return received.sender
    return operations.sender_of(message.sender, fallback=received.sender_id)


def _conclude(received: ReceivedMessage, judgement: Judgement, content: bytes) -> None:
    receipt = acknowledge.receipt_for(
        content, faults=judgement.faults, format=judgement.format
    )
    received.outcome = judgement.outcome
    received.format = judgement.format
    received.faults = [{"code": f.code, "text": f.text} for f in judgement.faults]
    received.warnings = list(judgement.warnings)
    received.schema_result = judgement.schema_result
    received.apprec_status = receipt.status
    received.apprec_encrypted = receipt.sealed()
    received.processed_at = timezone.now()
    received.attempts += 1
    received.save()
