"""Who sees for whom in the demonstration: as a register, a document or they say.

Kari has a son of eleven and a daughter of fourteen; Per has given his daughter Marte a
power; Marte is the guardian of Aslaug. Nobody here exists.
"""

import datetime
import uuid

from django.conf import settings
from django.utils import timezone

from access import operations
from access.operations import Origin, Terms
from access.representation import (
    RegisterSource,
    RepresentationBasis,
    RepresentationRefused,
)
from portal.demo import people
from results.identity import parse

_SINCE = datetime.date(2016, 1, 1)
_PARENT = Terms(_SINCE, shares_address=True, may_change=True)
_RELATIONS = (
    (
        people.KARI,
        people.EMIL,
        RepresentationBasis.PARENTAL_RESPONSIBILITY,
        RegisterSource.REGISTER,
        _PARENT,
    ),
    (
        people.KARI,
        people.NORA,
        RepresentationBasis.PARENTAL_RESPONSIBILITY,
        RegisterSource.REGISTER,
        _PARENT,
    ),
    (
        people.MARTE,
        people.PER,
        RepresentationBasis.POWER_OF_ATTORNEY,
        RegisterSource.PERSON,
        Terms(_SINCE),
    ),
    (
        people.MARTE,
        people.ASLAUG,
        RepresentationBasis.GUARDIANSHIP,
        RegisterSource.REGISTER,
        Terms(_SINCE, may_change=True, may_opt_out=True),
    ),
)


def register_families() -> None:
    """May be run again: what stands is left, and what was ended since is given anew."""
    for who, whom, basis, source, terms in _RELATIONS:
        origin = Origin(source, by="demonstration", at=timezone.now())
        try:
            operations.register_representation(
                basis,
                representative_id=_key(who),
                represented_id=_key(whom),
                terms=terms,
                origin=origin,
            )
        except RepresentationRefused:
            continue


def _key(persona: people.Persona) -> uuid.UUID:
    number = parse(persona.number, allow_test_numbers=settings.ALLOW_TEST_NUMBERS)
    return operations.person_known_by(number)
