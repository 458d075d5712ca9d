"""«Reservasjon», against storing and against digital access, through the door."""

import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from access import operations
from access.lookup.answers import Answer, Found, answer, request_for
from access.models import DigitalOptOut
from access.terms import Action, Facts, Viewer
from results.models import OptOut


@dataclass(frozen=True, slots=True)
class Reservation:
    """Since when nothing is stored, and since when the citizen's pages are closed; None
    when they are not. `is_erased` once the last message has been looked through."""

    reserved_at: datetime.datetime | None
    is_erased: bool
    digital_at: datetime.datetime | None


def read_reservation(viewer: Viewer, *, patient_id: uuid.UUID) -> Answer[Reservation]:
    """What is reserved now. A change that is over is in the log."""
    request = request_for(Action.READ_LIMITS, viewer, patient_id)

    def fetch(_facts: Facts) -> Found[Reservation]:
        return Found(reservation_of(patient_id))

    return answer(request, fetch)


def reserve(viewer: Viewer, *, patient_id: uuid.UUID) -> Answer[Reservation]:
    """Nothing is stored from now, and what is stored is erased before this returns."""
    return _changed(Action.RESERVE, operations.reserve, viewer, patient_id)


def end_reservation(viewer: Viewer, *, patient_id: uuid.UUID) -> Answer[Reservation]:
    """Answers that come from now are stored; nothing comes back."""
    return _changed(
        Action.END_RESERVATION, operations.end_reservation, viewer, patient_id
    )


def close_digital_access(
    viewer: Viewer, *, patient_id: uuid.UUID
) -> Answer[Reservation]:
    """The citizen's own pages are closed from now; the help desk opens them again."""
    return _changed(
        Action.CLOSE_DIGITAL, operations.close_digital_access, viewer, patient_id
    )


def _changed(
    action: Action,
    change: Callable[..., bool],
    viewer: Viewer,
    patient_id: uuid.UUID,
) -> Answer[Reservation]:
    request = request_for(action, viewer, patient_id)

    def fetch(_facts: Facts) -> Found[Reservation]:
        change(viewer, patient_id=patient_id, at=request.at)
        return Found(reservation_of(patient_id))

    return answer(request, fetch, changes=True)


def reservation_of(patient_id: uuid.UUID) -> Reservation:
    """What is reserved now; for those who have been let in. Two queries."""
    stored = OptOut.objects.filter(patient_id=patient_id, valid_to=None).first()
    digital = DigitalOptOut.objects.filter(patient_id=patient_id, valid_to=None).first()
    return Reservation(
        reserved_at=stored.valid_from if stored else None,
        is_erased=bool(stored and stored.erased_at),
        digital_at=digital.set_at if digital else None,
    )
