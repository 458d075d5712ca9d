"""The one way in: keep the message, answer at once, queue the work."""

import hashlib
import time
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from results import operations
from results.encryption import encrypt
from results.ingestion import acknowledge, inbox, outbox, tasks
from results.ingestion.acknowledge import Account, ReportAccount
from results.ingestion.message_keys import key_of
from results.ingestion.process import CONTENT_CONTEXT
from results.ingestion.reading import peek
from results.ingestion.watch import pressure
from results.ingestion.watch.troubles import Trouble
from results.kith.peek import Peek
from results.kith.screening import MAX_BYTES
from results.models import Organization, ReceivedMessage, SourceSystem
from results.operations.replaying import accepted_key
from results.parsed import MessageFault, ParsedParty
from results.vocabulary import MessageFormat, MessageOutcome, OutgoingKind

# The limit of the reader, so that the door keeps nothing that cannot be read.
LARGEST_MESSAGE = MAX_BYTES
_POLL_SECONDS = 0.025
_CONFLICT = (
    "Avsenderen har brukt samme MsgId på en melding med annet innhold. "
    "Denne er satt i karantene og ikke lest inn."
)


@dataclass(frozen=True, slots=True)
class Channel:
    """The authenticated way a message came: whose it is, and through which client.

    A message over such a channel counts as addressed to us also when it names only
    other recipients: producers send the service an identical copy.
    """

    organization_id: uuid.UUID
    source_system_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """That a message is kept, and under which key; `is_new` is false for a copy."""

    id: uuid.UUID
    outcome: MessageOutcome
    is_new: bool


class UnknownSender(Exception):
    """The client may not send for anyone."""


class WrongOrganization(Exception):
    """The client's token is for another organisation than the one it sends for."""


class WrongSender(Exception):
    """The message names another organisation as its sender than the client's own."""


class IntakeClosed(Exception):
    """Nothing is taken in just now; ask again after `retry_after` seconds."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.retry_after = pressure.RETRY_AFTER


def channel_of(
    client_id: str, *, organization_numbers: Collection[str] = ()
) -> Channel:
    """The channel of a machine client. Raises UnknownSender.

    `organization_numbers` are those its token names; where it names any and the
    client's own is not among them, WrongOrganization is raised.
    """
    known = SourceSystem.objects.select_related("organization")
    source = known.filter(client_id=client_id, is_active=True).first()
    if source is None:
        raise UnknownSender
    own = source.organization.organization_number
    if organization_numbers and own not in organization_numbers:
        raise WrongOrganization
    return Channel(source.organization_id, source.id)


def require_open_intake() -> None:
    """Raises IntakeClosed. `receive` asks as well; ask before reading a large body."""
    if trouble := pressure.why_closed():
        raise IntakeClosed(trouble)


def receive(content: bytes, *, channel: Channel) -> Received:
    """Keep a message from a machine client. Raises IntakeClosed or WrongSender, keeping
    nothing."""
    require_open_intake()
    message = peek(content)
    organization = Organization.objects.get(pk=channel.organization_id)
    if not _speaks_for(organization, message.sender):
        raise WrongSender
    return _keep(content, message, organization, channel.source_system_id)


def receive_from_operator(content: bytes, *, sender_her_id: str | None) -> Account:
    """Keep and process a message that an operator hands over; tells what became of it.

    The sender is the one the message names, made known unconfirmed; `sender_her_id` is
    for messages that name none.
    """
    message = peek(content)
    fallback = (
        operations.register_organization(name="", her_id=sender_her_id).id
        if sender_her_id
        else None
    )
    organization = operations.sender_of(message.sender, fallback=fallback)
    received = _keep(content, message, organization, None)
    if received.outcome is MessageOutcome.RECEIVED:
        inbox.take(received.id)
        await_outcome(received.id, seconds=60)
    return account_of(received)


def await_outcome(message_id: uuid.UUID, *, seconds: float) -> MessageOutcome:
    """Wait for a worker to decide, at most so long; RECEIVED when none has."""
    deadline = time.monotonic() + seconds
    while True:
        outcome = MessageOutcome(
            ReceivedMessage.objects.values_list("outcome", flat=True).get(pk=message_id)
        )
        if outcome is not MessageOutcome.RECEIVED or time.monotonic() >= deadline:
            return outcome
        time.sleep(_POLL_SECONDS)


def apprec_of(message_id: uuid.UUID, *, channel: Channel) -> bytes | None:
    """The receipt of a message from this channel's organisation; None until it is
    made, and when there is none to make. Raises LookupError for others' messages.
    One that nobody was to send counts as delivered by this."""
    received = ReceivedMessage.objects.filter(
        pk=message_id, sender_id=channel.organization_id
    ).first()
    if received is None:
        raise LookupError
    receipt = received.answers.filter(kind=OutgoingKind.APPREC).last()
    if receipt is None or receipt.content_encrypted is None:
        return None
    if receipt.sent_at is None:
        outbox.fetched([receipt.pk])
    return acknowledge.opened(receipt.content_encrypted)


def account_of(received: Received) -> Account:
    """What became of a message; a copy of one we have gets no second receipt."""
    row = ReceivedMessage.objects.select_related("sender").get(pk=received.id)
    if not received.is_new:
        return _account(row, MessageOutcome.DUPLICATE, None)
    return _account(row, MessageOutcome(row.outcome), _report_account(row))


def _account(
    row: ReceivedMessage, outcome: MessageOutcome, report: ReportAccount | None
) -> Account:
    is_answer = outcome is not MessageOutcome.DUPLICATE
    return Account(
        message_id=row.message_id,
        format=MessageFormat(row.format),
        outcome=outcome,
        apprec_status=row.apprec_status if is_answer else None,
        faults=tuple(MessageFault(**f) for f in row.faults) if is_answer else (),
        report=report,
        warnings=tuple(row.warnings),
    )


def _report_account(row: ReceivedMessage) -> ReportAccount | None:
    version = getattr(row, "version", None)
    if version is None:
        return None
    report = version.report
    sender = report.sender
    is_own_key = not report.report_key.startswith("msg:")
    return ReportAccount(
        sender=sender.her_id or sender.organization_number,
        id=report.report_key if is_own_key else None,
        status=version.status,
        versions=report.versions.count(),
        observations=version.observations.count(),
        attachments=version.presented_forms.count(),
    )


def _speaks_for(organization: Organization, party: ParsedParty | None) -> bool:
    """Whether the organisation is among those the message names as its sender; a
    message that names none by id is taken as the channel's own."""
    if party is None:
        return True
    her_ids, numbers = party.ids_of("HER"), party.ids_of("ENH")
    if not her_ids and not numbers:
        return True
    if organization.her_id in her_ids:
        return True
    others = Organization.objects.filter(her_id__in=her_ids)
    return organization.organization_number in numbers and not others.exists()


def _keep(
    content: bytes,
    message: Peek,
    organization: Organization,
    source_system_id: uuid.UUID | None,
) -> Received:
    digest = hashlib.sha256(content).digest()
    message_id = message.message_id
    row = ReceivedMessage(
        source_system_id=source_system_id,
        sender=organization,
        message_id=message_id and message_id[:200],
        message_key=_message_key(message_id, digest),
        format=message.format,
        content_encrypted=encrypt(content, context=CONTENT_CONTEXT),
        content_sha256=digest,
        content_size=len(content),
    )
    with transaction.atomic():
        kept = _insert(row) or _known(row) or _quarantine(row)
        transaction.on_commit(tasks.wake, robust=True)
    return kept


def _message_key(message_id: str | None, digest: bytes) -> str:
    """Where there is no MsgId, the same bytes are the same message."""
    if message_id:
        return key_of(message_id)
    return f"sha256:{digest.hex()}"


def _insert(row: ReceivedMessage) -> Received | None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return None
    return Received(row.id, MessageOutcome(row.outcome), is_new=True)


def _known(row: ReceivedMessage) -> Received | None:
    """The row that holds these very bytes already, its deliveries counted."""
    key = row.message_key or ""
    same = ReceivedMessage.objects.filter(
        sender=row.sender,
        message_key__in=[key, accepted_key(key, bytes(row.content_sha256))],
        content_sha256=row.content_sha256,
    )
    if not same.update(deliveries=F("deliveries") + 1):
        return None
    known = same.get()
    return Received(known.id, MessageOutcome(known.outcome), is_new=False)


def _quarantine(row: ReceivedMessage) -> Received:
    """Same MsgId, other bytes: kept for an operator, never read in, never answered."""
    row.is_conflicting = True
    row.outcome = MessageOutcome.QUARANTINED
    row.processed_at = timezone.now()
    row.warnings = [_CONFLICT]
    kept = _insert(row) or _known(row)
    if kept is None:
        raise RuntimeError("a message can be neither kept nor found")
    return kept
