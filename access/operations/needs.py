"""A need for one patient is stated, and ends."""

import datetime
import uuid

from django.db.models import F, Value
from django.db.models.functions import Greatest

from access.models import CareRelationship, User
from access.operations.restrictions import ensure_patient_policy
from access.terms import AccessBasis, PurposeOfUse, Viewer


def hold(user_id: uuid.UUID) -> None:
    """Let one person's openings come one after another, until the transaction ends."""
    User.objects.select_for_update(no_key=True).filter(pk=user_id).first()


def state_need(
    viewer: Viewer,
    *,
    patient_id: uuid.UUID,
    basis: AccessBasis,
    purpose: PurposeOfUse,
    justification: str,
    at: datetime.datetime,
    minutes: int,
) -> CareRelationship:
    """Record a need for one patient; it ends the session's need for any other.

    Only `access.lookup` calls this, after the decision.
    """
    user_id, session_id = viewer.user_id, viewer.session_id
    if user_id is None or session_id is None or viewer.organization_id is None:
        raise ValueError("a need is stated in a session, for an organisation")
    end_need(session_id, at=at)
    ensure_patient_policy(patient_id)
    return CareRelationship.objects.create(
        user_id=user_id,
        session_id=session_id,
        patient_id=patient_id,
        organization_id=viewer.organization_id,
        role_code=viewer.role_code,
        basis=basis,
        purpose_of_use=purpose,
        justification=justification,
        attested_at=at,
        expires_at=at + datetime.timedelta(minutes=minutes),
    )


def end_need(*session_ids: uuid.UUID, at: datetime.datetime) -> None:
    """End what the sessions have open: patient closed or changed, or session over."""
    CareRelationship.objects.filter(session_id__in=session_ids, ended_at=None).update(
        # Never before it began, also when two servers' clocks differ.
        ended_at=Greatest(Value(at), F("attested_at"))
    )
