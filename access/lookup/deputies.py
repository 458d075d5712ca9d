"""Who assesses for the viewer; of no patient, and so in nobody's log."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils import timezone

from access import operations
from access.models import AssessmentDeputy, RoleAssignment, User
from access.terms import Viewer, ViewerKind
from results.models.signed import in_force


@dataclass(frozen=True, slots=True)
class DeputyLine:
    """One who assesses for the viewer, from a day to another, the end exclusive."""

    id: uuid.UUID
    hpr_number: str
    name: str
    valid_from: datetime.date
    valid_to: datetime.date | None


def deputies(viewer: Viewer) -> tuple[DeputyLine, ...]:
    """Those who do now or will, the first to begin first. Two queries."""
    workplace = _workplace(viewer)
    if workplace is None:
        return ()
    today = timezone.localdate()
    rows = list(
        AssessmentDeputy.objects.filter(
            Q(valid_to=None) | Q(valid_to__gt=today),
            covered_hpr=viewer.hpr_number,
            organization_id=workplace,
        )
        .exclude(valid_to=F("valid_from"))
        .order_by("valid_from", "id")
    )
    names = _names({row.deputy_hpr for row in rows})
    return tuple(
        DeputyLine(
            row.id,
            row.deputy_hpr,
            names.get(row.deputy_hpr, ""),
            row.valid_from,
            row.valid_to,
        )
        for row in rows
    )


def colleagues(viewer: Viewer) -> dict[str, str]:
    """Those in the viewer's organisation who may be chosen, by HPR number. Two
    queries."""
    workplace = _workplace(viewer)
    if workplace is None:
        return {}
    numbers = set(
        RoleAssignment.objects.filter(
            in_force(timezone.localdate()), organization_id=workplace
        )
        .exclude(hpr_number=viewer.hpr_number)
        .values_list("hpr_number", flat=True)
    )
    names = _names(numbers)
    return {number: names.get(number, number) for number in sorted(numbers)}


def set_deputy(
    viewer: Viewer,
    *,
    deputy_hpr: str,
    valid_from: datetime.date,
    valid_to: datetime.date | None = None,
) -> bool:
    """Whether the colleague now covers the viewer; only one of the organisation can."""
    if _workplace(viewer) is None:
        return False
    made = operations.set_deputy(
        viewer,
        deputy_hpr=deputy_hpr,
        valid_from=valid_from,
        valid_to=valid_to,
        at=timezone.now(),
    )
    return made is not None


def end_deputy(viewer: Viewer, *, deputy_id: uuid.UUID) -> bool:
    """End it from today; False for one that is not the viewer's."""
    if _workplace(viewer) is None:
        return False
    return operations.end_deputy(viewer, deputy_id, day=timezone.localdate())


def _workplace(viewer: Viewer) -> uuid.UUID | None:
    """Where personnel act; nowhere for anyone else."""
    is_personnel = viewer.kind is ViewerKind.PRACTITIONER and viewer.hpr_number
    return viewer.organization_id if is_personnel else None


def _names(numbers: set[str]) -> dict[str, str]:
    users = User.objects.filter(hpr_number__in=numbers).exclude(name="")
    return dict(users.values_list("hpr_number", "name"))
