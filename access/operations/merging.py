"""When two patients become one, or are parted: who they are as users, and who has them
open. The access log is left as it was written, and read under both keys."""

import uuid
from collections.abc import Iterable

from django.db.models import F, Model, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from access.models import (
    AccessRestriction,
    CareRelationship,
    MarkedReport,
    PractitionerBlock,
    RegisterFact,
    ReleaseDecision,
    Representation,
    User,
    YouthConsent,
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


_LIMITS = (AccessRestriction, PractitionerBlock, ReleaseDecision)
_PEOPLE: tuple[tuple[type[Model], str], ...] = (
    (Representation, "representative_id"),
    (Representation, "represented_id"),
    (RegisterFact, "patient_id"),
    (YouthConsent, "youth_id"),
    (YouthConsent, "parent_id"),
    (MarkedReport, "patient_id"),
)


def move_people(
    sender: object, *, surviving_id: uuid.UUID, merged_id: uuid.UUID, **_rest: object
) -> list[str]:
    """Who sees for whom follows the one person, and what registers tell of them; gives
    what moved. A standing consent to the same parent under both keys moves once."""
    moved = []
    for number, (model, side) in enumerate(_PEOPLE):
        for row in model._default_manager.filter(**{side: merged_id}):
            if _would_meet_itself(row, side, surviving_id):
                continue
            setattr(row, side, surviving_id)
            row.save(update_fields=[side])
            moved.append(f"{number}:{row.pk}")
    count_change(surviving_id)
    return moved


def move_people_back(
    sender: object,
    *,
    surviving_id: uuid.UUID,
    merged_id: uuid.UUID,
    followed: dict[str, Iterable[str]],
    **_rest: object,
) -> None:
    """Each is of whom it was of."""
    for told in followed.get(move_people.__name__, ()):
        number, _colon, key = told.partition(":")
        model, side = _PEOPLE[int(number)]
        model._default_manager.filter(pk=key).update(**{side: merged_id})
    count_change(surviving_id)
    count_change(merged_id)


def _would_meet_itself(row: Model, side: str, surviving_id: uuid.UUID) -> bool:
    """Nobody represents themselves, or consents twice."""
    if isinstance(row, Representation):
        return surviving_id in (row.representative_id, row.represented_id)
    if not isinstance(row, YouthConsent) or row.revoked_at is not None:
        return False
    pair = {"youth_id": row.youth_id, "parent_id": row.parent_id, side: surviving_id}
    return YouthConsent.objects.filter(**pair, revoked_at=None).exists()


def connect() -> None:
    """Be told, in the same transaction as it is done."""
    patients_merged.connect(follow_merge, dispatch_uid="access")
    patients_parted.connect(follow_parting, dispatch_uid="access")
    patients_merged.connect(move_limits, dispatch_uid="limits")
    patients_parted.connect(move_limits_back, dispatch_uid="limits")
    patients_merged.connect(move_people, dispatch_uid="people")
    patients_parted.connect(move_people_back, dispatch_uid="people")


def _close(patient_id: uuid.UUID) -> None:
    CareRelationship.objects.filter(patient_id=patient_id, ended_at=None).update(
        ended_at=Greatest(Value(timezone.now()), F("attested_at"))
    )
