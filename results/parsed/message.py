"""The message around the report, and what is wrong with it."""

from dataclasses import dataclass

from results.parsed.parties import ParsedParty, ParsedRecipient
from results.parsed.report import ParsedReport
from results.parsed.values import ParsedMoment
from results.vocabulary import MessageFormat


@dataclass(frozen=True, slots=True)
class MessageFault:
    """A ground for refusal: Volven 8221 code and a sentence for the sender."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class ParsedMessage:
    """A message read. `faults` are grounds for a negative receipt that reading found;
    `warnings` are sentences, never grounds for refusal."""

    format: MessageFormat
    message_id: str | None = None
    generated_at: ParsedMoment | None = None
    is_test: bool = False
    sender: ParsedParty | None = None
    primary_recipient: ParsedParty | None = None
    report: ParsedReport | None = None
    faults: tuple[MessageFault, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def recipients(self) -> tuple[ParsedRecipient, ...]:
        """Everyone named, the primary recipient first (HITS 1168)."""
        primary = [self.primary_recipient] if self.primary_recipient else []
        copies = self.report.copy_recipients if self.report else ()
        return (
            *(ParsedRecipient(party, is_copy=False) for party in primary),
            *(ParsedRecipient(party, is_copy=True) for party in copies),
        )
