"""Who a patient is: the one place where identity is opened again."""

import datetime
import json
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from results import identity
from results.encryption import decrypt
from results.identity import NumberKind, mask
from results.models import PatientDemographics
from results.models.patient import DEMOGRAPHICS_CONTEXT, IDENTIFIER_CONTEXT
from results.vocabulary import Sex


@dataclass(frozen=True, slots=True)
class PatientHeader:
    """Enough to know that the right person is on the screen. `is_reserved` when nothing
    about them is stored, and the viewer may know."""

    patient_id: uuid.UUID
    name: str
    birth_date: datetime.date | None
    sex: Sex
    masked_number: str
    grant_expires_at: datetime.datetime | None = None
    is_reserved: bool = False


def patient_header(patient_id: uuid.UUID) -> PatientHeader | None:
    """The patient's header, or None for a key nobody has. One query."""
    return headers_of([patient_id]).get(patient_id)


def headers_of(
    patient_ids: Collection[uuid.UUID],
) -> dict[uuid.UUID, PatientHeader]:
    """The headers of those somebody has, by key. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_HEADERS, [list(patient_ids)])
        rows = cursor.fetchall()
    known: dict[uuid.UUID, list[Sequence[Any]]] = defaultdict(list)
    for patient_id, *row in rows:
        known[patient_id].append(row)
    return {key: _header(key, min(each, key=_by_kind)) for key, each in known.items()}


def _header(patient_id: uuid.UUID, row: Sequence[Any]) -> PatientHeader:
    _kind, _id, number, content_encrypted, sex = row
    content = _content(content_encrypted)
    birth_date = content.get("birth_date")
    return PatientHeader(
        patient_id=patient_id,
        name=content.get("name") or "",
        birth_date=datetime.date.fromisoformat(birth_date) if birth_date else None,
        sex=Sex(sex or Sex.UNKNOWN),
        masked_number=mask(decrypt(number, context=IDENTIFIER_CONTEXT).decode()),
    )


def number_of(patient_id: uuid.UUID) -> str:
    """The patient's whole number; empty for a key nobody has. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_HEADERS, [[patient_id]])
        rows = [row[1:] for row in cursor.fetchall()]
    if not rows:
        return ""
    number = min(rows, key=_by_kind)[2]
    return decrypt(number, context=IDENTIFIER_CONTEXT).decode()


def names_of(patient_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The names of those who have one. One query."""
    found = PatientDemographics.objects.filter(patient_id__in=patient_ids)
    return {
        row.patient_id: name
        for row in found
        if (name := _content(bytes(row.content_encrypted)).get("name"))
    }


def birth_date_in(numbers: Iterable[bytes]) -> datetime.date | None:
    """The birth date in these encrypted numbers of one person: a national number's
    before a D-number's. None where no number holds one."""
    read = [decrypt(bytes(n), context=IDENTIFIER_CONTEXT).decode() for n in numbers]
    known = [identity.parse(digits, allow_test_numbers=True) for digits in read]
    kinds = list(NumberKind)
    in_order = sorted(known, key=lambda number: kinds.index(number.kind))
    dates = (number.birth_date for number in in_order)
    return next((date for date in dates if date), None)


_HEADERS = """
    SELECT i.patient_id, i.kind, i.id, i.value_encrypted, d.content_encrypted, d.sex
    FROM results_patientidentifier i
    LEFT JOIN results_patientdemographics d ON d.patient_id = i.patient_id
    WHERE i.patient_id = ANY(%s)
"""


def _by_kind(row: Sequence[Any]) -> tuple[int, int]:
    """Whoever has several is known by the national number, then the D-number."""
    kind, key = row[:2]
    return list(NumberKind).index(NumberKind(kind)), key


def _content(encrypted: bytes | None) -> dict[str, str | None]:
    if encrypted is None:
        return {}
    plain = decrypt(encrypted, context=DEMOGRAPHICS_CONTEXT)
    content: dict[str, str | None] = json.loads(plain)
    return content
