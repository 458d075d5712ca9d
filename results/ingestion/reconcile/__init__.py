"""A producer's own list of what it has sent, held against what we have."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from results.ingestion.message_keys import key_of
from results.ingestion.reconcile.lists import ListFault, UnusableList, read_list
from results.models import ReceivedMessage
from results.operations import Cause, settle_alarms
from results.vocabulary import AlarmKind, MessageOutcome

__all__ = [
    "ListFault",
    "Reconciliation",
    "Rejected",
    "UnusableList",
    "read_list",
    "reconcile",
]
_AT_A_TIME = 10_000
_LACKING = "Produsenten har sendt {} meldinger som vi ikke har (av {} på listen)."
_HELD = "held"
# What is held back stands with what is stored: its producer is not told.
_PLACES = {
    MessageOutcome.RECEIVED: "waiting",
    MessageOutcome.QUARANTINED: "quarantined",
    MessageOutcome.REJECTED: "rejected",
    MessageOutcome.UNREADABLE: "rejected",
}


@dataclass(frozen=True, slots=True)
class Rejected:
    """A message we refused, and the codes of its faults as its AppRec has them."""

    message_id: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Every MsgId of the list once, spelt and ordered as there. Held is what we have
    taken over, whether it is shown to anybody or not."""

    held: tuple[str, ...]
    lacking: tuple[str, ...]
    waiting: tuple[str, ...]
    quarantined: tuple[str, ...]
    rejected: tuple[Rejected, ...]


def reconcile(
    message_ids: Sequence[str], *, organization_id: uuid.UUID
) -> Reconciliation:
    """Hold the list against what this organisation has sent us. An operator is called
    when something is lacking, until a later list lacks nothing."""
    codes: dict[str, tuple[str, ...]] = {}
    places: defaultdict[str, list[str]] = defaultdict(list)
    for message_id, outcome, fault_codes in _found(message_ids, organization_id):
        places[_place(outcome)].append(message_id)
        codes[message_id] = fault_codes
    lacking = tuple(places["lacking"])
    _call(organization_id, lacking=len(lacking), listed=len(message_ids))
    return Reconciliation(
        held=tuple(places[_HELD]),
        lacking=lacking,
        waiting=tuple(places["waiting"]),
        quarantined=tuple(places["quarantined"]),
        rejected=tuple(Rejected(i, codes[i]) for i in places["rejected"]),
    )


def _place(outcome: MessageOutcome | None) -> str:
    return "lacking" if outcome is None else _PLACES.get(outcome, _HELD)


def _found(
    message_ids: Sequence[str], organization_id: uuid.UUID
) -> Iterator[tuple[str, MessageOutcome | None, tuple[str, ...]]]:
    """Each id with what became of it, None where we never got it. Other content under
    the same id is an operator's matter, and tells nothing of the first."""
    sent = ReceivedMessage.objects.filter(sender=organization_id, is_conflicting=False)
    for start in range(0, len(message_ids), _AT_A_TIME):
        part = message_ids[start : start + _AT_A_TIME]
        rows = sent.filter(message_key__in={key_of(i) for i in part})
        known = {
            key: (MessageOutcome(outcome), tuple(fault["code"] for fault in faults))
            for key, outcome, faults in rows.values_list(
                "message_key", "outcome", "faults"
            )
        }
        for message_id in part:
            yield message_id, *known.get(key_of(message_id), (None, ()))


def _call(organization_id: uuid.UUID, *, lacking: int, listed: int) -> None:
    text = _LACKING.format(lacking, listed)
    causes = [Cause("", text, organization_id)] if lacking else []
    settle_alarms(AlarmKind.RECONCILIATION, causes, prefix=str(organization_id))
