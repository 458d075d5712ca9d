"""Who signs in, and who administers."""

import uuid

from django.contrib.auth.hashers import make_password
from django.db import transaction

from access.models import User
from results import operations as stored
from results import queries
from results.identity import IdentityNumber


@transaction.atomic
def sign_in(
    *,
    issuer: str,
    subject: str,
    name: str,
    number: IdentityNumber | None,
    hpr_number: str = "",
) -> User:
    """The user of this issuer and subject, with what the provider vouched for today.

    ID-porten tells no name: one we know from before is kept, or what reports say.
    """
    user, _ = User.objects.get_or_create(
        issuer=issuer,
        subject=subject,
        # Never set anew: a changed password would end the person's other sessions.
        defaults={
            "username": f"{issuer}|{subject}",
            "password": make_password(None),
        },
    )
    user.hpr_number = hpr_number
    user.patient_id = stored.ensure_patient(number) if number else None
    user.name = name or user.name or _name_in_reports(user.patient_id)
    user.save()
    return user


def person_known_by(number: IdentityNumber) -> uuid.UUID:
    """The opaque key of whoever has this number, for what a register tells of them."""
    return stored.ensure_patient(number)


def _name_in_reports(patient_id: uuid.UUID | None) -> str:
    return queries.names_of([patient_id]).get(patient_id, "") if patient_id else ""


def appoint_administrator(*, issuer: str, subject: str, name: str) -> User:
    """Let this person administer senders, organisations and roles."""
    user = sign_in(issuer=issuer, subject=subject, name=name, number=None)
    user.is_staff = user.is_superuser = True
    user.save(update_fields=["is_staff", "is_superuser"])
    return user
