"""A patient wants nothing stored, or nothing shown on the internet; or regrets it."""

import datetime
import uuid

from access.models import CorrectionCase, DigitalOptOut, Notice, ReleaseDecision
from access.operations.restrictions import count_change, side_of, signed
from access.terms import (
    Viewer,
)
from access.vocabulary import (
    NoticeKind,
)
from results.operations import opting_out
from results.queries import known_as


def reserve(viewer: Viewer, *, patient_id: uuid.UUID, at: datetime.datetime) -> bool:
    """Store nothing from now, and erase what is; the log stays. Whoever is reading the
    patient's answers is waited for. False when it was so already."""
    if not opting_out.reserve(patient_id, at=at):
        return False
    # What was written to the patient or of them about an answer goes with it.
    ReleaseDecision.objects.filter(patient_id__in=known_as(patient_id)).delete()
    CorrectionCase.objects.filter(patient_id__in=known_as(patient_id)).delete()
    count_change(patient_id)
    _tell(patient_id, NoticeKind.RESERVED, at)
    return True


def end_reservation(
    viewer: Viewer, *, patient_id: uuid.UUID, at: datetime.datetime
) -> bool:
    """Answers that come from now are stored. False when nothing was reserved."""
    if not opting_out.regret(patient_id, at=at):
        return False
    count_change(patient_id)
    _tell(patient_id, NoticeKind.RESERVATION_ENDED, at)
    return True


def close_digital_access(
    viewer: Viewer, *, patient_id: uuid.UUID, at: datetime.datetime
) -> bool:
    """The citizen's own pages are closed; personnel see as before. False when they were
    closed already."""
    _closed, is_new = DigitalOptOut.objects.get_or_create(
        patient_id=patient_id, valid_to=None, defaults=signed(viewer, at)
    )
    if is_new:
        _tell(patient_id, NoticeKind.DIGITAL_CLOSED, at)
    return is_new


def open_digital_access(
    viewer: Viewer, *, patient_id: uuid.UUID, at: datetime.datetime
) -> bool:
    """The citizen's own pages are open again. False when they were not closed."""
    closed = DigitalOptOut.objects.filter(patient_id=patient_id, valid_to=None)
    is_opened = closed.update(
        valid_to=at, lifted_by=side_of(viewer), lifted_by_user=viewer.user_id
    )
    if is_opened:
        _tell(patient_id, NoticeKind.DIGITAL_OPENED, at)
    return bool(is_opened)


def _tell(patient_id: uuid.UUID, kind: NoticeKind, at: datetime.datetime) -> None:
    Notice.objects.create(patient_id=patient_id, kind=kind, at=at)
