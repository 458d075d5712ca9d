"""An operator lets a message be processed again, or answers its sender."""

import logging
import uuid
from collections.abc import Callable

from django.db import transaction

from results.ingestion import acknowledge, journal, tasks
from results.ingestion.process import content_of
from results.kith.envelope import open_or_salvage
from results.models import OperatorProposal, ReceivedMessage
from results.operations import proposing, replaying
from results.operations.operator_actions import Act, Refused
from results.parsed import MessageFault
from results.vocabulary import OperatorActionKind

logger = logging.getLogger(__name__)

_OTHER = "X99"


@transaction.atomic
def replay(message_id: uuid.UUID, *, act: Act) -> None:
    """Begin a new series of attempts. Raises Refused."""
    _restart(replaying.begin_anew(message_id, act=act))


@transaction.atomic
def reassign(
    message_id: uuid.UUID, *, organization_id: uuid.UUID | None, act: Act
) -> None:
    """Give the message to another producer and process it as theirs. Raises Refused."""
    _restart(
        replaying.assign_sender(message_id, organization_id=organization_id, act=act)
    )


@transaction.atomic
def accept(message_id: uuid.UUID, *, act: Act) -> None:
    """Take a message whose MsgId another has as one of its own. Raises Refused."""
    _restart(replaying.accept_conflict(message_id, act=act))


@transaction.atomic
def reject(message_id: uuid.UUID, *, text: str, act: Act) -> None:
    """Refuse a message in quarantine with a text to its sender (X99 with OT). Raises
    Refused; a sender is answered once."""
    received = replaying.held_for_answer(message_id, text=text)
    replaying.close_as_rejected(
        message_id, text=text, sealed_receipts=_negative(received, text), act=act
    )


def confirm(proposal_id: uuid.UUID, *, by: str) -> OperatorProposal:
    """Do with each message what another operator proposed; what cannot be done with
    one is noted and stops none of the others. Raises Refused."""
    with transaction.atomic():
        proposal = proposing.decide(proposal_id, by=by, is_confirmed=True)
    act = Act(
        by,
        proposal.reason,
        {"proposal": str(proposal.pk), "proposed_by": proposal.proposed_by},
    )
    problems: dict[str, str] = {}
    for message_id in proposal.message_ids:
        try:
            _DEEDS[OperatorActionKind(proposal.kind)](message_id, proposal, act)
        except Refused as refused:
            problems[str(message_id)] = str(refused)
    proposing.note_problems(proposal, problems)
    return proposal


def _reassign_as_proposed(
    message_id: uuid.UUID, proposal: OperatorProposal, act: Act
) -> None:
    reassign(
        message_id,
        organization_id=uuid.UUID(proposal.details["organization_id"]),
        act=act,
    )


_DEEDS: dict[OperatorActionKind, Callable[[uuid.UUID, OperatorProposal, Act], None]] = {
    OperatorActionKind.REPLAY: lambda key, _proposal, act: replay(key, act=act),
    OperatorActionKind.REJECT: lambda key, proposal, act: reject(
        key, text=proposal.details["text"], act=act
    ),
    OperatorActionKind.REASSIGN: _reassign_as_proposed,
}


def _restart(received: ReceivedMessage) -> None:
    """On another connection, so that it stands whatever becomes of this one: at worst
    the message is tried among others once more."""
    journal.forget(received.pk)
    transaction.on_commit(tasks.wake, robust=True)


def _negative(received: ReceivedMessage, text: str) -> list[bytes]:
    """The receipts, sealed, one for each of our addresses that the message names; none
    when it cannot be answered."""
    faults = (MessageFault(_OTHER, text),)
    try:
        envelope, _fault = open_or_salvage(content_of(received))
        receipts = acknowledge.receipts_to(envelope, faults=faults)
        return [receipt.sealed() for receipt in receipts]
    except Exception as error:
        # The very content may be what no program can read.
        logger.warning("no receipt for %s: %s", received.pk, type(error).__name__)
        return []
