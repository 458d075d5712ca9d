"""What was opened in an emergency, and until when it is to be explained."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime

from access.lookup import OverrideLine


@dataclass(frozen=True, slots=True)
class OverrideShown:
    """One opening, without who it was about: the form's key is enough."""

    id: str
    patient_id: str
    opened: str
    due: str
    reason: str


def present_overrides(lines: Iterable[OverrideLine]) -> tuple[OverrideShown, ...]:
    return tuple(
        OverrideShown(
            id=str(line.id),
            patient_id=str(line.patient_id),
            opened=date_format(localtime(line.opened_at), "j. F Y H.i"),
            due=date_format(localtime(line.due_at), "j. F Y H.i"),
            reason=str(line.reason.label),
        )
        for line in lines
    )
