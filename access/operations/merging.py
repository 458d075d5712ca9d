"""When two patients become one, or are parted: who they are as users, and who has them
open. The access log is left as it was written, and read under both keys."""

import uuid
from collections.abc import Iterable

from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from access.models import (
    AccessRestriction,
    CareRelationship,
    PractitionerBlock,
    User,
)
from access.operations.restrictions import count_change
from results.operations.merging import patients_merged, patients_parted


def follow_merge(
    sender: object, *, surviving_id: uuid.UUID, merged_id: uuid.UUID, **_rest: object
) -> list[str]:
    """Users of the merged patient are the surviving one's; gives which."""
    users = User.objects.filter(patient_id=merged_id)
    moved = [str(key) for key in users.values_list("pk", flat=True)]
    users.update(patient_id=surviving_id)
    _close(merged_id)
    return moved


def follow_parting(
    sender: object,
    *,
    surviving_id: uuid.UUID,
    merged_id: uuid.UUID,
    followed: dict[str, Iterable[str]],
    **_rest: object,
) -> None:
    """Back again; whoever has the one open may not have the other."""
    moved = followed.get(follow_merge.__name__, ())
    User.objects.filter(pk__in=moved).update(patient_id=merged_id)
    _close(surviving_id)


def move_limits(
    sender: object, *, surviving_id: uuid.UUID, merged_id: uuid.UUID, **_rest: object
) -> list[str]:
    """What either number had closed is closed for the one person; gives what moved."""
    moved = []
    for model in _LIMITS:
        rows = model._default_manager.filter(patient_id=merged_id)
        moved += [str(key) for key in rows.values_list("pk", flat=True)]
        rows.update(patient_id=surviving_id)
    count_change(surviving_id)
    return moved


def move_limits_back(
    sender: object,
    *,
    surviving_id: uuid.UUID,
    merged_id: uuid.UUID,
    followed: dict[str, Iterable[str]],
    **_rest: object,
) -> None:
    """Each closes again for whom it was set."""
    moved = list(followed.get(move_limits.__name__, ()))
    for model in _LIMITS:
        model._default_manager.filter(pk__in=moved).update(patient_id=merged_id)
    count_change(surviving_id)
    count_change(merged_id)


_LIMITS = (AccessRestriction, PractitionerBlock)


def connect() -> None:
    """Be told, in the same transaction as it is done."""
    patients_merged.connect(follow_merge, dispatch_uid="access")
    patients_parted.connect(follow_parting, dispatch_uid="access")
    patients_merged.connect(move_limits, dispatch_uid="limits")
    patients_parted.connect(move_limits_back, dispatch_uid="limits")


def _close(patient_id: uuid.UUID) -> None:
    CareRelationship.objects.filter(patient_id=patient_id, ended_at=None).update(
        ended_at=Greatest(Value(timezone.now()), F("attested_at"))
    )
