"""Who has asked for, or answered, anything about a patient."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from results.models import DiagnosticReportVersion


@dataclass(frozen=True, slots=True)
class Relations:
    """Pairs of patient and organisation that answered, patient and HPR number of who
    asked; from every version there is."""

    answered: frozenset[tuple[uuid.UUID, uuid.UUID]]
    requested: frozenset[tuple[uuid.UUID, str]]


def relations_of(patient_ids: Collection[uuid.UUID]) -> Relations:
    """One query."""
    rows = DiagnosticReportVersion.objects.filter(patient_id__in=patient_ids)
    found = rows.values_list(
        "patient_id", "performer_id", "requester__hpr_number"
    ).distinct()
    known = list(found)
    return Relations(
        answered=frozenset((who, place) for who, place, _hpr in known if place),
        requested=frozenset((who, hpr) for who, _place, hpr in known if hpr),
    )
