"""Persons become known by number; name and birth date are kept as last reported."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from results.encryption import encrypt, lookup_hash
from results.identity import IdentityNumber
from results.models import PatientDemographics, PatientIdentifier
from results.models.patient import DEMOGRAPHICS_CONTEXT, IDENTIFIER_CONTEXT
from results.models.uuids import new_id
from results.vocabulary import Sex

_NEW_IDENTIFIERS = """
    INSERT INTO results_patientidentifier (patient_id, kind, value_encrypted, lookup)
    SELECT * FROM unnest(%s::uuid[], %s::text[], %s::bytea[], %s::bytea[])
    ON CONFLICT (lookup) DO NOTHING
"""
_DEMOGRAPHICS = """
    INSERT INTO results_patientdemographics
        (patient_id, content_encrypted, content_digest, sex)
    SELECT * FROM unnest(%s::uuid[], %s::bytea[], %s::bytea[], %s::text[])
    ON CONFLICT (patient_id) DO UPDATE SET
        content_encrypted = EXCLUDED.content_encrypted,
        content_digest = EXCLUDED.content_digest,
        sex = EXCLUDED.sex
"""


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """Who a message is about: the number, and what it says of name and sex."""

    number: IdentityNumber
    name: str | None = None
    sex: Sex = Sex.UNKNOWN


def ensure_patient(
    number: IdentityNumber, *, name: str | None = None, sex: Sex = Sex.UNKNOWN
) -> uuid.UUID:
    """The patient's opaque key; made when the number is new."""
    return ensure_patients([Person(number, name, sex)])[0]


@transaction.atomic
def ensure_patients(people: Sequence[Person]) -> list[uuid.UUID]:
    """The opaque keys of so many persons, in the order given; made for new numbers.

    A name, when given, replaces the name kept before: the latest message knows best.
    """
    lookups = [lookup_of(person.number) for person in people]
    by_lookup = dict(zip(lookups, people, strict=True))
    known = _find(list(by_lookup))
    if new := sorted(by_lookup.keys() - known.keys()):
        _make(new, by_lookup)
        known = _find(list(by_lookup))
    _keep_demographics({known[lookup]: person for lookup, person in by_lookup.items()})
    return [known[lookup] for lookup in lookups]


def lookup_of(number: IdentityNumber) -> bytes:
    """The keyed hash a number is found by."""
    return lookup_hash(number.digits, context=IDENTIFIER_CONTEXT)


def patient_known_by(number: IdentityNumber) -> uuid.UUID | None:
    """The opaque key of whoever has this number; nobody is made. One query."""
    return _find([lookup_of(number)]).get(lookup_of(number))


def _find(lookups: list[bytes]) -> dict[bytes, uuid.UUID]:
    rows = PatientIdentifier.objects.filter(lookup__in=lookups)
    return {bytes(row[0]): row[1] for row in rows.values_list("lookup", "patient_id")}


def _make(lookups: list[bytes], people: Mapping[bytes, Person]) -> None:
    """Two workers that meet the same new person each make a key; the second one's
    number is not taken in, and its key is removed again."""
    ids = [new_id() for _ in lookups]
    numbers = [people[lookup].number for lookup in lookups]
    sealed = [encrypt(n.digits.encode(), context=IDENTIFIER_CONTEXT) for n in numbers]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO results_patient (id, created_at)"
            " SELECT unnest(%s::uuid[]), %s",
            [ids, timezone.now()],
        )
        cursor.execute(
            _NEW_IDENTIFIERS, [ids, [n.kind.value for n in numbers], sealed, lookups]
        )
        if cursor.rowcount < len(ids):
            cursor.execute(
                "DELETE FROM results_patient p WHERE id = ANY(%s) AND NOT EXISTS"
                " (SELECT FROM results_patientidentifier WHERE patient_id = p.id)",
                [ids],
            )


def _keep_demographics(people: Mapping[uuid.UUID, Person]) -> None:
    named = {key: person for key, person in people.items() if person.name}
    rows = PatientDemographics.objects.filter(patient_id__in=list(named))
    kept = {row[0]: bytes(row[1]) for row in rows.values_list("pk", "content_digest")}
    changed = []
    for key, person in sorted(named.items()):
        content, sex = _demographics(person)
        digest = lookup_hash(f"{sex} {content}", context=DEMOGRAPHICS_CONTEXT)
        if kept.get(key) != digest:
            sealed = encrypt(content.encode(), context=DEMOGRAPHICS_CONTEXT)
            changed.append((key, sealed, digest, sex.value))
    if changed:
        with connection.cursor() as cursor:
            cursor.execute(_DEMOGRAPHICS, [list(c) for c in zip(*changed, strict=True)])


def _demographics(person: Person) -> tuple[str, Sex]:
    number = person.number
    birth_date = number.birth_date
    content = {"name": person.name, "birth_date": birth_date and birth_date.isoformat()}
    sex = person.sex
    if sex is Sex.UNKNOWN and number.is_female is not None:
        sex = Sex.FEMALE if number.is_female else Sex.MALE
    return json.dumps(content), sex
