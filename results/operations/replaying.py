"""What an operator decides about a message that did not get through by itself."""

import uuid
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from results.models import (
    Alarm,
    Organization,
    OutgoingMessage,
    ReceivedMessage,
)
from results.operations.operator_actions import Act, Refused, check_no_number, record
from results.vocabulary import MessageOutcome, OperatorActionKind, OutgoingKind

REPLAYABLE = frozenset(
    {
        MessageOutcome.QUARANTINED,
        MessageOutcome.REJECTED,
        MessageOutcome.UNREADABLE,
        MessageOutcome.WITHHELD,
    }
)
_REJECTED = 2
_LOCAL_FAULT = "X99"
_LONGEST_KEY = 200

_GONE = _("Meldingen finnes ikke.")
_DECIDED = _("Meldingen er ferdig behandlet, eller venter på tur.")
_PURGED = _("Innholdet er slettet, så meldingen kan ikke behandles på nytt.")
_CONFLICTS = _(
    "Avsenderen har sendt en annen melding med samme MsgId. "
    "Godta denne som egen melding, eller avvis den."
)
_NO_CONFLICT = _("Ingen annen melding har samme MsgId.")
_SAME_SENDER = _("Meldingen er allerede fra denne avsenderen.")
_NO_SENDER = _("Velg en avsender.")
_HAS_IT = _("Den avsenderen har allerede en melding med samme MsgId.")
_ANSWERED = _("Avsenderen har fått kvittering. Den kan ikke endres eller sendes igjen.")
_NO_TEXT = _("Skriv hva avsenderen skal få vite.")


def begin_anew(message_id: uuid.UUID, *, act: Act) -> ReceivedMessage:
    """Let the message wait for a worker again, with a new series of attempts. Raises
    Refused; what became a report is never processed twice."""
    received = _held(message_id)
    if received.is_conflicting:
        raise Refused(_CONFLICTS)
    _wait(received, act=act)
    record(OperatorActionKind.REPLAY, act, received=received)
    return received


def assign_sender(
    message_id: uuid.UUID, *, organization_id: uuid.UUID | None, act: Act
) -> ReceivedMessage:
    """The message is another producer's than its channel said; it waits again."""
    received = _held(message_id)
    if organization_id is None:
        raise Refused(_NO_SENDER)
    if not Organization.objects.filter(pk=organization_id).exists():
        raise Refused(_NO_SENDER)
    former, received.sender_id = received.sender_id, organization_id
    if former == organization_id:
        raise Refused(_SAME_SENDER)
    received.is_conflicting = False
    _wait(received, act=act)
    record(
        OperatorActionKind.REASSIGN,
        act,
        received=received,
        organization_id=organization_id,
        former=str(former),
    )
    return received


def accept_conflict(message_id: uuid.UUID, *, act: Act) -> ReceivedMessage:
    """Take another message with a MsgId we have as one of its own. No second receipt
    is made for that MsgId; copies of these bytes are known again by `accepted_key`."""
    received = _held(message_id)
    if not received.is_conflicting:
        raise Refused(_NO_CONFLICT)
    received.is_conflicting = False
    received.message_key = accepted_key(
        received.message_key or "", bytes(received.content_sha256)
    )
    _wait(received, act=act)
    record(OperatorActionKind.ACCEPT, act, received=received)
    return received


def accepted_key(message_key: str, digest: bytes) -> str:
    """The key of a message that shares its MsgId with another."""
    suffix = f"#{digest.hex()[:16]}"
    return message_key[: _LONGEST_KEY - len(suffix)] + suffix


def is_accepted_conflict(received: ReceivedMessage) -> bool:
    """Whether another message answers for this MsgId."""
    digest = bytes(received.content_sha256)
    return (received.message_key or "").endswith(accepted_key("", digest))


def close_as_rejected(
    message_id: uuid.UUID, *, text: str, sealed_receipts: Sequence[bytes], act: Act
) -> ReceivedMessage:
    """Refuse a message in quarantine. `text` goes to the sender; the receipts, when any
    could be written, through the outbox. Raises Refused where one was sent before."""
    received = held_for_answer(message_id, text=text)
    now = timezone.now()
    received.outcome = MessageOutcome.REJECTED
    received.processed_at = max(now, received.received_at)
    received.faults = [{"code": _LOCAL_FAULT, "text": text}]
    if sealed_receipts and not received.is_conflicting:
        received.apprec_status = _REJECTED
        for sealed in sealed_receipts:
            _send(received, sealed)
    received.save(update_fields=["outcome", "processed_at", "faults", "apprec_status"])
    _close_alarms(received, act=act)
    record(OperatorActionKind.REJECT, act, received=received, text=text)
    return received


def held_for_answer(message_id: uuid.UUID, *, text: str) -> ReceivedMessage:
    """The message, locked, when it may still be refused with this text."""
    received = _held(message_id)
    if not text.strip():
        raise Refused(_NO_TEXT)
    check_no_number(text)
    if received.answers.filter(kind=OutgoingKind.APPREC).exists():
        raise Refused(_ANSWERED)
    if received.outcome != MessageOutcome.QUARANTINED:
        raise Refused(_DECIDED)
    return received


def _held(message_id: uuid.UUID) -> ReceivedMessage:
    found = ReceivedMessage.objects.select_for_update(of=("self",), no_key=True)
    received = found.select_related("source_system").filter(pk=message_id).first()
    if received is None:
        raise Refused(_GONE)
    if received.outcome not in REPLAYABLE:
        raise Refused(_DECIDED)
    return received


def _wait(received: ReceivedMessage, *, act: Act) -> None:
    if received.content_encrypted is None:
        raise Refused(_PURGED)
    received.outcome = MessageOutcome.RECEIVED
    received.processed_at = None
    received.attempts = 0
    received.withheld_reason = ""
    try:
        with transaction.atomic():
            received.save()
    except IntegrityError:
        raise Refused(_HAS_IT) from None
    _close_alarms(received, act=act)


def _close_alarms(received: ReceivedMessage, *, act: Act) -> None:
    """What the message was held for is dealt with; a new failure calls anew."""
    Alarm.objects.filter(received_message=received, closed_at=None).update(
        closed_at=timezone.now(), closed_by=act.by, closed_reason=act.reason
    )


def _send(received: ReceivedMessage, sealed_receipt: bytes) -> None:
    source = received.source_system
    destination = source.apprec_url if source else ""
    OutgoingMessage.objects.create(
        kind=OutgoingKind.APPREC,
        received_message=received,
        destination=destination,
        status=_REJECTED,
        content_encrypted=sealed_receipt,
        due_at=timezone.now() if destination else None,
    )
