"""Every act of an operator is written down with who and why, in the act's own
transaction."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from results.identity import hide_numbers
from results.models import Alarm, OperatorAction, ReceivedMessage
from results.vocabulary import OperatorActionKind

_CLOSED = _("Alarmen er allerede lukket.")
_NO_REASON = _("Skriv hvorfor.")
_NUMBER = _("Skriv ikke fødselsnummer eller andre lange tall her.")


class Refused(Exception):
    """The act is not allowed as things stand; the text is for the operator."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts (an opaque key) and why. Raises Refused without a reason, and for one
    that holds what looks like an identity number."""

    by: str
    reason: str
    details: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise Refused(_NO_REASON)
        check_no_number(self.reason)


def check_no_number(text: str) -> None:
    """Raises Refused: what operators write is read by others, and never erased."""
    if hide_numbers(text) != text:
        raise Refused(_NUMBER)


def close_alarm(alarm_id: uuid.UUID, *, act: Act) -> None:
    """Close an alarm for the reason given. Raises Refused for one that is closed."""
    with transaction.atomic():
        alarm = Alarm.objects.select_for_update().filter(pk=alarm_id).first()
        if alarm is None or alarm.closed_at is not None:
            raise Refused(_CLOSED)
        alarm.closed_at = timezone.now()
        alarm.closed_by, alarm.closed_reason = act.by, act.reason
        alarm.save(update_fields=["closed_at", "closed_by", "closed_reason"])
        record(
            OperatorActionKind.CLOSE_ALARM,
            act,
            organization_id=alarm.organization_id,
            alarm=str(alarm.pk),
            alarm_kind=alarm.kind,
        )


def record(
    kind: OperatorActionKind,
    act: Act,
    *,
    received: ReceivedMessage | None = None,
    organization_id: uuid.UUID | None = None,
    **details: Any,  # noqa: ANN401 - whatever the kind of act has to tell, as JSON
) -> None:
    """Write down an act; nothing changes or removes the row."""
    OperatorAction.objects.create(
        kind=kind,
        received_message=received,
        organization_id=organization_id,
        by=act.by,
        reason=act.reason,
        details={**act.details, **details},
    )
