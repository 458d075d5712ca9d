"""A need for one patient is stated, and ends."""

import datetime
import uuid

from django.db.models import F, Value
from django.db.models.functions import Greatest

from access.models import CareRelationship, User
from access.operations.restrictions import ensure_patient_policy
from access.terms import AccessBasis, AccessRequest


def hold(user_id: uuid.UUID) -> None:
    """Let one person's openings come one after another, until the transaction ends."""
    User.objects.select_for_update(no_key=True).filter(pk=user_id).first()


def state_need(
    request: AccessRequest, *, justification: str, minutes: int
) -> CareRelationship:
    """Record a need for one patient; it ends the session's need for any other.

    Only `access.lookup` calls this, after the decision.
    """
    viewer, exemption = request.viewer, request.exemption
    user_id, session_id = viewer.user_id, viewer.session_id
    if user_id is None or session_id is None or viewer.organization_id is None:
        raise ValueError("a need is stated in a session, for an organisation")
    if request.basis is None or request.purpose is None:
        raise ValueError("a need has a basis and a purpose")
    if request.basis is not AccessBasis.EXEMPT:
        exemption = None
    end_need(session_id, at=request.at)
    ensure_patient_policy(request.patient_id)
    return CareRelationship.objects.create(
        user_id=user_id,
        session_id=session_id,
        patient_id=request.patient_id,
        organization_id=viewer.organization_id,
        role_code=viewer.role_code,
        basis=request.basis,
        purpose_of_use=request.purpose,
        justification=justification,
        exempt_ground=exemption.ground if exemption else "",
        assessed_by=exemption.assessed_by.strip() if exemption else "",
        assessed_on=exemption.assessed_on if exemption else None,
        attested_at=request.at,
        expires_at=request.at + datetime.timedelta(minutes=minutes),
    )


def end_need(*session_ids: uuid.UUID, at: datetime.datetime) -> None:
    """End what the sessions have open: patient closed or changed, or session over."""
    CareRelationship.objects.filter(session_id__in=session_ids, ended_at=None).update(
        # Never before it began, also when two servers' clocks differ.
        ended_at=Greatest(Value(at), F("attested_at"))
    )
