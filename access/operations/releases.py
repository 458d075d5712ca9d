"""What is decided of an answer: shown, delayed or withheld; the one before it ends."""

import datetime
import uuid

from access.models import Notice, ReleaseDecision
from access.models.release import TEXT_CONTEXT, DecisionCause
from access.operations.restrictions import count_release
from access.release import DecisionKind, ReleaseOrder
from access.terms import (
    Viewer,
)
from access.vocabulary import (
    NoticeKind,
)
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
    _end_standing(patient_id, report_id, at=at)
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


def release_by_rule(
    patient_id: uuid.UUID,
    report_id: uuid.UUID,
    *,
    version_id: uuid.UUID,
    at: datetime.datetime,
) -> None:
    """Show what no one has assessed in time, where the authorities have said so."""
    _end_standing(patient_id, report_id, at=at)
    ReleaseDecision.objects.create(
        patient_id=patient_id,
        report_id=report_id,
        kind=DecisionKind.RELEASED,
        cause=DecisionCause.AUTOMATED,
        version_id=version_id,
        decided_at=at,
    )
    Notice.objects.create(patient_id=patient_id, kind=NoticeKind.ANSWER_RELEASED, at=at)


def _end_standing(
    patient_id: uuid.UUID, report_id: uuid.UUID, *, at: datetime.datetime
) -> None:
    count_release(patient_id)
    ReleaseDecision.objects.filter(report_id=report_id, ended_at=None).update(
        ended_at=at
    )


def _encrypted(text: str) -> bytes | None:
    return encrypt(text.encode(), context=TEXT_CONTEXT) if text else None
