"""Cases about looks, from a rule, an emergency or a citizen's question; answered within
a deadline by the organisation's controller, and never by the one who looked."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from guardian.shortcuts import assign_perm, get_objects_for_user

from access.log import LogLine, line_of, lines_between, write_entry
from access.models import AccessCase, AccessLogEntry, EmergencyOverride, User
from access.models.case import TEXT_CONTEXT
from access.rules.ground import permit
from access.terms import (
    AccessRequest,
    Action,
    Facts,
    Viewer,
    ViewerKind,
)
from access.vocabulary import (
    ABOUT_MANY,
    CaseKind,
    CaseOutcome,
)
from results import queries
from results.encryption import decrypt, encrypt
from results.models import Organization
from results.operations import Cause, settle_alarms
from results.vocabulary import AlarmKind

ANSWERED_WITHIN = datetime.timedelta(days=30)
_REVIEW, _VIEW = "results.review_emergency_access", "results.view_access_log"


class NotYours(Exception):
    """There is no such case or look for this person; told as one that is not."""


@dataclass(frozen=True, slots=True)
class Case:
    """A case as its reader may see it: a citizen sees no reasons, a controller all."""

    id: uuid.UUID
    kind: CaseKind
    opened_at: datetime.datetime
    due_at: datetime.datetime
    is_late: bool
    closed_at: datetime.datetime | None
    outcome: CaseOutcome | None
    question: str = ""
    answer: str = ""
    reasons: str = ""
    organization_name: str = ""
    viewer_name: str = ""
    patient_name: str = ""
    lines: tuple[LogLine, ...] = ()


def open_case(
    kind: CaseKind,
    *,
    cause: str,
    entry: AccessLogEntry,
    question: str = "",
    due_at: datetime.datetime | None = None,
) -> bool:
    """A case about a look; False when there is one with that cause already, or nobody
    acted for an organisation."""
    if entry.user_id is None or entry.organization_id is None:
        return False
    _case, is_new = AccessCase.objects.get_or_create(
        cause=cause,
        defaults={
            "kind": kind,
            "organization_id": entry.organization_id,
            "user_id": entry.user_id,
            "patient_id": None if kind in ABOUT_MANY else entry.patient_id,
            "entry_id": entry.id,
            "question_encrypted": _encrypted(question),
            "due_at": due_at or timezone.now() + ANSWERED_WITHIN,
        },
    )
    return is_new


def line_to_ask_about(viewer: Viewer, entry_id: uuid.UUID) -> LogLine:
    """The line of the citizen's own log. Raises NotYours: also for one's own looks."""
    return line_of(_own_entry(viewer, entry_id))


def ask(viewer: Viewer, entry_id: uuid.UUID, *, question: str) -> None:
    """A citizen's question about a look becomes a case. Asking twice about the same
    look adds nothing. Raises NotYours."""
    entry = _own_entry(viewer, entry_id)
    if not open_case(
        CaseKind.QUESTION, cause=f"question:{entry.id}", entry=entry, question=question
    ):
        _own_cases(viewer).get(cause=f"question:{entry.id}")


def own_cases(viewer: Viewer) -> tuple[Case, ...]:
    """What the citizen has asked, and what was answered; newest first."""
    cases = _own_cases(viewer).filter(kind=CaseKind.QUESTION).order_by("-opened_at")
    names = _names(cases)
    return tuple(
        _case(
            case,
            question=_decrypted(case.question_encrypted),
            answer=_decrypted(case.answer_encrypted),
            organization_name=names.get(case.organization_id, ""),
        )
        for case in cases
    )


def appoint_controller(user: User, organization_id: uuid.UUID) -> None:
    """The person follows up looks made for this organisation."""
    organization = Organization.objects.get(pk=organization_id)
    for permission in (_REVIEW, _VIEW):
        assign_perm(permission, user, organization)


def is_controller(viewer: Viewer) -> bool:
    return bool(_organizations_of(viewer))


def cases_for(viewer: Viewer) -> tuple[Case, ...]:
    """The controller's cases: open first, by deadline; the last hundred."""
    found = _cases_of(viewer).order_by("closed_at", "due_at")
    open_first = sorted(found[:100], key=lambda case: case.closed_at is not None)
    organizations, people = _names(open_first), _people(open_first)
    return tuple(
        _case(
            case,
            organization_name=organizations.get(case.organization_id, ""),
            viewer_name=people.get(case.user_id, ""),
        )
        for case in open_first
    )


@transaction.atomic
def read_case(viewer: Viewer, case_id: uuid.UUID) -> Case:
    """The whole case, with the looks it is about; that the controller read it is in the
    patient's log. Raises NotYours."""
    case = _case_of(viewer, case_id)
    patient_id = case.patient_id
    header = queries.patient_header(patient_id) if patient_id else None
    if patient_id is not None:
        request = AccessRequest(
            action=Action.REVIEW_CASE,
            viewer=viewer,
            patient_id=patient_id,
            at=timezone.now(),
        )
        write_entry(request, Facts(), permit(rule="controller"))
    return _case(
        case,
        question=_decrypted(case.question_encrypted),
        answer=_decrypted(case.answer_encrypted),
        reasons=_decrypted(case.reasons_encrypted),
        organization_name=_names([case]).get(case.organization_id, ""),
        viewer_name=_people([case]).get(case.user_id, ""),
        patient_name=header.name if header else "",
        lines=lines_between(case.user_id, patient_id, until=case.opened_at),
    )


@transaction.atomic
def close_case(
    viewer: Viewer,
    case_id: uuid.UUID,
    *,
    outcome: CaseOutcome,
    reasons: str,
    answer: str = "",
) -> None:
    """Ended with an outcome; `answer` is what the citizen reads. A closed case stays as
    it was closed. Raises NotYours."""
    case = _case_of(viewer, case_id)
    if case.closed_at is not None:
        raise NotYours
    case.closed_at = timezone.now()
    case.closed_by = viewer.user_id
    case.outcome = outcome
    case.reasons_encrypted = _encrypted(reasons)
    case.answer_encrypted = _encrypted(answer)
    case.save()


def review_emergencies() -> int:
    """A case for each look in an emergency that has none yet; gives how many."""
    overrides = EmergencyOverride.objects.filter(is_unneeded=False).exclude(
        care_relationship_id__in=AccessCase.objects.filter(
            kind=CaseKind.EMERGENCY
        ).values("entry_id")
    )
    return sum(_review(override) for override in overrides[:500])


def escalate() -> None:
    """What is past its deadline is told to operators, organisation by organisation,
    until it is closed."""
    now = timezone.now()
    late = AccessCase.objects.filter(closed_at=None, due_at__lt=now)
    late.filter(escalated_at=None).update(escalated_at=now)
    counted = late.values("organization_id").annotate(count=Count("id"))
    settle_alarms(
        AlarmKind.ACCESS_LOG,
        [
            Cause(
                str(row["organization_id"]),
                f"{row['count']} saker om oppslag er over fristen.",
                organization_id=row["organization_id"],
            )
            for row in counted
        ],
        prefix="cases:",
    )


def _review(override: EmergencyOverride) -> bool:
    """The case names the need as its look: all that was seen was seen under it."""
    _case, is_new = AccessCase.objects.get_or_create(
        cause=f"emergency:{override.id}",
        defaults={
            "kind": CaseKind.EMERGENCY,
            "organization_id": override.organization_id,
            "user_id": override.user_id,
            "patient_id": override.patient_id,
            "entry_id": override.care_relationship_id,
            "opened_at": override.opened_at,
            "due_at": override.review_due_at,
        },
    )
    return is_new


def _own_entry(viewer: Viewer, entry_id: uuid.UUID) -> AccessLogEntry:
    if viewer.kind is not ViewerKind.CITIZEN or viewer.patient_id is None:
        raise NotYours
    entry = AccessLogEntry.objects.filter(
        pk=entry_id, patient_id__in=queries.known_as(viewer.patient_id), is_own=False
    ).first()
    if entry is None or entry.organization_id is None:
        raise NotYours
    return entry


def _own_cases(viewer: Viewer) -> QuerySet[AccessCase]:
    if viewer.kind is not ViewerKind.CITIZEN or viewer.patient_id is None:
        return AccessCase.objects.none()
    return AccessCase.objects.filter(patient_id__in=queries.known_as(viewer.patient_id))


def log_followed_by(user_id: uuid.UUID) -> set[uuid.UUID]:
    """The organisations whose looks this person follows up."""
    return _held(User.objects.get(pk=user_id), _VIEW)


def _held(user: User, permission: str) -> set[uuid.UUID]:
    """The organisations it is held for; superusers hold none by being that."""
    found: QuerySet[Organization] = get_objects_for_user(
        user, permission, with_superuser=False, accept_global_perms=False
    )
    return set(found.values_list("pk", flat=True))


def _organizations_of(viewer: Viewer) -> dict[str, set[uuid.UUID]]:
    if viewer.kind is not ViewerKind.PRACTITIONER or viewer.user_id is None:
        return {}
    user = User.objects.get(pk=viewer.user_id)
    held = {permission: _held(user, permission) for permission in (_REVIEW, _VIEW)}
    return {permission: found for permission, found in held.items() if found}


def _cases_of(viewer: Viewer) -> QuerySet[AccessCase]:
    held = _organizations_of(viewer)
    if not held or viewer.user_id is None:
        return AccessCase.objects.none()
    emergencies = AccessCase.objects.filter(kind=CaseKind.EMERGENCY)
    others = AccessCase.objects.exclude(kind=CaseKind.EMERGENCY)
    theirs = emergencies.filter(organization_id__in=held.get(_REVIEW, ())) | (
        others.filter(organization_id__in=held.get(_VIEW, ()))
    )
    return theirs.exclude(user_id=viewer.user_id)


def _case_of(viewer: Viewer, case_id: uuid.UUID) -> AccessCase:
    case = _cases_of(viewer).select_for_update().filter(pk=case_id).first()
    if case is None:
        raise NotYours
    return case


def _case(case: AccessCase, **more: object) -> Case:
    is_open = case.closed_at is None
    return Case(
        id=case.id,
        kind=CaseKind(case.kind),
        opened_at=case.opened_at,
        due_at=case.due_at,
        is_late=is_open and case.due_at < timezone.now(),
        closed_at=case.closed_at,
        outcome=CaseOutcome(case.outcome) if case.outcome else None,
        **more,  # type: ignore[arg-type]
    )


def _names(cases: Sequence[AccessCase] | QuerySet[AccessCase]) -> dict[uuid.UUID, str]:
    keys = {case.organization_id for case in cases}
    return dict(Organization.objects.filter(pk__in=keys).values_list("pk", "name"))


def _people(cases: Sequence[AccessCase]) -> dict[uuid.UUID, str]:
    keys = {case.user_id for case in cases}
    return dict(User.objects.filter(pk__in=keys).values_list("pk", "name"))


def _encrypted(text: str) -> bytes | None:
    return encrypt(text.encode(), context=TEXT_CONTEXT) if text else None


def _decrypted(sealed: bytes | memoryview | None) -> str:
    return decrypt(sealed, context=TEXT_CONTEXT).decode() if sealed else ""
