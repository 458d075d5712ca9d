"""Whom a citizen sees for, and who sees for them: read, chosen and changed by the door.

A number is never looked up here: whoever is given a power is told by a masked number,
and whether they were known before, or may see at all, is not told.
"""

import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from access import operations
from access.decision import decide
from access.facts import load_facts
from access.lookup.answers import Answer, Found, answer, request_for
from access.models import Representation, YouthConsent
from access.operations import Origin, Terms
from access.representation import (
    ADULT_IN_HEALTH,
    MAJORITY,
    RegisterSource,
    RepresentationBasis,
    RepresentationFault,
    RepresentationRefused,
    Scope,
    age_on,
)
from access.rules.representation import standing
from access.terms import Action, Facts, Reason, Viewer
from results import identity, queries
from results.operations import ensure_patient
from results.queries import PatientHeader

# More than anybody needs, and too few to fill the register with.
MOST_POWERS = 20


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody whose answers the viewer may be shown now."""

    patient_id: uuid.UUID
    name: str
    masked_number: str
    basis: RepresentationBasis
    valid_to: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class PowerLine:
    """A power of attorney that stands, or will; who it was given to is told by number
    alone."""

    id: uuid.UUID
    masked_number: str
    valid_from: datetime.date
    valid_to: datetime.date | None
    scope: Scope


@dataclass(frozen=True, slots=True)
class ParentLine:
    """A parent, and whether the youth lets them see."""

    patient_id: uuid.UUID
    name: str
    masked_number: str
    is_let: bool


@dataclass(frozen=True, slots=True)
class PowersPage:
    """`others` see without a power of attorney: parents, guardians. `parents` is there
    for a youth who decides whether they see."""

    given: tuple[PowerLine, ...]
    received: tuple[PersonLine, ...]
    others: tuple[PersonLine, ...]
    parents: tuple[ParentLine, ...]
    may_give: bool


@dataclass(frozen=True, slots=True)
class PowerOrder:
    """What a citizen gives: from today until a day (exclusive), over what."""

    valid_to: datetime.date | None
    scope: Scope


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done, or why not."""

    key: uuid.UUID | None = None
    fault: RepresentationFault | None = None


def choose_person(viewer: Viewer, *, patient_id: uuid.UUID) -> Answer[PatientHeader]:
    """Turn to this person's answers; logged, and asked anew by every look."""
    request = request_for(Action.CHOOSE_PERSON, viewer, patient_id)

    def fetch(_facts: Facts) -> Found[PatientHeader] | None:
        header = queries.patient_header(patient_id)
        return Found(header) if header else None

    return answer(request, fetch)


def seen_for(viewer: Viewer) -> tuple[PersonLine, ...]:
    """Everybody else whose answers the viewer may be shown now, by name. One query
    where there is nobody, else two and one for each."""
    if viewer.patient_id is None:
        return ()
    rows = _standing().filter(representative_id=viewer.patient_id)
    keys = set(rows.values_list("represented_id", flat=True))
    by_key = {key: found for key in keys if (found := _basis(viewer, key))}
    headers = queries.headers_of(list(by_key)) if by_key else {}
    until = dict(rows.values_list("id", "valid_to")) if by_key else {}
    lines = (
        _person(headers.get(key), key, basis, until.get(held))
        for key, (basis, held) in by_key.items()
    )
    return tuple(sorted(lines, key=lambda line: (line.name, line.masked_number)))


def name_of_represented(viewer: Viewer) -> str | None:
    """Whose answers this request is about, where the viewer may see for them; None
    where they may not, which says nothing of whether there is anybody by that key."""
    key = viewer.represented_id
    if key is None or _basis(viewer, key) is None:
        return None
    header = queries.patient_header(key)
    return (header.name or header.masked_number) if header else None


def sees_for_others(viewer: Viewer) -> bool:
    """Whether there is anybody to choose; what is held may still not count today. One
    query."""
    if viewer.patient_id is None:
        return False
    return _standing().filter(representative_id=viewer.patient_id).exists()


def read_powers(viewer: Viewer) -> Answer[PowersPage]:
    """Who may see for the viewer, and whom the viewer may see for."""
    own = viewer.patient_id or _NOBODY
    request = request_for(Action.SET_REPRESENTATION, viewer, own)

    def fetch(facts: Facts) -> Found[PowersPage]:
        age = facts.people.patient.age(timezone.localdate(request.at))
        is_youth = (
            age is not None and facts.policies.parents_until_age <= age
        ) and age < ADULT_IN_HEALTH
        return Found(
            PowersPage(
                given=_given(own),
                received=seen_for(viewer),
                others=_others(own),
                parents=_parents(own) if is_youth else (),
                may_give=age is not None and age >= ADULT_IN_HEALTH,
            )
        )

    return answer(replace(request, action=Action.READ_REPRESENTATION), fetch)


def give_power(viewer: Viewer, *, number: str, order: PowerOrder) -> Answer[Outcome]:
    """A power of attorney to whoever has this number. Raises InvalidIdentityNumber."""
    parsed = identity.parse(number, allow_test_numbers=settings.ALLOW_TEST_NUMBERS)

    def give(own: uuid.UUID, facts: Facts, at: datetime.datetime) -> uuid.UUID:
        _check_giver(own, facts, at)
        born = parsed.birth_date
        if born is None or age_on(born, timezone.localdate(at)) < MAJORITY:
            raise RepresentationRefused(RepresentationFault.RECEIVER_TOO_YOUNG)
        return _register(own, ensure_patient(parsed), order=order, viewer=viewer, at=at)

    return _changed(viewer, give)


def limit_power(
    viewer: Viewer, *, power_id: uuid.UUID, order: PowerOrder
) -> Answer[Outcome]:
    """The same person gets another in its place, with other limits."""

    def limit(own: uuid.UUID, facts: Facts, at: datetime.datetime) -> uuid.UUID | None:
        row = _powers(own).filter(pk=power_id).first()
        if row is None:
            return None
        operations.end_representation(row.id, by=str(viewer.user_id), at=at)
        return _register(own, row.representative_id, order=order, viewer=viewer, at=at)

    return _changed(viewer, limit)


def end_power(viewer: Viewer, *, power_id: uuid.UUID) -> Answer[Outcome]:
    """Over at once; by whoever gave it, or by whoever has it."""

    def end(own: uuid.UUID, _facts: Facts, at: datetime.datetime) -> uuid.UUID | None:
        mine = Q(represented_id=own) | Q(representative_id=own)
        row = _attorneys().filter(mine, pk=power_id).first()
        if row is None:
            return None
        operations.end_representation(row.id, by=str(viewer.user_id), at=at)
        return row.id

    return _changed(viewer, end)


def decide_for_parent(
    viewer: Viewer, *, parent_id: uuid.UUID, may_see: bool
) -> Answer[Outcome]:
    """A youth lets a parent see, or no longer."""

    def decided(own: uuid.UUID, facts: Facts, at: datetime.datetime) -> uuid.UUID:
        age = facts.people.patient.age(timezone.localdate(at))
        if age is None or age >= ADULT_IN_HEALTH:
            raise RepresentationRefused(RepresentationFault.NOT_A_YOUTH)
        if parent_id not in {parent.patient_id for parent in _parents(own)}:
            raise RepresentationRefused(RepresentationFault.NOT_A_PARENT)
        if not may_see:
            operations.stop_parent_seeing(own, parent_id=parent_id, at=at)
            return parent_id
        if age < facts.policies.parents_until_age:
            raise RepresentationRefused(RepresentationFault.NOT_A_YOUTH)
        return operations.let_parent_see(own, parent_id=parent_id, at=at)

    return _changed(viewer, decided)


_NOBODY = uuid.UUID(int=0)
_Change = Callable[[uuid.UUID, Facts, datetime.datetime], uuid.UUID | None]


def _changed(viewer: Viewer, change: _Change) -> Answer[Outcome]:
    """Always of one's own: nobody gives powers on another's behalf. What cannot be done
    is logged as refused, and says why."""
    own = viewer.patient_id or _NOBODY
    request = request_for(Action.SET_REPRESENTATION, viewer, own)

    def fetch(facts: Facts) -> Found[Outcome] | None:
        try:
            key = change(own, facts, request.at)
        except RepresentationRefused as refused:
            return Found(Outcome(fault=refused.fault), refused=Reason.NOT_REGISTERED)
        return Found(Outcome(key)) if key else None

    return answer(request, fetch, changes=True)


def _check_giver(own: uuid.UUID, facts: Facts, at: datetime.datetime) -> None:
    """That a receiver has an address that is protected is not told: no look gets by."""
    age = facts.people.patient.age(timezone.localdate(at))
    if age is None or age < ADULT_IN_HEALTH:
        raise RepresentationRefused(RepresentationFault.GIVER_TOO_YOUNG)
    if facts.people.patient.is_address_protected:
        raise RepresentationRefused(RepresentationFault.ADDRESS_PROTECTED)
    if _powers(own).count() >= MOST_POWERS:
        raise RepresentationRefused(RepresentationFault.TOO_MANY)


def _register(
    own: uuid.UUID,
    receiver: uuid.UUID,
    *,
    order: PowerOrder,
    viewer: Viewer,
    at: datetime.datetime,
) -> uuid.UUID:
    today = timezone.localdate(at)
    if order.valid_to is not None and order.valid_to <= today:
        raise RepresentationRefused(RepresentationFault.IN_THE_PAST)
    return operations.register_representation(
        RepresentationBasis.POWER_OF_ATTORNEY,
        representative_id=receiver,
        represented_id=own,
        terms=Terms(today, order.valid_to, order.scope),
        origin=Origin(RegisterSource.PERSON, by=str(viewer.user_id), at=at),
    )


def _basis(
    viewer: Viewer, patient_id: uuid.UUID
) -> tuple[RepresentationBasis, uuid.UUID] | None:
    """What lets the viewer see this person's list now, and its key. One query."""
    request = request_for(Action.LIST_REPORTS, viewer, patient_id)
    facts = load_facts(request)
    held = standing(request, facts)
    if held is None or not decide(request, facts).is_permitted:
        return None
    return held.basis, held.id


def _standing() -> QuerySet[Representation]:
    day = timezone.localdate()
    return Representation.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        valid_from__lte=day,
        is_approved=True,
        ended_at=None,
    )


def _attorneys() -> QuerySet[Representation]:
    return _standing().filter(basis=RepresentationBasis.POWER_OF_ATTORNEY)


def _powers(own: uuid.UUID) -> QuerySet[Representation]:
    return _attorneys().filter(represented_id=own)


def _given(own: uuid.UUID) -> tuple[PowerLine, ...]:
    rows = list(_powers(own).order_by("-registered_at", "-id"))
    headers = queries.headers_of([row.representative_id for row in rows])
    return tuple(
        PowerLine(
            id=row.id,
            masked_number=_number(headers.get(row.representative_id)),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            scope=Scope(
                categories=frozenset(row.categories),
                reports_from=row.reports_from,
                reports_to=row.reports_to,
                includes_log=row.includes_log,
            ),
        )
        for row in rows
    )


def _others(own: uuid.UUID) -> tuple[PersonLine, ...]:
    """Those a register or a document says may see; whether they may today depends."""
    rows = list(
        _standing()
        .filter(represented_id=own)
        .exclude(basis=RepresentationBasis.POWER_OF_ATTORNEY)
        .order_by("basis", "id")
    )
    headers = queries.headers_of([row.representative_id for row in rows])
    return tuple(
        _person(
            headers.get(row.representative_id),
            row.representative_id,
            RepresentationBasis(row.basis),
            row.valid_to,
        )
        for row in rows
    )


def _person(
    header: PatientHeader | None,
    key: uuid.UUID,
    basis: RepresentationBasis,
    valid_to: datetime.date | None,
) -> PersonLine:
    name = header.name if header else ""
    return PersonLine(key, name, _number(header), basis, valid_to)


def _number(header: PatientHeader | None) -> str:
    return header.masked_number if header else ""


def _parents(own: uuid.UUID) -> tuple[ParentLine, ...]:
    consents = YouthConsent.objects.filter(youth_id=own, revoked_at=None)
    let = set(consents.values_list("parent_id", flat=True))
    return tuple(
        ParentLine(
            line.patient_id, line.name, line.masked_number, line.patient_id in let
        )
        for line in _others(own)
        if line.basis is RepresentationBasis.PARENTAL_RESPONSIBILITY
    )
