"""Requesters come to be known by their HPR number, met in messages."""

import uuid
from collections.abc import Iterable

from django.db import connection

from results.models import Practitioner
from results.models.uuids import new_id
from results.parsed import ParsedParty, ParsedPerson

_LONGEST_NUMBER = 50
_NEW = """
    INSERT INTO results_practitioner (id, hpr_number, name)
    SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[])
    ON CONFLICT (hpr_number) DO NOTHING
"""


def ensure_practitioners(
    parties: Iterable[ParsedParty | None],
) -> dict[str, uuid.UUID]:
    """The keys of the persons among the parties by HPR number; made for new ones, who
    keep the name they were first met with."""
    people = {
        number: party.person
        for party in parties
        if party and party.person and (number := hpr_number_of(party))
    }
    known = _find(list(people))
    if new := sorted(people.keys() - known.keys()):
        _make(new, people)
        known = _find(list(people))
    return known


def hpr_number_of(party: ParsedParty | None) -> str:
    """The HPR number of the person in a party, blank when absent or absurd."""
    number = party.person.id_of("HPR") if party and party.person else None
    return number if number and len(number) <= _LONGEST_NUMBER else ""


def _find(numbers: list[str]) -> dict[str, uuid.UUID]:
    rows = Practitioner.objects.filter(hpr_number__in=numbers)
    return dict(rows.values_list("hpr_number", "id"))


def _make(numbers: list[str], people: dict[str, ParsedPerson]) -> None:
    names = [(people[number].name or "")[:300] for number in numbers]
    ids = [new_id() for _ in numbers]
    with connection.cursor() as cursor:
        cursor.execute(_NEW, [ids, numbers, names])
