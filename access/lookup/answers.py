"""How the door answers: decide, fetch, log, and check that it all still holds."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from django.db import connection, transaction
from django.utils import timezone

from access.decision import decide
from access.facts import load_facts
from access.limits import Limits
from access.log import write_entry
from access.operations import ensure_patient_policy
from access.releases import ReleaseTold
from access.rules.ground import refuse
from access.terms import (
    ASSESSING,
    AccessRequest,
    Action,
    Facts,
    Reason,
    Verdict,
    Viewer,
    ViewerKind,
)
from results.queries import PatientHeader, ReportSummary

T = TypeVar("T")
# Whoever meets a change is decided on anew; who meets one every time is refused.
ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A verdict, and what was asked for when it permits; `value` is None otherwise.
    `release` goes with one report: what its citizen is shown of it."""

    verdict: Verdict
    value: T | None
    release: ReleaseTold | None = None


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """What was fetched, and which reports of it are shown. `done` is what is logged,
    where less was done than asked for; `refused` is why nothing was changed, where a
    change was asked for."""

    value: T
    reports: Sequence[ReportSummary] = ()
    report_ids: Sequence[uuid.UUID] = ()
    release: ReleaseTold | None = None
    done: Action | None = None
    refused: Reason | None = None


class Changed(Exception):
    """Something the decision rests on was changed before the answer could leave."""


def request_for(action: Action, viewer: Viewer, patient_id: uuid.UUID) -> AccessRequest:
    """A request of this moment."""
    return AccessRequest(
        action=action, viewer=viewer, patient_id=patient_id, at=timezone.now()
    )


def answer(
    request: AccessRequest,
    fetch: Callable[[Facts], Found[T] | None],
    *,
    changes: bool = False,
) -> Answer[T]:
    """What `fetch` finds, if the decision permits; logged either way. What changes the
    limits holds the row they are counted in, and shows nothing to hold back."""
    return confirmed(request, lambda: _once(request, fetch, changes=changes))


def confirmed(request: AccessRequest, once: Callable[[], Answer[T]]) -> Answer[T]:
    """The answer of an attempt that nothing changed under; what was changed under is
    rolled back whole, its log entry too, and decided on anew."""
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return once()
        except Changed:
            continue
    verdict = refuse(Reason.POLICY_CHANGED, rule="late_check")
    write_entry(request, Facts(), verdict)
    return Answer(verdict, None)


def still_holds(request: AccessRequest, facts: Facts) -> None:
    """Raises Changed when the patient's limits are others than those decided on, or the
    need has ended. What holds now holds until the transaction ends: whoever changes it
    waits, so that no answer leaves after a change is confirmed."""
    if request.viewer.kind is ViewerKind.CITIZEN:
        _still_represented(request, facts)
        _still_released(request, facts)
        return
    if request.viewer.kind is not ViewerKind.PRACTITIONER:
        return
    if request.action in ASSESSING:
        _still_open(request, facts)
    if facts.grant is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(_STILL, [facts.grant.id, request.patient_id])
        row = cursor.fetchone()
    if row is None or row[0] != (facts.limits.version or _FIRST_VERSION):
        raise Changed


def _still_released(request: AccessRequest, facts: Facts) -> None:
    """Where nobody has closed or decided anything there is no row to meet at, and one
    is made: whoever withholds an answer waits for those who are reading it."""
    if not facts.releases:
        return
    if facts.release_version is None:
        ensure_patient_policy(request.patient_id)
    with connection.cursor() as cursor:
        cursor.execute(_STILL_RELEASED, [request.patient_id])
        row = cursor.fetchone()
    if row is None or row[0] != (facts.release_version or _FIRST_VERSION):
        raise Changed


def _still_open(request: AccessRequest, facts: Facts) -> None:
    """The same for who assesses without having stated a need."""
    if facts.limits.version is None:
        ensure_patient_policy(request.patient_id)
    with connection.cursor() as cursor:
        cursor.execute(_STILL_OPEN, [request.patient_id])
        row = cursor.fetchone()
    if row is None or row[0] != (facts.limits.version or _FIRST_VERSION):
        raise Changed


_STILL_OPEN = """
    SELECT version FROM access_patientpolicy WHERE patient_id = %s FOR SHARE
"""
_STILL_RELEASED = """
    SELECT release_version FROM access_patientpolicy WHERE patient_id = %s FOR SHARE
"""


def _still_represented(request: AccessRequest, facts: Facts) -> None:
    """Whoever ends a representation counts it with the patient's limits: nothing leaves
    to the one who had it after they are told that it has ended."""
    if request.viewer.patient_id == request.patient_id:
        return
    with connection.cursor() as cursor:
        cursor.execute(_STILL_REPRESENTED, [request.patient_id])
        row = cursor.fetchone()
    if row is None or row[0] != facts.people.version:
        raise Changed


_STILL_REPRESENTED = """
    SELECT version FROM access_patientpolicy WHERE patient_id = %s FOR SHARE
"""
_STILL = """
    SELECT policy.version FROM access_patientpolicy policy
    JOIN access_carerelationship need ON need.id = %s AND need.ended_at IS NULL
    WHERE policy.patient_id = %s FOR SHARE OF policy, need
"""
# A row is made with it when the first need is stated; a limit begins with the next.
_FIRST_VERSION = 1


def told(request: AccessRequest, facts: Facts, verdict: Verdict) -> Verdict:
    """What the viewer is told: where nobody is to know that something is restricted,
    exactly what they would be told of a report that is not there; and whoever may not
    see for another, not why, where the reason would tell of them."""
    if verdict.reason in _TOLD_AS:
        return replace(verdict, reason=_TOLD_AS[verdict.reason])
    if (
        verdict.reason is not Reason.RESTRICTED
        or facts.policies.may_see_that_restricted
    ):
        return verdict
    return not_found(decide(request, replace(facts, limits=Limits())))


# That an address is protected, a child is in care, or a youth has said no, is theirs.
_TOLD_AS = {
    Reason.ADDRESS_PROTECTED: Reason.NOT_REPRESENTED,
    Reason.CARE_ORDER: Reason.NOT_REPRESENTED,
    Reason.NO_SHARED_ADDRESS: Reason.NOT_REPRESENTED,
    Reason.CONSENT_REVOKED: Reason.AGE_12_15,
    Reason.NOT_FOR_PARENTS: Reason.NOT_FOUND,
    Reason.OUTSIDE_SCOPE: Reason.NOT_FOUND,
}


def not_found(verdict: Verdict) -> Verdict:
    """The rule permitted, but there is nothing by that key for that patient."""
    if not verdict.is_permitted:
        return verdict
    return replace(verdict, is_permitted=False, reason=Reason.NOT_FOUND)


def with_expiry(header: PatientHeader, facts: Facts) -> PatientHeader:
    """The header, with the moment the need for this patient ends, and whether personnel
    are told that nothing is stored."""
    expires_at = facts.grant.expires_at if facts.grant else None
    return replace(
        header,
        grant_expires_at=expires_at,
        is_reserved=facts.is_reserved and facts.policies.may_see_that_reserved,
    )


def _once(
    request: AccessRequest,
    fetch: Callable[[Facts], Found[T] | None],
    *,
    changes: bool,
) -> Answer[T]:
    facts = load_facts(request)
    verdict = decide(request, facts)
    found = fetch(facts) if verdict.is_permitted else None
    if found is None:
        verdict = not_found(verdict)
        write_entry(request, facts, verdict)
        return Answer(told(request, facts, verdict), None)
    if found.refused:
        verdict = replace(verdict, is_permitted=False, reason=found.refused)
    write_entry(
        replace(request, action=found.done or request.action),
        facts,
        verdict,
        reports=found.reports,
        report_ids=found.report_ids,
    )
    if not changes:
        still_holds(request, facts)
    return Answer(verdict, found.value, found.release)
