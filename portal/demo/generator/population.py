"""Who falls ill with what: the named citizens first, then as many others as wanted."""

import csv
import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.demo import people
from portal.demo.generator.drafts import Contact, Person
from portal.demo.generator.numbers import synthetic_number
from results import identity


@dataclass(frozen=True, slots=True)
class Citizen:
    """A person, what ails them, and the doctor who asks for their tests.

    To those with `has_everything` each of their episodes comes at least once: they are
    whom a visitor looks at.
    """

    person: Person
    conditions: tuple[str, ...]
    doctor: Contact
    has_everything: bool = False


_OFFICE = people.LILLEVIK_LEGESENTER


def _doctor(name: str, hpr_number: str) -> Contact:
    return Contact(
        organization=_OFFICE.name,
        her_id=_OFFICE.her_id,
        person=name,
        hpr_number=hpr_number,
        relation="REK",
    )


OLA_LIND = _doctor(people.OLA.name, people.OLA.hpr_number)
INGRID_HAUG = Contact(
    organization=people.FJORD_SYKEHUS.name,
    her_id=people.FJORD_SYKEHUS.her_id,
    person=people.INGRID.name,
    hpr_number=people.INGRID.hpr_number,
    relation="REK",
)
_DOCTORS = (
    OLA_LIND,
    _doctor("Berit Sund", "9100101"),
    _doctor("Tarik Aydin", "9100102"),
)

_NAMED = (
    (people.KARI, ("diabetes", "iron-deficiency", "urine-infections", "woman")),
    (people.PER, ("kidney-disease", "atrial-fibrillation", "prostate")),
    (people.NORA, ("child",)),
    (people.JONAS, ("healthy", "knee")),
    (people.TOR, ("bipolar-disorder", "heart-risk")),
    (people.EMIL, ("child",)),
    (people.ASLAUG, ("kidney-disease",)),
)


def _names(kind: str) -> tuple[str, ...]:
    with Path(__file__).with_name("names.csv").open(encoding="utf-8") as file:
        return tuple(row["name"] for row in csv.DictReader(file) if row["kind"] == kind)


_WOMEN, _MEN, _FAMILIES = _names("woman"), _names("man"), _names("family")

# Half of a small country lives this way; the weights only have to look like it.
_COMMON = (
    ("healthy", 34),
    ("heart-risk", 16),
    ("diabetes", 11),
    ("thyroid", 9),
    ("iron-deficiency", 8),
    ("urine-infections", 7),
    ("kidney-disease", 5),
    ("atrial-fibrillation", 4),
    ("rheumatic", 4),
    ("bipolar-disorder", 2),
)
_FIRST_BIRTH_DATE = datetime.date(1932, 1, 1)
_BIRTH_DAYS = 32_000
# Prime to the number of days: neighbours in the list are not born the next day.
_STRIDE = 7_919
# The cast has the first numbers of their days.
_FIRST_FREE_INDEX = 2


def citizens(count: int, *, seed: int) -> Iterator[Citizen]:
    """The first `count` citizens; the same for the same seed, whatever the count."""
    for index in range(count):
        yield citizen(index, seed=seed)


def citizen(index: int, *, seed: int) -> Citizen:
    """One citizen: Kari Prøve is 0, then the rest of the cast, then anyone."""
    if index < len(_NAMED):
        persona, conditions = _NAMED[index]
        return Citizen(_known(persona), conditions, OLA_LIND, has_everything=True)
    return _anyone(index, random.Random(f"person/{seed}/{index}"))


def _known(persona: people.Persona) -> Person:
    number = identity.parse(persona.number, allow_test_numbers=True)
    if number.birth_date is None:
        raise ValueError(f"{persona.key} has a number without a birth date.")
    return Person(
        number=persona.number,
        name=persona.name,
        birth_date=number.birth_date,
        is_female=bool(number.is_female),
    )


def _anyone(index: int, chance: random.Random) -> Citizen:
    is_female = chance.random() < 0.51
    born = _FIRST_BIRTH_DATE + datetime.timedelta(index * _STRIDE % _BIRTH_DAYS)
    person = Person(
        number=synthetic_number(
            born,
            is_female=is_female,
            index=_FIRST_FREE_INDEX + index // _BIRTH_DAYS,
        ),
        name=f"{chance.choice(_WOMEN if is_female else _MEN)} "
        f"{chance.choice(_FAMILIES)}",
        birth_date=born,
        is_female=is_female,
    )
    return Citizen(person, _ailments(person, chance), chance.choice(_DOCTORS))


def _ailments(person: Person, chance: random.Random) -> tuple[str, ...]:
    if person.birth_date.year >= 2008:
        return ("child",)
    names, weights = zip(*_COMMON, strict=True)
    found = set(chance.choices(names, weights, k=chance.choice((1, 1, 2))))
    if person.is_female and person.birth_date.year >= 1957:
        found.add("woman")
    if not person.is_female and person.birth_date.year < 1966:
        found.add("prostate")
    return tuple(sorted(found))
