"""What may be shared on a day: the authorities' rules as plain values."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from results.models import (
    OptOut,
    Organization,
    PatientIdentifier,
    PurposeRule,
    SharingRule,
)
from results.models.signed import in_force


@dataclass(frozen=True, slots=True)
class SharingTerms:
    """One rule; None and "" stand for every producer, requester, discipline.
    `requester_ids` are pairs of kind (HER, ENH) and value."""

    is_shared: bool
    producer_id: uuid.UUID | None = None
    requester_ids: frozenset[tuple[str, str]] | None = None
    category: str = ""

    @property
    def precision(self) -> int:
        """How many of producer, requester and discipline are named."""
        named = (self.producer_id, self.requester_ids is not None, self.category)
        return sum(map(bool, named))


@dataclass(frozen=True, slots=True)
class SharingPolicy:
    """All rules of a day; `other_purposes` are those that are not health care."""

    terms: tuple[SharingTerms, ...]
    other_purposes: frozenset[str] = frozenset()


def sharing_policy(day: datetime.date) -> SharingPolicy:
    """The rules in force. Two queries."""
    rules = SharingRule.objects.filter(in_force(day)).select_related("requester")
    purposes = PurposeRule.objects.filter(in_force(day), is_health_care=False)
    return SharingPolicy(
        terms=tuple(map(_terms, rules)),
        other_purposes=frozenset(p.purpose.casefold().strip() for p in purposes),
    )


def opted_out(lookups: Iterable[bytes]) -> frozenset[bytes]:
    """Which of the persons, known by their numbers' keyed hashes, want nothing stored.

    One query: reservations are few, and named by patient.
    """
    reserved = OptOut.objects.filter(valid_to__isnull=True).values("patient_id")
    rows = PatientIdentifier.objects.filter(
        lookup__in=list(lookups), patient_id__in=reserved
    )
    return frozenset(map(bytes, rows.values_list("lookup", flat=True)))


def _terms(rule: SharingRule) -> SharingTerms:
    return SharingTerms(
        is_shared=rule.is_shared,
        producer_id=rule.producer_id,
        requester_ids=_ids(rule.requester),
        category=rule.category,
    )


def _ids(organization: Organization | None) -> frozenset[tuple[str, str]] | None:
    if organization is None:
        return None
    said = {"HER": organization.her_id, "ENH": organization.organization_number}
    return frozenset((kind, value) for kind, value in said.items() if value)
