"""What touches many messages is proposed by one operator and decided by another."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from results.models import OperatorProposal
from results.operations.operator_actions import Act, Refused
from results.vocabulary import OperatorActionKind

IN_BULK = (
    OperatorActionKind.REPLAY,
    OperatorActionKind.REJECT,
    OperatorActionKind.REASSIGN,
)
_NOT_IN_BULK = _("Dette gjøres med én melding om gangen.")
_NONE = _("Velg minst én melding.")
_SETTLED = _("Forslaget er allerede avgjort.")
_OWN = _("Et forslag avgjøres av en annen enn den som kom med det.")


def propose(
    kind: OperatorActionKind,
    *,
    message_ids: Sequence[uuid.UUID],
    act: Act,
    details: dict[str, Any],
) -> OperatorProposal:
    """Write down what is proposed; nothing else happens. Raises Refused."""
    if kind not in IN_BULK:
        raise Refused(_NOT_IN_BULK)
    if not message_ids:
        raise Refused(_NONE)
    return OperatorProposal.objects.create(
        kind=kind,
        message_ids=list(message_ids),
        details=details,
        reason=act.reason,
        proposed_by=act.by,
    )


def decide(proposal_id: uuid.UUID, *, by: str, is_confirmed: bool) -> OperatorProposal:
    """Confirm or decline, once, as another than proposed. Raises Refused."""
    found = OperatorProposal.objects.select_for_update().filter(pk=proposal_id).first()
    if found is None or found.decided_at is not None:
        raise Refused(_SETTLED)
    if found.proposed_by == by:
        raise Refused(_OWN)
    found.decided_by = by
    found.decided_at = timezone.now()
    found.is_confirmed = is_confirmed
    found.save()
    return found


def note_problems(proposal: OperatorProposal, problems: dict[str, str]) -> None:
    """Which messages it could not be done with, by key, and why."""
    proposal.problems = [[key, why] for key, why in sorted(problems.items())]
    proposal.save(update_fields=["problems"])
