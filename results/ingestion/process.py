"""Read, validate, store, acknowledge: a batch of messages in one transaction."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from results import identity, operations
from results.encryption import decrypt
from results.ingestion import conclude, sharing
from results.ingestion.acknowledge import Receipt, receipts_to
from results.ingestion.conclude import Conclusion
from results.ingestion.judge import Judgement, judge
from results.models import ReceivedMessage
from results.operations import Incoming, OtherPatient
from results.operations.patients import lookup_of
from results.queries.sharing import SharingPolicy, opted_out, sharing_policy
from results.vocabulary import WITHDRAWN, MessageOutcome, WithheldReason

CONTENT_CONTEXT = "received-message"
_OTHER_PATIENT = (
    "Avsenderen har brukt samme id på et svar om en annen pasient. "
    "Denne meldingen er satt i karantene og ikke lest inn."
)


@dataclass(frozen=True, slots=True)
class _Case:
    """A message on its way through; `incoming` is set when it is fit to be stored. The
    receipts are made at once, so that the opened message need not be held."""

    received: ReceivedMessage
    judgement: Judgement
    receipts: tuple[Receipt, ...]
    incoming: Incoming | None


@transaction.atomic
def process(batch: Sequence[ReceivedMessage], *, attempts: int = 0) -> None:
    """Take waiting messages all the way, all or none. The caller holds their rows.

    `attempts` is how often workers have died with them in hand. Processing a message
    again (a replay) changes nothing that is stored.
    """
    cases = [_case(received) for received in batch]
    withheld = _withheld(cases)
    forgotten = _forgotten(cases)
    stored = operations.store_reports(
        [
            case.incoming
            for case in cases
            if case.incoming and case.received.id not in withheld
        ]
    )
    conclude.conclude(
        [
            replace(
                _conclusion(case, stored.get(case.received.id), withheld),
                is_forgotten=case.received.id in forgotten
                or withheld.get(case.received.id) is WithheldReason.OPT_OUT,
            )
            for case in cases
        ],
        attempts=attempts,
    )


def content_of(received: ReceivedMessage) -> bytes:
    """The bytes as they came. Raises LookupError when they are purged."""
    if received.content_encrypted is None:
        raise LookupError("the content is purged")
    return decrypt(received.content_encrypted, context=CONTENT_CONTEXT)


def _case(received: ReceivedMessage) -> _Case:
    source = received.source_system
    is_strict = bool(source and source.is_strict)
    judgement = judge(content_of(received), is_strict=is_strict)
    receipts = receipts_to(judgement.envelope, faults=judgement.faults)
    judgement.envelope = None
    incoming = _incoming(received, judgement)
    return _Case(received, judgement, tuple(receipts), incoming)


def _incoming(received: ReceivedMessage, judgement: Judgement) -> Incoming | None:
    report = judgement.message.report
    if judgement.outcome is not MessageOutcome.STORED or report is None:
        return None
    if report.patient is None:
        raise ValueError("validation lets no message without a patient through")
    return Incoming(
        received_id=received.id,
        message_key=received.message_key or str(received.id),
        received_at=received.received_at,
        # The sender is who the channel says, whatever ids the message holds: nobody
        # makes a version of another's report.
        sender_id=received.sender_id,
        number=identity.parse(
            report.patient.identity_number,
            allow_test_numbers=settings.ALLOW_TEST_NUMBERS,
        ),
        message=judgement.message,
    )


def _withheld(cases: Sequence[_Case]) -> dict[uuid.UUID, WithheldReason]:
    """What is received and not stored, and why."""
    fit = [case.incoming for case in cases if case.incoming]
    lookups = {i.received_id: lookup_of(i.number) for i in fit}
    reserved = opted_out(lookups.values())
    policy = sharing_policy(timezone.localdate())
    found: dict[uuid.UUID, WithheldReason] = {}
    for incoming in fit:
        if lookups[incoming.received_id] in reserved:
            found[incoming.received_id] = WithheldReason.OPT_OUT
        elif reason := _withheld_by_rule(incoming, policy):
            found[incoming.received_id] = reason
    return found


def _forgotten(cases: Sequence[_Case]) -> frozenset[uuid.UUID]:
    """What is refused, and yet names someone who wants nothing stored."""
    named = {
        case.received.id: sharing.named_in(content_of(case.received))
        for case in cases
        if case.incoming is None
    }
    lookups = frozenset().union(*named.values())
    reserved = opted_out(lookups) if lookups else frozenset()
    return frozenset(key for key, lookups in named.items() if lookups & reserved)


def _withheld_by_rule(
    incoming: Incoming, policy: SharingPolicy
) -> WithheldReason | None:
    reason = sharing.withheld_reason(
        incoming.report,
        producer_id=incoming.sender_id,
        requester=incoming.message.primary_recipient,
        policy=policy,
    )
    # What is shown must be taken back when its laboratory does, whatever the rules
    # have become since.
    is_cancellation = incoming.report.status in WITHDRAWN
    if reason and is_cancellation and operations.is_stored(incoming):
        return None
    return reason


def _conclusion(
    case: _Case,
    stored: operations.StoredReport | OtherPatient | None,
    withheld: dict[uuid.UUID, WithheldReason],
) -> Conclusion:
    judgement = case.judgement
    conclusion = Conclusion(
        received=case.received,
        outcome=judgement.outcome,
        judgement=judgement,
        receipts=case.receipts,
        warnings=judgement.warnings,
        stored=stored if isinstance(stored, operations.StoredReport) else None,
    )
    if reason := withheld.get(case.received.id):
        said = () if reason is WithheldReason.OPT_OUT else judgement.warnings
        return replace(
            conclusion,
            outcome=MessageOutcome.WITHHELD,
            withheld_reason=reason,
            warnings=said,
        )
    if isinstance(stored, OtherPatient):
        return replace(
            conclusion,
            outcome=MessageOutcome.QUARANTINED,
            warnings=(_OTHER_PATIENT, *judgement.warnings),
        )
    return conclusion
