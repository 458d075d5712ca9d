"""A need is stated for a patient, renewed, and ended."""

import datetime
import uuid
from dataclasses import dataclass, replace
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from access import operations
from access.decision import decide, settle, with_consent
from access.facts import load_facts
from access.log import write_entry
from access.lookup.answers import (
    Answer,
    confirmed,
    not_found,
    request_for,
    still_holds,
    told,
    with_expiry,
)
from access.models import EmergencyOverride
from access.terms import (
    AccessBasis,
    AccessRequest,
    Action,
    EmergencyReason,
    Exemption,
    Facts,
    Grant,
    PurposeOfUse,
    Viewer,
)
from results import identity, queries
from results.operations import ensure_patient, patient_known_by
from results.queries import PatientHeader

# Whom a refused search for an unknown number is logged under, beside its hash.
NOBODY = uuid.UUID(int=0)


def open_patient(
    viewer: Viewer,
    *,
    number: str,
    basis: AccessBasis | None,
    purpose: PurposeOfUse | None,
    justification: str = "",
    exemption: Exemption | None = None,
) -> Answer[PatientHeader]:
    """Open a patient by number, with the need stated for it, for at most an hour.

    Raises InvalidIdentityNumber. A number nobody has reported on is opened like any
    other, so that the look is logged and its answer tells nothing of the register; who
    is refused makes nobody known. With no basis, a consent that was kept is the basis.
    """
    parsed = identity.parse(number, allow_test_numbers=settings.ALLOW_TEST_NUMBERS)
    with transaction.atomic():
        known = patient_known_by(parsed)
        request = replace(
            request_for(Action.OPEN_PATIENT, viewer, known or NOBODY),
            basis=basis,
            purpose=purpose,
            exemption=exemption,
        )
        if known is None:
            facts = load_facts(request)
            verdict = decide(request, facts)
            if not verdict.is_permitted:
                write_entry(request, facts, verdict, searched=parsed.digits)
                return Answer(verdict, None)
            request = replace(request, patient_id=ensure_patient(parsed))
        return _stated(request, justification=justification, searched=parsed.digits)


@transaction.atomic
def renew_need(
    viewer: Viewer,
    *,
    patient_id: uuid.UUID,
    basis: AccessBasis | None,
    purpose: PurposeOfUse | None,
    justification: str = "",
    emergency_reason: EmergencyReason | None = None,
    exemption: Exemption | None = None,
) -> Answer[PatientHeader]:
    """State a need for a patient known by its opaque key; the hour begins anew. What is
    closed is opened by an elevated basis, in an emergency with its reason."""
    request = replace(
        request_for(Action.OPEN_PATIENT, viewer, patient_id),
        basis=basis,
        purpose=purpose,
        emergency_reason=emergency_reason,
        exemption=exemption,
    )
    return _stated(request, justification=justification)


def close_patient(viewer: Viewer) -> None:
    """End the need stated in this session; the next look must state a new one."""
    if viewer.session_id is not None:
        operations.end_need(viewer.session_id, at=timezone.now())


@dataclass(frozen=True, slots=True)
class OverrideLine:
    """Something the viewer opened in an emergency and has not explained."""

    id: uuid.UUID
    patient_id: uuid.UUID
    reason: EmergencyReason
    opened_at: datetime.datetime
    due_at: datetime.datetime


def overrides_to_explain(viewer: Viewer) -> tuple[OverrideLine, ...]:
    """The viewer's own, the one that is due first, first. One query."""
    if viewer.user_id is None:
        return ()
    waiting = EmergencyOverride.objects.filter(
        user_id=viewer.user_id, explained_at=None
    )
    return tuple(
        OverrideLine(
            id=row.id,
            patient_id=row.patient_id,
            reason=EmergencyReason(row.reason_code),
            opened_at=row.opened_at,
            due_at=row.text_due_at,
        )
        for row in waiting.order_by("text_due_at", "id")
    )


def explain_override(viewer: Viewer, *, override_id: uuid.UUID, text: str) -> bool:
    """Why what was closed was opened, in the viewer's own words; once given they stand.
    False when it is not the viewer's, or is explained."""
    if viewer.user_id is None:
        return False
    return operations.explain_override(
        viewer.user_id, override_id=override_id, text=text, at=timezone.now()
    )


def _stated(
    request: AccessRequest, *, justification: str, searched: str = ""
) -> Answer[PatientHeader]:
    if request.viewer.user_id is not None:
        operations.hold(request.viewer.user_id)
    once = partial(_once, request, justification=justification, searched=searched)
    return confirmed(request, once)


def _once(
    request: AccessRequest, *, justification: str, searched: str
) -> Answer[PatientHeader]:
    write = partial(write_entry, justification=justification, searched=searched)
    facts = load_facts(request)
    request = with_consent(request, facts)
    verdict = decide(request, facts)
    header = (
        queries.patient_header(request.patient_id) if verdict.is_permitted else None
    )
    if header is None:
        verdict = not_found(verdict)
        write(request, facts, verdict)
        return Answer(told(request, facts, verdict), None)
    settled = settle(request, facts)
    facts = replace(facts, grant=_grant(settled, facts, justification))
    write(settled, facts, verdict)
    still_holds(settled, facts)
    return Answer(verdict, with_expiry(header, facts))


def _grant(request: AccessRequest, facts: Facts, justification: str) -> Grant:
    basis, purpose = request.basis, request.purpose
    if basis is None or purpose is None:  # the decision permits neither without
        raise AssertionError("a need was permitted without basis and purpose")
    need = operations.state_need(
        request, justification=justification, minutes=facts.policies.grant_minutes
    )
    operations.note_elevation(need.id, request, facts)
    if basis in operations.CONSENTED and not facts.has_consent:
        operations.keep_consent(
            request.viewer,
            patient_id=request.patient_id,
            at=request.at,
            days=facts.policies.consent_course_days,
        )
    return Grant(need.id, basis, purpose, need.expires_at)
