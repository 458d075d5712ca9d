"""What a patient has closed, and to whom: read, set and lifted through the door."""

import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from access import operations
from access.limits import LimitSetBy, RestrictionScope
from access.lookup.answers import Answer, Found, answer, request_for, with_expiry
from access.lookup.reports import is_elevated
from access.models import (
    AccessLogEntry,
    AccessRestriction,
    Consent,
    PractitionerBlock,
)
from access.terms import Action, Facts, Viewer, ViewerKind
from results import queries
from results.queries import PatientHeader
from results.vocabulary import Discipline


@dataclass(frozen=True, slots=True)
class RestrictionLine:
    """Something that is closed now. `title` is the report's, where it is one."""

    id: uuid.UUID
    scope: RestrictionScope
    category: Discipline | None
    report_id: uuid.UUID | None
    organization_name: str
    set_by: LimitSetBy
    set_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class BlockLine:
    """Someone who is shut out now."""

    id: uuid.UUID
    hpr_number: str
    name: str
    set_by: LimitSetBy
    set_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """A consent that runs."""

    id: uuid.UUID
    name: str
    given_at: datetime.datetime
    valid_to: datetime.datetime


@dataclass(frozen=True, slots=True)
class LimitsPage:
    """All that is closed now, and who may be shut out: those who have looked, by HPR
    number, and the organisations they looked for. Personnel see neither who has looked
    nor consents given to others; with `is_hidden` they are not told what is closed."""

    restrictions: tuple[RestrictionLine, ...]
    blocks: tuple[BlockLine, ...]
    have_looked: dict[str, str]
    organizations: dict[uuid.UUID, str]
    consents: tuple[ConsentLine, ...]
    patient: PatientHeader | None = None
    is_hidden: bool = False


def read_limits(viewer: Viewer, *, patient_id: uuid.UUID) -> Answer[LimitsPage]:
    """What is closed now, the newest first."""
    request = request_for(Action.READ_LIMITS, viewer, patient_id)

    def fetch(facts: Facts) -> Found[LimitsPage]:
        if viewer.kind is ViewerKind.PRACTITIONER:
            return Found(_for_personnel(patient_id, facts))
        return Found(
            LimitsPage(
                restrictions=restrictions_of(patient_id),
                blocks=blocks_of(patient_id),
                have_looked=_have_looked(patient_id),
                organizations=_organizations(patient_id),
                consents=_consents(patient_id),
            )
        )

    return answer(request, fetch)


def restrict(
    viewer: Viewer,
    *,
    patient_id: uuid.UUID,
    scope: RestrictionScope,
    category: str = "",
    report_id: uuid.UUID | None = None,
    organization_id: uuid.UUID | None = None,
) -> Answer[uuid.UUID]:
    """Close all, a discipline or a report of the patient's, to all personnel or to one
    organisation's that has looked. What is not the patient's is refused as what is
    not."""

    def change(at: datetime.datetime) -> uuid.UUID | None:
        if report_id and queries.report_of(patient_id, report_id) is None:
            return None
        if organization_id and organization_id not in _organizations(patient_id):
            return None
        return operations.set_restriction(
            viewer,
            patient_id=patient_id,
            scope=scope,
            category=category,
            report_id=report_id,
            organization_id=organization_id,
            at=at,
        )

    return _changed(Action.SET_LIMIT, viewer, patient_id, change)


def block(
    viewer: Viewer, *, patient_id: uuid.UUID, hpr_number: str
) -> Answer[uuid.UUID]:
    """Shut one person out, by HPR number."""

    def change(at: datetime.datetime) -> uuid.UUID:
        return operations.set_block(
            viewer,
            patient_id=patient_id,
            hpr_number=hpr_number,
            blocked_name=_have_looked(patient_id).get(hpr_number, ""),
            at=at,
        )

    return _changed(Action.SET_LIMIT, viewer, patient_id, change)


def lift(
    viewer: Viewer, *, patient_id: uuid.UUID, limit_id: uuid.UUID
) -> Answer[uuid.UUID]:
    """Lift one limit of the patient's, or withdraw a consent; another's is refused as
    one that is not."""

    def change(at: datetime.datetime) -> uuid.UUID | None:
        is_lifted = operations.lift_limit(
            viewer, patient_id=patient_id, limit_id=limit_id, at=at
        ) or operations.withdraw_consent(limit_id, patient_id=patient_id, at=at)
        return limit_id if is_lifted else None

    return _changed(Action.LIFT_LIMIT, viewer, patient_id, change)


def _changed(
    action: Action,
    viewer: Viewer,
    patient_id: uuid.UUID,
    change: Callable[[datetime.datetime], uuid.UUID | None],
) -> Answer[uuid.UUID]:
    request = request_for(action, viewer, patient_id)

    def fetch(_facts: Facts) -> Found[uuid.UUID] | None:
        changed = change(request.at)
        return Found(changed) if changed else None

    return answer(request, fetch, changes=True)


def _for_personnel(patient_id: uuid.UUID, facts: Facts) -> LimitsPage:
    """Where nobody is to know that something is closed, it shows only to those to whom
    the patient has opened it."""
    header = queries.patient_header(patient_id)
    is_hidden = not facts.policies.may_see_that_restricted and not is_elevated(facts)
    return LimitsPage(
        restrictions=() if is_hidden else restrictions_of(patient_id),
        blocks=() if is_hidden else blocks_of(patient_id),
        have_looked={},
        organizations={},
        consents=(),
        patient=with_expiry(header, facts) if header else None,
        is_hidden=is_hidden,
    )


def restrictions_of(patient_id: uuid.UUID) -> tuple[RestrictionLine, ...]:
    """What is closed now; for those who have been let in. One query."""
    rows = AccessRestriction.objects.filter(patient_id=patient_id, valid_to=None)
    return tuple(
        RestrictionLine(
            id=row.id,
            scope=RestrictionScope(row.scope),
            category=Discipline(row.category) if row.category else None,
            report_id=row.report_id,
            organization_name=row.organization.name if row.organization else "",
            set_by=LimitSetBy(row.set_by),
            set_at=row.set_at,
        )
        for row in rows.select_related("organization").order_by("-set_at", "-id")
    )


def blocks_of(patient_id: uuid.UUID) -> tuple[BlockLine, ...]:
    """Who is shut out now; for those who have been let in. One query."""
    rows = PractitionerBlock.objects.filter(patient_id=patient_id, valid_to=None)
    return tuple(
        BlockLine(
            id=row.id,
            hpr_number=row.hpr_number,
            name=row.blocked_name,
            set_by=LimitSetBy(row.set_by),
            set_at=row.set_at,
        )
        for row in rows.order_by("-set_at", "-id")
    )


def _consents(patient_id: uuid.UUID) -> tuple[ConsentLine, ...]:
    rows = Consent.objects.filter(
        patient_id=patient_id, withdrawn_at=None, valid_to__gt=timezone.now()
    )
    return tuple(
        ConsentLine(row.id, row.given_to, row.given_at, row.valid_to)
        for row in rows.order_by("-given_at", "-id")
    )


def _have_looked(patient_id: uuid.UUID) -> dict[str, str]:
    entries = _looks(patient_id).exclude(hpr_number="")
    named = entries.values_list("hpr_number", "viewer_name").order_by("viewer_name")
    return dict(named.distinct()[:_MOST_NAMES])


def _organizations(patient_id: uuid.UUID) -> dict[uuid.UUID, str]:
    entries = _looks(patient_id).exclude(organization_id=None)
    named = entries.values_list("organization_id", "organization_name")
    rows = named.order_by("organization_name").distinct()[:_MOST_NAMES]
    return {key: name for key, name in rows if key}


def _looks(patient_id: uuid.UUID) -> QuerySet[AccessLogEntry]:
    return AccessLogEntry.objects.filter(patient_id__in=queries.known_as(patient_id))


_MOST_NAMES = 200
