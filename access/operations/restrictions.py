"""A patient's limits are set and lifted; each change is counted and told."""

import datetime
import uuid
from typing import Any

from django.db import connection

from access.limits import LimitSetBy, RestrictionScope
from access.models import AccessRestriction, Notice, PractitionerBlock
from access.terms import (
    Viewer,
    ViewerKind,
)
from access.vocabulary import (
    NoticeKind,
)

_ENSURE = """
    INSERT INTO access_patientpolicy (patient_id, version) VALUES (%s, 1)
    ON CONFLICT (patient_id) DO NOTHING
"""
_COUNT = """
    INSERT INTO access_patientpolicy AS policy (patient_id, version) VALUES (%s, 2)
    ON CONFLICT (patient_id) DO UPDATE SET version = policy.version + 1
"""
_COUNT_RELEASE = """
    INSERT INTO access_patientpolicy AS policy (patient_id, version, release_version)
    VALUES (%s, 1, 2) ON CONFLICT (patient_id)
    DO UPDATE SET release_version = policy.release_version + 1
"""


def ensure_patient_policy(patient_id: uuid.UUID) -> None:
    """See to it that there is a row for readers and changers to meet at."""
    with connection.cursor() as cursor:
        cursor.execute(_ENSURE, [patient_id])


def count_change(patient_id: uuid.UUID) -> None:
    """Whoever has read and not yet answered must decide anew; whoever has answered is
    waited for."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [patient_id])


def count_release(patient_id: uuid.UUID) -> None:
    """The same for what the patient is shown: it concerns no personnel."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_RELEASE, [patient_id])


def set_restriction(
    viewer: Viewer,
    *,
    patient_id: uuid.UUID,
    scope: RestrictionScope,
    at: datetime.datetime,
    category: str = "",
    report_id: uuid.UUID | None = None,
    organization_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Close so much; what is closed already is left as it is."""
    closes = {
        "patient_id": patient_id,
        "scope": scope,
        "category": category,
        "report_id": report_id,
        "organization_id": organization_id,
    }
    count_change(patient_id)
    standing = AccessRestriction.objects.filter(
        **closes, valid_from=None, valid_to=None
    ).first()
    if standing is not None:
        return standing.id
    _tell(patient_id, at)
    return AccessRestriction.objects.create(**closes, **signed(viewer, at)).id


def set_block(
    viewer: Viewer,
    *,
    patient_id: uuid.UUID,
    hpr_number: str,
    blocked_name: str,
    at: datetime.datetime,
) -> uuid.UUID:
    """Shut this person out; who is shut out already is left so."""
    count_change(patient_id)
    standing = PractitionerBlock.objects.filter(
        patient_id=patient_id, hpr_number=hpr_number, valid_to=None
    ).first()
    if standing is not None:
        return standing.id
    _tell(patient_id, at)
    return PractitionerBlock.objects.create(
        patient_id=patient_id,
        hpr_number=hpr_number,
        blocked_name=blocked_name,
        **signed(viewer, at),
    ).id


def lift_limit(
    viewer: Viewer, *, patient_id: uuid.UUID, limit_id: uuid.UUID, at: datetime.datetime
) -> bool:
    """Lift one of the patient's own limits. False for one that is not, or is over."""
    count_change(patient_id)
    lifted = {
        "valid_to": at,
        "lifted_by": side_of(viewer),
        "lifted_by_user": viewer.user_id,
    }
    for model in (AccessRestriction, PractitionerBlock):
        standing = model._default_manager.filter(
            pk=limit_id, patient_id=patient_id, valid_to=None
        )
        if standing.update(**lifted):
            _tell(patient_id, at)
            return True
    return False


def signed(viewer: Viewer, at: datetime.datetime) -> dict[str, Any]:
    """Who set a limit, on whose word, and when."""
    return {
        "set_by": side_of(viewer),
        "set_by_user": viewer.user_id,
        "set_by_name": viewer.name,
        "set_at": at,
    }


def side_of(viewer: Viewer) -> LimitSetBy:
    """On whose word the viewer changes a limit."""
    if viewer.kind is ViewerKind.HELP_DESK:
        return LimitSetBy.HELP_DESK
    is_citizen = viewer.kind is ViewerKind.CITIZEN
    return LimitSetBy.CITIZEN if is_citizen else LimitSetBy.PERSONNEL


def _tell(patient_id: uuid.UUID, at: datetime.datetime) -> None:
    Notice.objects.create(patient_id=patient_id, kind=NoticeKind.LIMIT_CHANGED, at=at)
