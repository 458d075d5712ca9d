"""What is to become of a message: read and validated, no table asked."""

from dataclasses import dataclass

from django.conf import settings

from results.ingestion import validate
from results.ingestion.reading import open_message
from results.kith import schemas
from results.kith.envelope import Envelope
from results.kith.places import Problem
from results.parsed import MessageFault, ParsedMessage
from results.vocabulary import MessageFormat, MessageOutcome

_NOT_XML = "T01"


@dataclass(slots=True)
class Judgement:
    """What is to become of a message, before anything is stored. `problems` are where
    it departs from its schema, None where no schema is installed. `envelope` is what a
    receipt answers, where the message has one; large, so dropped when it is done."""

    outcome: MessageOutcome
    format: MessageFormat
    message: ParsedMessage
    faults: tuple[MessageFault, ...]
    warnings: tuple[str, ...]
    problems: tuple[Problem, ...] | None
    envelope: Envelope | None = None

    @property
    def schema_result(self) -> str:
        """The problems in a word or two, for the inbox."""
        if self.problems is None:
            return "ikke installert"
        return f"{len(self.problems)} avvik" if self.problems else "i orden"


def judge(content: bytes, *, is_strict: bool) -> Judgement:
    """Read and validate. Stores nothing, asks no table, never raises for bad input."""
    opened = open_message(content)
    message, envelope = opened.message, opened.envelope
    problems = _problems(envelope) if message.report else ()
    faults = _faults(message, problems, is_strict=is_strict)
    return Judgement(
        outcome=_outcome(faults),
        format=message.format,
        message=message,
        faults=faults,
        warnings=(
            *message.warnings,
            *validate.find_warnings(message),
            *(problem.text for problem in problems or ()),
        ),
        problems=problems,
        envelope=envelope,
    )


def _problems(envelope: Envelope | None) -> tuple[Problem, ...] | None:
    return schemas.envelope_problems(envelope) if envelope else None


def _outcome(faults: tuple[MessageFault, ...]) -> MessageOutcome:
    if any(fault.code == _NOT_XML for fault in faults):
        return MessageOutcome.UNREADABLE
    return MessageOutcome.REJECTED if faults else MessageOutcome.STORED


def _faults(
    message: ParsedMessage, problems: tuple[Problem, ...] | None, *, is_strict: bool
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
