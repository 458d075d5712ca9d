"""A patient says where to be told, and shows that it is theirs by a code."""

import datetime
import hmac
import secrets
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from access.models import ContactPoint, NoticeChoice
from access.models.contact import ADDRESS_CONTEXT, CODE_CONTEXT
from access.vocabulary import (
    Channel,
    ToldOfLooks,
)
from results.encryption import encrypt, lookup_hash
from results.operations.outgoing import queue_notice

CODE_LASTS = datetime.timedelta(minutes=15)
MOST_ATTEMPTS = 5
# Nobody has another's telephone filled with codes.
BETWEEN_CODES = datetime.timedelta(minutes=1)


@transaction.atomic
def set_contact(
    patient_id: uuid.UUID, channel: Channel, address: str, *, at: datetime.datetime
) -> bool:
    """Take the place of what was there, unconfirmed, and send a code to it. False when
    a code was sent just now."""
    standing = ContactPoint.objects.filter(patient_id=patient_id, channel=channel)
    held = standing.select_for_update().first()
    if held and at - held.code_sent_at < BETWEEN_CODES:
        return False
    standing.delete()
    code = f"{secrets.randbelow(10**6):06}"
    contact = ContactPoint(
        patient_id=patient_id,
        channel=channel,
        address_encrypted=encrypt(address.encode(), context=ADDRESS_CONTEXT),
        code_sent_at=at,
    )
    contact.code_hash = _hash_of(contact.id, code)
    contact.save(force_insert=True)
    said = _("Koden din er %(code)s. Den gjelder i 15 minutter.") % {"code": code}
    about = (_("Kode fra Prøvesvar"), said)
    queue_notice(channel, contact.id, to=address, text=about, due_at=at)
    return True


def confirm_contact(
    patient_id: uuid.UUID, channel: Channel, code: str, *, at: datetime.datetime
) -> bool:
    """Whether the code was right, in time, and not guessed at too often."""
    with transaction.atomic():
        points = ContactPoint.objects.select_for_update()
        contact = points.filter(
            patient_id=patient_id,
            channel=channel,
            confirmed_at=None,
            attempts__lt=MOST_ATTEMPTS,
            code_sent_at__gt=at - CODE_LASTS,
        ).first()
        if contact is None:
            return False
        said = _hash_of(contact.id, code)
        is_right = hmac.compare_digest(bytes(contact.code_hash or b""), said)
        contact.attempts += 1
        if is_right:
            contact.confirmed_at, contact.code_hash = at, None
        contact.save(update_fields=["attempts", "confirmed_at", "code_hash"])
        return is_right


def remove_contact(patient_id: uuid.UUID, channel: Channel) -> bool:
    """Nothing goes there any more. False when there was none."""
    points = ContactPoint.objects.filter(patient_id=patient_id, channel=channel)
    return bool(points.delete()[0])


def choose_notices(
    patient_id: uuid.UUID,
    *,
    looks: ToldOfLooks,
    answers: bool,
    language: str,
    at: datetime.datetime,
) -> None:
    """What the patient wants to be told of, from now."""
    NoticeChoice.objects.update_or_create(
        patient_id=patient_id,
        defaults={
            "looks": looks,
            "answers": answers,
            "language": language,
            "looks_told_until": at,
        },
    )


def _hash_of(contact_id: uuid.UUID, code: str) -> bytes:
    return lookup_hash(f"{contact_id} {code}", context=CODE_CONTEXT)
