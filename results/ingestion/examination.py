"""What was found when a message was looked through: plain values for its sender."""

import enum
from dataclasses import dataclass

from results.ingestion.findings import CodeFinding, UnitFinding
from results.kith.places import Place
from results.parsed import MessageFault
from results.queries import ReportDetail
from results.vocabulary import MessageFormat, MessageOutcome


class SchemaState(enum.StrEnum):
    """How a message stands to its schema."""

    FOLLOWED = "followed"
    BROKEN = "broken"
    NOT_INSTALLED = "not-installed"
    NOT_CHECKED = "not-checked"
    HAS_NONE = "has-none"


@dataclass(frozen=True, slots=True)
class SchemaProblem:
    """A departure from the schema; `place` is None when it cannot be told."""

    text: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Examination:
    """All that a sender is told of a message; no text in it holds a national number.

    `syntax_fault` is the sentence of a message that cannot be parsed, with its place
    when that is known. `report` is None when no report could be read; it is there also
    when the message would be refused. `apprec` is XML, None where none can be made.
    """

    outcome: MessageOutcome
    format: MessageFormat
    message_id: str
    syntax_fault: str
    syntax_place: Place | None
    schema: SchemaState
    schema_problems: tuple[SchemaProblem, ...]
    faults: tuple[MessageFault, ...]
    warnings: tuple[str, ...]
    codes: tuple[CodeFinding, ...]
    units: tuple[UnitFinding, ...]
    item_count: int
    report: ReportDetail | None
    apprec: str | None
    apprec_version: str | None

    @property
    def is_accepted(self) -> bool:
        return self.outcome is MessageOutcome.STORED
