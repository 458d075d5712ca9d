"""What one proposes, another approves or declines, once."""

import datetime
import uuid
from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from access.models.answered import Answered
from results.operations.operator_actions import Refused

AnsweredModel = TypeVar("AnsweredModel", bound=Answered)
_SETTLED = _("Forslaget er allerede avgjort.")
_OWN = _("Et forslag avgjøres av en annen enn den som kom med det.")
_TOO_LATE = _("Datoen er passert. Lag et nytt forslag.")


def answered(
    model: type[AnsweredModel],
    key: uuid.UUID,
    *,
    by: str,
    is_approved: bool,
    earliest: datetime.date,
) -> AnsweredModel:
    """The proposal, locked and answered, for the caller to save. Raises Refused: also
    when it is to be approved and was to begin before `earliest`."""
    found = model._default_manager.select_for_update().filter(pk=key).first()
    if found is None or found.answered_at is not None:
        raise Refused(_SETTLED)
    if found.registered_by == by:
        raise Refused(_OWN)
    if is_approved and found.valid_from < earliest:
        raise Refused(_TOO_LATE)
    found.answered_by = by
    found.answered_at = timezone.now()
    found.is_approved = is_approved
    return found
