"""What became of a message, as a status and an OperationOutcome."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from results.fhir.outcome import fault_issue, issue, outcome, told, warning_issues
from results.ingestion import receive
from results.parsed import MessageFault
from results.vocabulary import MessageOutcome

UNREADABLE, REFUSED, CONFLICT = 400, 422, 409
_REASONS = {
    200: "200 OK",
    201: "201 Created",
    202: "202 Accepted",
    UNREADABLE: "400 Bad Request",
    CONFLICT: "409 Conflict",
    REFUSED: "422 Unprocessable Entity",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, a resource, and where the sender can ask again."""

    status: int
    outcome: dict[str, Any]
    location: str = ""

    @property
    def headers(self) -> dict[str, str]:
        return {"Location": self.location} if self.location else {}

    def as_entry(self) -> dict[str, Any]:
        """The same as an entry's response in a transaction's answer."""
        located = {"location": self.location} if self.location else {}
        response = {"status": _REASONS[self.status], **located}
        return {"response": {**response, "outcome": self.outcome}}


def answer_to(kept: receive.Received, *, position: int | None = None) -> Answer:
    """What has become of a kept message so far. A copy of one that was taken in is told
    so; of any other it is told again what is wrong. `position` is the entry of a
    transaction that the message stands in."""
    account = receive.account_of(receive.Received(kept.id, kept.outcome, is_new=True))
    location = reverse("fhir:outcome", args=[kept.id])
    warnings = account.warnings
    match account.outcome:
        case MessageOutcome.STORED | MessageOutcome.WITHHELD if kept.is_new:
            return Answer(201, told(_("Svaret er tatt imot."), warnings), location)
        case MessageOutcome.STORED | MessageOutcome.WITHHELD:
            return Answer(200, told(_("Vi har denne meldingen fra før.")), location)
        case MessageOutcome.RECEIVED:
            waits = _("Meldingen er mottatt og venter på behandling.")
            return Answer(202, told(waits), location)
        case MessageOutcome.QUARANTINED:
            return Answer(CONFLICT, in_quarantine())
    status = status_of(account.faults)
    grounds = [fault_issue(f, position=position) for f in account.faults]
    return Answer(status, outcome([*grounds, *warning_issues(warnings)]))


def status_of(faults: tuple[MessageFault, ...]) -> int:
    """400 for what cannot be read at all, 422 for what can and is refused."""
    return UNREADABLE if any(f.code == "T01" for f in faults) else REFUSED


def in_quarantine() -> dict[str, Any]:
    """That the message is with an operator."""
    text = _(
        "Meldingen er satt i karantene, fordi MsgId er brukt før med annet "
        "innhold eller fordi den ikke lot seg behandle."
    )
    return outcome([issue("error", "conflict", text)])
