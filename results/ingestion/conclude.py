"""What became of messages is written down, their senders answered, operators called."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from results import operations
from results.ingestion import acknowledge, sharing
from results.ingestion.judge import Judgement
from results.models import OutgoingMessage, ReceivedMessage
from results.models.uuids import new_id
from results.operations import StoredReport
from results.operations.copying import as_json, copy_rows
from results.operations.replaying import is_accepted_conflict
from results.vocabulary import (
    AlarmKind,
    MessageOutcome,
    OutgoingKind,
    WithheldReason,
)

# The message's own hour may be ahead of this machine's clock.
_UPDATE = """
    UPDATE results_receivedmessage AS m SET
        outcome = v.outcome, format = v.format, faults = v.faults::jsonb,
        warnings = v.warnings::jsonb, schema_result = v.schema_result,
        apprec_status = COALESCE(v.apprec_status, m.apprec_status),
        withheld_reason = v.withheld_reason,
        content_encrypted = CASE WHEN v.is_forgotten THEN NULL
                                 ELSE m.content_encrypted END,
        purged_at = CASE WHEN v.is_forgotten THEN %s ELSE m.purged_at END,
        processed_at = GREATEST(%s, m.received_at), attempts = m.attempts + %s
    FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
                %s::smallint[], %s::text[], %s::boolean[])
        AS v (id, outcome, format, faults, warnings, schema_result, apprec_status,
              withheld_reason, is_forgotten)
    WHERE m.id = v.id
"""
_OTHER_PATIENT = "Et svar kom igjen med en annen pasient. Meldingen er i karantene."
_TIED = "To versjoner av samme svar har samme tid (GenDate) og ulikt innhold."
_ILLEGAL = "Et svar er endret etter at det ble trukket tilbake."
_UNCLEAR = "Svar med uavklart reservasjon (3108 U) er lagret."
_NO_ADDRESS = "En kvittering kan ikke adresseres: avsender mangler i meldingen."
_SHRUNK = "Endringen har færre resultater enn versjonen før ({} mot {})."


@dataclass(frozen=True, slots=True)
class Conclusion:
    """One message decided: `stored` when it was, `withheld_reason` when held back;
    `is_forgotten` when not even its bytes are kept."""

    received: ReceivedMessage
    outcome: MessageOutcome
    judgement: Judgement
    receipts: tuple[acknowledge.Receipt, ...]
    warnings: tuple[str, ...]
    stored: StoredReport | None = None
    withheld_reason: WithheldReason | None = None
    is_forgotten: bool = False

    @property
    def is_answered(self) -> bool:
        """What is in quarantine is answered when an operator has decided."""
        return self.outcome is not MessageOutcome.QUARANTINED

    @property
    def apprec_status(self) -> int:
        """Volven 8258, also for what has no receipt of its own, such as FHIR."""
        return acknowledge.status_of(self.judgement.faults)


def conclude(conclusions: Sequence[Conclusion], *, attempts: int) -> None:
    """Write down a batch: the inbox rows, the receipts to send, the alarms."""
    answered = _answered_before(conclusions)
    to_answer = [
        c for c in conclusions if c.is_answered and c.received.id not in answered
    ]
    _update(conclusions, {c.received.id for c in to_answer}, attempts)
    copy_rows(
        OutgoingMessage,
        [
            _outgoing(conclusion, receipt)
            for conclusion in to_answer
            for receipt in conclusion.receipts
        ],
    )
    for conclusion in conclusions:
        for kind, key, text in _alarms(conclusion):
            operations.raise_alarm(
                kind,
                key=key,
                text=text,
                organization_id=conclusion.received.sender_id,
                received_message_id=conclusion.received.id,
            )


def _answered_before(conclusions: Sequence[Conclusion]) -> frozenset[uuid.UUID]:
    """Whose senders have a receipt for that MsgId: there is never a second (HITS 1168).
    Asks only when an operator has let some be processed again."""
    others = {c.received.id for c in conclusions if is_accepted_conflict(c.received)}
    again = [c.received.id for c in conclusions if c.received.apprec_status is not None]
    if not again:
        return frozenset(others)
    made = OutgoingMessage.objects.filter(
        received_message_id__in=again, kind=OutgoingKind.APPREC
    )
    return frozenset(others.union(made.values_list("received_message_id", flat=True)))


def _update(
    conclusions: Sequence[Conclusion], answered: set[uuid.UUID], attempts: int
) -> None:
    columns: list[list[Any]] = [
        [c.received.id for c in conclusions],
        [c.outcome.value for c in conclusions],
        [c.judgement.format.value for c in conclusions],
        [_faults(c) for c in conclusions],
        [as_json(_warnings(c)) for c in conclusions],
        [c.judgement.schema_result for c in conclusions],
        [c.apprec_status if c.received.id in answered else None for c in conclusions],
        [c.withheld_reason.value if c.withheld_reason else "" for c in conclusions],
        [c.is_forgotten for c in conclusions],
    ]
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE, [now, now, attempts + 1, *columns])


def _faults(conclusion: Conclusion) -> str:
    faults = conclusion.judgement.faults
    return as_json([{"code": f.code, "text": f.text} for f in faults])


def _warnings(conclusion: Conclusion) -> list[str]:
    warnings = list(conclusion.warnings)
    stored = conclusion.stored
    if stored and stored.fell_from is not None:
        warnings.append(_SHRUNK.format(stored.observation_count, stored.fell_from))
    return warnings


def _outgoing(
    conclusion: Conclusion, receipt: acknowledge.Receipt
) -> dict[str, object]:
    """A sender without an address for receipts fetches them."""
    source = conclusion.received.source_system
    destination = source.apprec_url if source else ""
    now = timezone.now()
    return {
        "id": new_id(),
        "kind": OutgoingKind.APPREC.value,
        "received_message_id": conclusion.received.id,
        "recipient": "",
        "destination": destination,
        "status": receipt.status,
        "content_encrypted": receipt.sealed(),
        "created_at": now,
        "due_at": now if destination else None,
        "attempts": 0,
        "problem": "",
    }


def _alarms(conclusion: Conclusion) -> Iterator[tuple[AlarmKind, str, str]]:
    message_key = str(conclusion.received.id)
    if conclusion.outcome is MessageOutcome.QUARANTINED:
        yield AlarmKind.WRONG_PATIENT, message_key, _OTHER_PATIENT
    if conclusion.judgement.message.sender is None and conclusion.is_answered:
        sender_key = str(conclusion.received.sender_id)
        yield AlarmKind.UNADDRESSABLE, sender_key, _NO_ADDRESS
    stored = conclusion.stored
    if stored is None:
        return
    if stored.is_tied:
        yield AlarmKind.TIE, str(stored.report_id), _TIED
    if stored.has_illegal_predecessor:
        yield AlarmKind.ILLEGAL_CHANGE, str(stored.report_id), _ILLEGAL
    report = conclusion.judgement.message.report
    if report and sharing.is_unclear(report):
        yield AlarmKind.RESERVATION, str(conclusion.received.sender_id), _UNCLEAR
