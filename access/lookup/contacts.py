"""Where a patient is told and of what: read and changed through the door."""

import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from access import operations
from access.lookup.answers import Answer, Found, answer, request_for
from access.models import ContactPoint, NoticeChoice
from access.models.contact import ADDRESS_CONTEXT
from access.terms import (
    Action,
    Facts,
    Viewer,
)
from access.vocabulary import (
    Channel,
    ToldOfLooks,
)
from results.encryption import decrypt


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One address; nothing but a code is sent to it before it is confirmed."""

    channel: Channel
    address: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class NoticesPage:
    """Where, and of what beside what all are told."""

    contacts: tuple[ContactLine, ...]
    looks: ToldOfLooks
    answers: bool


def read_notices(viewer: Viewer, *, patient_id: uuid.UUID) -> Answer[NoticesPage]:
    """The patient's addresses and choices."""
    request = request_for(Action.READ_LIMITS, viewer, patient_id)

    def fetch(_facts: Facts) -> Found[NoticesPage]:
        rows = ContactPoint.objects.filter(patient_id=patient_id).order_by("channel")
        choice = NoticeChoice.objects.filter(pk=patient_id).first()
        return Found(
            NoticesPage(
                contacts=tuple(map(_line, rows)),
                looks=ToldOfLooks(choice.looks) if choice else ToldOfLooks.NEVER,
                answers=bool(choice and choice.answers),
            )
        )

    return answer(request, fetch)


def set_contact(
    viewer: Viewer, *, patient_id: uuid.UUID, channel: Channel, address: str
) -> Answer[bool]:
    """Send a code there; the answer's value is False when one was sent just now."""
    change = partial(operations.set_contact, patient_id, channel, address)
    return _changed(viewer, patient_id, change)


def confirm_contact(
    viewer: Viewer, *, patient_id: uuid.UUID, channel: Channel, code: str
) -> Answer[bool]:
    """Whether the code was right."""
    change = partial(operations.confirm_contact, patient_id, channel, code)
    return _changed(viewer, patient_id, change)


def remove_contact(
    viewer: Viewer, *, patient_id: uuid.UUID, channel: Channel
) -> Answer[bool]:
    """Nothing goes there any more."""

    def change(at: datetime.datetime) -> bool:
        return operations.remove_contact(patient_id, channel)

    return _changed(viewer, patient_id, change)


def choose_notices(
    viewer: Viewer,
    *,
    patient_id: uuid.UUID,
    looks: ToldOfLooks,
    answers: bool,
    language: str,
) -> Answer[bool]:
    """What the patient wants to be told of, and in which language."""

    def change(at: datetime.datetime) -> bool:
        operations.choose_notices(
            patient_id, looks=looks, answers=answers, language=language, at=at
        )
        return True

    return _changed(viewer, patient_id, change)


def _changed(
    viewer: Viewer, patient_id: uuid.UUID, change: Callable[..., bool]
) -> Answer[bool]:
    request = request_for(Action.SET_NOTICES, viewer, patient_id)

    def fetch(_facts: Facts) -> Found[bool]:
        return Found(change(at=request.at))

    return answer(request, fetch, changes=True)


def _line(row: ContactPoint) -> ContactLine:
    return ContactLine(
        channel=Channel(row.channel),
        address=decrypt(row.address_encrypted, context=ADDRESS_CONTEXT).decode(),
        is_confirmed=row.confirmed_at is not None,
    )
