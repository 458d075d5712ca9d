"""A person becomes known by number; name and birth date are kept as last reported."""

import json
import uuid

from django.db import IntegrityError, transaction

from results.encryption import encrypt, lookup_hash
from results.identity import IdentityNumber
from results.models import Patient, PatientDemographics, PatientIdentifier
from results.models.patient import DEMOGRAPHICS_CONTEXT, IDENTIFIER_CONTEXT
from results.vocabulary import Sex


def ensure_patient(
    number: IdentityNumber, *, name: str | None = None, sex: Sex = Sex.UNKNOWN
) -> uuid.UUID:
    """The patient's opaque key; made when the number is new.

    `name`, when given, replaces the name kept before: the latest message knows best.
    """
    lookup = lookup_hash(number.digits, context=IDENTIFIER_CONTEXT)
    patient_id = _find(lookup) or _make(number, lookup)
    if name:
        _keep_demographics(patient_id, number, name=name, sex=sex)
    return patient_id


def _find(lookup: bytes) -> uuid.UUID | None:
    return (
        PatientIdentifier.objects.filter(lookup=lookup)
        .values_list("patient_id", flat=True)
        .first()
    )


def _make(number: IdentityNumber, lookup: bytes) -> uuid.UUID:
    try:
        with transaction.atomic():
            patient = Patient.objects.create()
            PatientIdentifier.objects.create(
                patient=patient,
                kind=number.kind,
                value_encrypted=encrypt(
                    number.digits.encode(), context=IDENTIFIER_CONTEXT
                ),
                lookup=lookup,
            )
    except IntegrityError:
        # Two messages about a new person at the same time: the first one made it.
        found = _find(lookup)
        if found is None:
            raise
        return found
    return patient.id


def _keep_demographics(
    patient_id: uuid.UUID, number: IdentityNumber, *, name: str, sex: Sex
) -> None:
    birth_date = number.birth_date
    content = {"name": name, "birth_date": birth_date and birth_date.isoformat()}
    if sex is Sex.UNKNOWN and number.is_female is not None:
        sex = Sex.FEMALE if number.is_female else Sex.MALE
    PatientDemographics.objects.update_or_create(
        patient_id=patient_id,
        defaults={
            "content_encrypted": encrypt(
                json.dumps(content).encode(), context=DEMOGRAPHICS_CONTEXT
            ),
            "sex": sex,
        },
    )
