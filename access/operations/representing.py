"""Representations and what registers tell: entered, given, limited, ended.

Each is counted with the patient's limits, so that nobody goes on reading by what has
ended (`access.lookup.answers.still_holds`).
"""

import datetime
import uuid
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from access.models import RegisterFact, Representation, YouthConsent
from access.operations.restrictions import count_change
from access.representation import (
    FactKind,
    RegisterSource,
    RepresentationBasis,
    RepresentationFault,
    RepresentationRefused,
    Scope,
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Who says so, what document, entered by whom, at what moment."""

    source: RegisterSource
    by: str
    at: datetime.datetime
    reference: str = ""

    def columns(self) -> dict[str, object]:
        """A document waits for another to approve it."""
        is_settled = self.source is not RegisterSource.DOCUMENT
        return {
            "source": self.source,
            "reference": self.reference,
            "registered_by": self.by,
            "registered_at": self.at,
            "answered_at": self.at if is_settled else None,
            "is_approved": True if is_settled else None,
        }


@dataclass(frozen=True, slots=True)
class Terms:
    """From a day to another (the end exclusive), over what, with which powers."""

    valid_from: datetime.date
    valid_to: datetime.date | None = None
    scope: Scope = field(default_factory=Scope)
    shares_address: bool = False
    may_change: bool = False
    may_opt_out: bool = False


@transaction.atomic
def register_representation(
    basis: RepresentationBasis,
    *,
    representative_id: uuid.UUID,
    represented_id: uuid.UUID,
    terms: Terms,
    origin: Origin,
) -> uuid.UUID:
    """One more, if no other of the same basis holds in the period. Raises
    RepresentationRefused."""
    count_change(represented_id)
    pair = {"representative_id": representative_id, "represented_id": represented_id}
    if representative_id == represented_id:
        raise RepresentationRefused(RepresentationFault.ONESELF)
    _check_days(terms)
    if _standing(terms).filter(basis=basis, **pair).exists():
        raise RepresentationRefused(RepresentationFault.OVERLAPS)
    _check_death(basis, represented_id, origin)
    scope = terms.scope
    return Representation.objects.create(
        **pair,
        **origin.columns(),
        basis=basis,
        valid_from=terms.valid_from,
        valid_to=terms.valid_to,
        shares_address=terms.shares_address,
        categories=sorted(scope.categories),
        reports_from=scope.reports_from,
        reports_to=scope.reports_to,
        includes_log=scope.includes_log,
        may_change=terms.may_change,
        may_opt_out=terms.may_opt_out,
    ).id


@transaction.atomic
def end_representation(
    key: uuid.UUID, *, by: str, at: datetime.datetime
) -> uuid.UUID | None:
    """Over from now; gives whose answers it was of. None for one that is over, or is
    not. It ends before it began when it had not begun."""
    row = Representation.objects.select_for_update().filter(pk=key, ended_at=None)
    found = row.first()
    if found is None:
        return None
    count_change(found.represented_id)
    row.update(ended_at=at, ended_by=by)
    return found.represented_id


@transaction.atomic
def register_fact(
    kind: FactKind,
    *,
    patient_id: uuid.UUID,
    valid_from: datetime.date,
    origin: Origin,
    valid_to: datetime.date | None = None,
) -> uuid.UUID:
    """What a register or a document tells. Raises RepresentationRefused."""
    if valid_to is not None and valid_to <= valid_from:
        raise RepresentationRefused(RepresentationFault.DATES_REVERSED)
    _count_all(patient_id)
    known = RegisterFact.objects.filter(
        patient_id=patient_id, kind=kind, valid_from=valid_from, ended_at=None
    ).first()
    if known is not None:
        return known.id
    return RegisterFact.objects.create(
        patient_id=patient_id,
        kind=kind,
        valid_from=valid_from,
        valid_to=valid_to,
        **origin.columns(),
    ).id


@transaction.atomic
def end_fact(key: uuid.UUID, *, by: str, at: datetime.datetime) -> bool:
    """No longer so, from now."""
    found = RegisterFact.objects.filter(pk=key, ended_at=None).first()
    if found is None:
        return False
    _count_all(found.patient_id)
    found.ended_at, found.ended_by = at, by
    found.save(update_fields=["ended_at", "ended_by"])
    return True


def is_dead(patient_id: uuid.UUID, *, day: datetime.date) -> bool:
    """Whether the person is known to be dead that day; who is, is told nothing."""
    return _told(FactKind.DEATH, patient_id, day)


def is_address_protected(patient_id: uuid.UUID, *, day: datetime.date) -> bool:
    return _told(FactKind.ADDRESS_PROTECTION, patient_id, day)


@transaction.atomic
def let_parent_see(
    youth_id: uuid.UUID, *, parent_id: uuid.UUID, at: datetime.datetime
) -> uuid.UUID:
    """The youth agrees; what is agreed to already stands."""
    count_change(youth_id)
    standing, _ = YouthConsent.objects.get_or_create(
        youth_id=youth_id,
        parent_id=parent_id,
        revoked_at=None,
        defaults={"given_at": at},
    )
    return standing.id


@transaction.atomic
def stop_parent_seeing(
    youth_id: uuid.UUID, *, parent_id: uuid.UUID, at: datetime.datetime
) -> bool:
    """The youth takes it back."""
    count_change(youth_id)
    standing = YouthConsent.objects.filter(
        youth_id=youth_id, parent_id=parent_id, revoked_at=None
    )
    return bool(standing.update(revoked_at=at))


def _check_days(terms: Terms) -> None:
    pairs = (
        (terms.valid_from, terms.valid_to),
        (terms.scope.reports_from, terms.scope.reports_to),
    )
    if any(since and until and until <= since for since, until in pairs):
        raise RepresentationRefused(RepresentationFault.DATES_REVERSED)


def _standing(terms: Terms) -> QuerySet[Representation]:
    """Those not declined nor ended whose days meet these."""
    rows = Representation.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=terms.valid_from), ended_at=None
    ).exclude(is_approved=False)
    return rows.filter(valid_from__lt=terms.valid_to) if terms.valid_to else rows


def _check_death(
    basis: RepresentationBasis, represented_id: uuid.UUID, origin: Origin
) -> None:
    dead = is_dead(represented_id, day=timezone.localdate(origin.at))
    if dead and basis is not RepresentationBasis.AFTER_DEATH:
        raise RepresentationRefused(RepresentationFault.DECEASED)
    if not dead and basis is RepresentationBasis.AFTER_DEATH:
        raise RepresentationRefused(RepresentationFault.NOT_DECEASED)


def _told(kind: FactKind, patient_id: uuid.UUID, day: datetime.date) -> bool:
    rows = RegisterFact.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        patient_id=patient_id,
        kind=kind,
        is_approved=True,
        ended_at=None,
        valid_from__lte=day,
    )
    return rows.exists()


def _count_all(patient_id: uuid.UUID) -> None:
    """Of the person, and of everybody they see for: both may be closed by it."""
    seen = Representation.objects.filter(representative_id=patient_id, ended_at=None)
    for key in {patient_id, *seen.values_list("represented_id", flat=True)}:
        count_change(key)
