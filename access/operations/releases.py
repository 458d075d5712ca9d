"""What is decided of an answer: shown, delayed or withheld; the one before it ends."""

import datetime
import uuid

from access.models import Notice, ReleaseDecision
from access.models.release import TEXT_CONTEXT
from access.operations.restrictions import count_release
from access.release import DecisionKind, ReleaseOrder
from access.terms import NoticeKind, Viewer
from results.encryption import encrypt

_NOTICES = {
    DecisionKind.RELEASED: NoticeKind.ANSWER_RELEASED,
    DecisionKind.WITHHELD: NoticeKind.ANSWER_WITHHELD,
}


def decide_release(
    viewer: Viewer,
    *,
    patient_id: uuid.UUID,
    report_id: uuid.UUID,
    order: ReleaseOrder,
    was_shown: bool,
    at: datetime.datetime,
) -> uuid.UUID:
    """Write it down, and see to it that no older answer leaves after it."""
    count_release(patient_id)
    ReleaseDecision.objects.filter(report_id=report_id, ended_at=None).update(
        ended_at=at
    )
    decision = ReleaseDecision.objects.create(
        patient_id=patient_id,
        report_id=report_id,
        kind=order.kind,
        version_id=order.version_id,
        ended_wait=order.kind is not DecisionKind.RELEASED or not was_shown,
        code=order.code,
        until=order.until,
        review_date=order.review_date,
        comment_encrypted=_encrypted(order.comment),
        reasons_encrypted=_encrypted(order.reasons),
        decided_at=at,
        decided_by_user=viewer.user_id,
        decided_by_name=viewer.name,
        hpr_number=viewer.hpr_number,
        organization_id=viewer.organization_id,
        organization_name=viewer.organization_name,
    )
    if order.kind in _NOTICES:
        Notice.objects.create(patient_id=patient_id, kind=_NOTICES[order.kind], at=at)
    return decision.id


def _encrypted(text: str) -> bytes | None:
    return encrypt(text.encode(), context=TEXT_CONTEXT) if text else None
