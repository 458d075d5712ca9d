"""Who a patient is: the one place where identity is opened again."""

import datetime
import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from results.encryption import decrypt
from results.identity import NumberKind, mask
from results.models import PatientDemographics, PatientIdentifier
from results.models.patient import DEMOGRAPHICS_CONTEXT, IDENTIFIER_CONTEXT
from results.vocabulary import Sex


@dataclass(frozen=True, slots=True)
class PatientHeader:
    """Enough to know that the right person is on the screen."""

    patient_id: uuid.UUID
    name: str
    birth_date: datetime.date | None
    sex: Sex
    masked_number: str
    grant_expires_at: datetime.datetime | None = None


def patient_header(patient_id: uuid.UUID) -> PatientHeader | None:
    """The patient's header, or None for a key nobody has. Two queries."""
    identifiers = PatientIdentifier.objects.filter(patient_id=patient_id)
    identifier = min(identifiers, key=_by_kind, default=None)
    if identifier is None:
        return None
    number = decrypt(identifier.value_encrypted, context=IDENTIFIER_CONTEXT).decode()
    demographics = PatientDemographics.objects.filter(patient_id=patient_id).first()
    content = _content(demographics)
    birth_date = content.get("birth_date")
    return PatientHeader(
        patient_id=patient_id,
        name=content.get("name") or "",
        birth_date=datetime.date.fromisoformat(birth_date) if birth_date else None,
        sex=Sex(demographics.sex) if demographics else Sex.UNKNOWN,
        masked_number=mask(number),
    )


def names_of(patient_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The names of those who have one. One query."""
    found = PatientDemographics.objects.filter(patient_id__in=patient_ids)
    return {row.patient_id: name for row in found if (name := _content(row)["name"])}


def _by_kind(identifier: PatientIdentifier) -> tuple[int, int]:
    """Whoever has several is known by the national number, then the D-number."""
    return list(NumberKind).index(NumberKind(identifier.kind)), identifier.pk


def _content(demographics: PatientDemographics | None) -> dict[str, str | None]:
    if demographics is None:
        return {}
    plain = decrypt(demographics.content_encrypted, context=DEMOGRAPHICS_CONTEXT)
    content: dict[str, str | None] = json.loads(plain)
    return content
