"""For those without electronic identity: the help desk does what they ask for.

Every step says how the person was identified, is logged, and is told to the patient.
No answer is shown.
"""

import datetime
import uuid
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from access import operations
from access.decision import decide
from access.facts import load_facts, works_at_help_desk
from access.limits import RestrictionScope
from access.log import write_entry
from access.lookup.answers import Answer, not_found
from access.lookup.limits import BlockLine, RestrictionLine, blocks_of, restrictions_of
from access.lookup.needs import NOBODY
from access.lookup.reservations import Reservation, reservation_of
from access.terms import (
    AccessRequest,
    Action,
    Viewer,
    ViewerKind,
)
from access.vocabulary import (
    HelpDeskDeed,
    HowIdentified,
)
from results import identity, queries
from results.operations import ensure_patient, patient_known_by
from results.queries import PatientHeader


@dataclass(frozen=True, slots=True)
class HelpDeskPage:
    """Who it is, and what is reserved and closed; nothing of what was reported."""

    patient: PatientHeader
    reservation: Reservation
    restrictions: tuple[RestrictionLine, ...]
    blocks: tuple[BlockLine, ...]


def is_help_desk(viewer: Viewer) -> bool:
    """Whether the person works at the help desk. One query."""
    is_at_work = viewer.kind is ViewerKind.PRACTITIONER
    return is_at_work and works_at_help_desk(viewer.user_id)


@transaction.atomic
def find_for_help(
    viewer: Viewer, *, number: str, identified: HowIdentified
) -> Answer[HelpDeskPage]:
    """Whoever has this number, made known if nobody has. Raises InvalidIdentityNumber.
    Who is refused makes nobody known."""
    parsed = identity.parse(number, allow_test_numbers=settings.ALLOW_TEST_NUMBERS)
    known = patient_known_by(parsed)
    request = _request(Action.HELP_FIND, viewer, known or NOBODY)
    if known is None and decide(request, load_facts(request)).is_permitted:
        request = replace(request, patient_id=ensure_patient(parsed))
    return _answered(request, identified, searched=parsed.digits)


@transaction.atomic
def help_patient(
    viewer: Viewer,
    *,
    patient_id: uuid.UUID,
    deed: HelpDeskDeed,
    identified: HowIdentified,
    limit_id: uuid.UUID | None = None,
) -> Answer[HelpDeskPage]:
    """Do one thing the person asks for."""
    request = _request(Action.HELP_CHANGE, viewer, patient_id)
    facts = load_facts(request)
    is_known = queries.patient_header(patient_id) is not None
    if is_known and decide(request, facts).is_permitted:
        _do(deed, request.viewer, patient_id, limit_id, request.at)
    return _answered(request, identified, said=f"{deed.label}. ")


def _answered(
    request: AccessRequest,
    identified: HowIdentified,
    *,
    searched: str = "",
    said: str = "",
) -> Answer[HelpDeskPage]:
    facts = load_facts(request)
    verdict = decide(request, facts)
    header = (
        queries.patient_header(request.patient_id) if verdict.is_permitted else None
    )
    if header is None:
        verdict = not_found(verdict)
    write_entry(
        request,
        facts,
        verdict,
        justification=f"{said}{identified.label}",
        searched=searched,
    )
    return Answer(verdict, _page(header) if header else None)


def _page(header: PatientHeader) -> HelpDeskPage:
    return HelpDeskPage(
        patient=header,
        reservation=reservation_of(header.patient_id),
        restrictions=restrictions_of(header.patient_id),
        blocks=blocks_of(header.patient_id),
    )


def _do(
    deed: HelpDeskDeed,
    viewer: Viewer,
    patient_id: uuid.UUID,
    limit_id: uuid.UUID | None,
    at: datetime.datetime,
) -> None:
    change = _DEEDS.get(deed)
    if change is not None:
        change(viewer, patient_id=patient_id, at=at)
    elif deed is HelpDeskDeed.RESTRICT:
        operations.set_restriction(
            viewer, patient_id=patient_id, scope=RestrictionScope.ALL, at=at
        )
    elif limit_id is not None:
        operations.lift_limit(viewer, patient_id=patient_id, limit_id=limit_id, at=at)


_DEEDS = {
    HelpDeskDeed.RESERVE: operations.reserve,
    HelpDeskDeed.END_RESERVATION: operations.end_reservation,
    HelpDeskDeed.CLOSE_DIGITAL: operations.close_digital_access,
    HelpDeskDeed.OPEN_DIGITAL: operations.open_digital_access,
}


def _request(action: Action, viewer: Viewer, patient_id: uuid.UUID) -> AccessRequest:
    """They act for the help desk, whatever else they are."""
    at_work = viewer.kind is ViewerKind.PRACTITIONER
    acting = replace(
        viewer,
        kind=ViewerKind.HELP_DESK if at_work else viewer.kind,
        role_code="",
        organization_id=None,
        organization_name="",
    )
    return AccessRequest(action, acting, patient_id, timezone.now())
