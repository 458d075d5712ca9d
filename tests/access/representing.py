"""Kari's daughter Nora, and what registers tell of families; for tests of the door."""

import datetime
import uuid

from django.utils import timezone

from access import operations
from access.operations import Origin, Terms
from access.representation import (
    FactKind,
    RegisterSource,
    RepresentationBasis,
)
from results.operations import ensure_patient
from tests import cast

LONG_AGO = datetime.date(2015, 1, 1)


def key_of(persona) -> uuid.UUID:
    return ensure_patient(cast.number_of(persona))


def the_register(at=None) -> Origin:
    return Origin(RegisterSource.REGISTER, by="register", at=at or timezone.now())


def is_parent(parent, child, *, shares_address=True, may_change=True) -> uuid.UUID:
    return represents(
        parent,
        child,
        RepresentationBasis.PARENTAL_RESPONSIBILITY,
        shares_address=shares_address,
        may_change=may_change,
    )


def represents(who, whom, basis, **terms) -> uuid.UUID:
    """As told by the register."""
    return operations.register_representation(
        basis,
        representative_id=key_of(who),
        represented_id=key_of(whom),
        terms=Terms(**{"valid_from": LONG_AGO, **terms}),
        origin=the_register(),
    )


def it_is_told(kind: FactKind, persona) -> uuid.UUID:
    return operations.register_fact(
        kind,
        patient_id=key_of(persona),
        valid_from=timezone.localdate(),
        origin=the_register(),
    )
