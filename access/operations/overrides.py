"""What was closed is opened: the patient is told, and an override is explained."""

import datetime
import uuid

from access.models import EmergencyOverride, Notice
from access.models.emergency_override import TEXT_CONTEXT
from access.terms import (
    AccessBasis,
    AccessRequest,
    Facts,
)
from access.vocabulary import (
    NoticeKind,
)
from results.encryption import encrypt

_NOTICES = {
    AccessBasis.ELEVATED_CONSENT: NoticeKind.OPENED_WITH_CONSENT,
    AccessBasis.ELEVATED_EMERGENCY: NoticeKind.OPENED_IN_EMERGENCY,
}


def note_elevation(need_id: uuid.UUID, request: AccessRequest, facts: Facts) -> None:
    """Write down what the need just stated opens beyond the ordinary: nothing, unless
    its basis is elevated."""
    if request.basis not in _NOTICES:
        return
    Notice.objects.create(
        patient_id=request.patient_id, kind=_NOTICES[request.basis], at=request.at
    )
    if request.basis is AccessBasis.ELEVATED_EMERGENCY:
        _open_override(need_id, request, facts)


def explain_override(
    user_id: uuid.UUID, *, override_id: uuid.UUID, text: str, at: datetime.datetime
) -> bool:
    """The person's own words on why; once given they stand. False for what is not
    theirs, or is explained."""
    waiting = EmergencyOverride.objects.filter(
        pk=override_id, user_id=user_id, explained_at=None
    )
    encrypted = encrypt(text.encode(), context=TEXT_CONTEXT)
    return waiting.update(text_encrypted=encrypted, explained_at=at) > 0


def _open_override(need_id: uuid.UUID, request: AccessRequest, facts: Facts) -> None:
    viewer, policies = request.viewer, facts.policies
    if viewer.user_id is None or viewer.organization_id is None:
        raise ValueError("an override is one person's, for an organisation")
    EmergencyOverride.objects.create(
        care_relationship_id=need_id,
        patient_id=request.patient_id,
        user_id=viewer.user_id,
        organization_id=viewer.organization_id,
        reason_code=request.emergency_reason or "",
        is_unneeded=not facts.limits.close_something,
        opened_at=request.at,
        text_due_at=request.at
        + datetime.timedelta(hours=policies.emergency_text_hours),
        review_due_at=request.at
        + datetime.timedelta(days=policies.emergency_review_days),
    )
