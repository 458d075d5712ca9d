"""Writes the access log, and reads a patient's own."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q, QuerySet

from access.models import AccessLogEntry
from access.models.log import JUSTIFICATION_CONTEXT, SEARCH_CONTEXT
from access.representation import RepresentationBasis
from access.rules.representation import standing
from access.terms import (
    OVER_SEVERAL,
    TAKINGS,
    AccessBasis,
    AccessRequest,
    Action,
    Facts,
    PurposeOfUse,
    Verdict,
)
from results import queries
from results.encryption import encrypt, lookup_hash
from results.queries import ReportSummary
from results.vocabulary import Discipline

LINES_ON_A_PAGE = 50
# More people than this are not offered to choose among; dates narrow it down.
_MOST_CHOICES = 200


@dataclass(frozen=True, slots=True)
class LogLine:
    """One look, as the patient may read it. `report_ids` are those that were shown;
    `is_own` is the patient's own look, and nobody else's who signed in as a citizen."""

    at: datetime.datetime
    viewer_name: str
    organization_name: str
    role_code: str
    basis: AccessBasis | RepresentationBasis | None
    purpose: PurposeOfUse | None
    action: Action
    is_permitted: bool
    is_own: bool
    report_ids: tuple[uuid.UUID, ...] = ()
    report_title: str = ""
    report_count: int = 0
    id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class LogSelection:
    """Which part of a log is read: from and to are times, the end exclusive; `before`
    is the line the page before ended with."""

    since: datetime.datetime | None = None
    until: datetime.datetime | None = None
    user_id: uuid.UUID | None = None
    organization_id: uuid.UUID | None = None
    before: uuid.UUID | None = None


ALL = LogSelection()


@dataclass(frozen=True, slots=True)
class LogPage:
    """Lines newest first. `older` is where the next page begins, None on the last;
    the names are those the log can be narrowed down to, by key."""

    lines: tuple[LogLine, ...]
    older: uuid.UUID | None = None
    people: dict[uuid.UUID, str] = field(default_factory=dict)
    organizations: dict[uuid.UUID, str] = field(default_factory=dict)


def write_entry(
    request: AccessRequest,
    facts: Facts,
    verdict: Verdict,
    *,
    reports: Sequence[ReportSummary] = (),
    report_ids: Sequence[uuid.UUID] = (),
    justification: str = "",
    searched: str = "",
) -> None:
    """One entry for one decision, permit or refusal, in the caller's transaction.

    `reports` are those that were shown; `report_ids` names them where no more is known.
    `searched` is the number that was asked for: only its keyed hash is written.
    """
    look = Look(request, facts, verdict, tuple(reports), tuple(report_ids))
    entry = _entry(look, justification=justification, searched=searched)
    entry.save(force_insert=True)


@dataclass(frozen=True, slots=True)
class Look:
    """One decision, with the reports that were shown."""

    request: AccessRequest
    facts: Facts
    verdict: Verdict
    reports: tuple[ReportSummary, ...] = ()
    report_ids: tuple[uuid.UUID, ...] = ()


def write_entries(looks: Iterable[Look]) -> None:
    """An entry for each, in one query: where one page shows several patients."""
    AccessLogEntry.objects.bulk_create(_entry(look) for look in looks)


def _entry(
    look: Look, *, justification: str = "", searched: str = ""
) -> AccessLogEntry:
    request, verdict, reports = look.request, look.verdict, look.reports
    viewer, grant = request.viewer, look.facts.grant
    shown = [r.id for r in reports] or look.report_ids
    return AccessLogEntry(
        at=request.at,
        action=request.action,
        patient_id=request.patient_id,
        report_ids=[str(r) for r in shown],
        report_count=len(shown),
        categories=sorted({str(r.category) for r in reports}),
        origins=sorted({r.performer_name for r in reports if r.performer_name}),
        search_hash=lookup_hash(searched, context=SEARCH_CONTEXT) if searched else None,
        viewer_kind=viewer.kind,
        user_id=viewer.user_id,
        session_id=viewer.session_id,
        viewer_name=viewer.name,
        hpr_number=viewer.hpr_number,
        role_code=viewer.role_code,
        organization_id=viewer.organization_id,
        organization_name=viewer.organization_name,
        calling_system=viewer.calling_system,
        is_own=viewer.patient_id == request.patient_id,
        basis=_basis_of(request, look.facts),
        purpose_of_use=request.purpose or (grant.purpose if grant else ""),
        justification_encrypted=_encrypted(justification),
        care_relationship_id=grant.id if grant else None,
        is_permitted=verdict.is_permitted,
        reason=verdict.reason,
        rule=verdict.rule,
    )


def _basis_of(request: AccessRequest, facts: Facts) -> str:
    """What was stated, what the need rests on, or what one represents another by."""
    if request.basis or facts.grant:
        return request.basis or (facts.grant.basis if facts.grant else "")
    one = standing(request, facts)
    return one.basis if one else ""


def basis_in(text: str) -> AccessBasis | RepresentationBasis | None:
    """The basis an entry was written with."""
    if text in RepresentationBasis.values:
        return RepresentationBasis(text)
    return AccessBasis(text) if text else None


def page_of(patient_id: uuid.UUID, selection: LogSelection = ALL) -> LogPage:
    """A page of the patient's log, newest first; what was looked at under a number that
    was another patient's is theirs too. Three queries, one more after the first page.
    """
    entries = _of(patient_id)
    wanted = _selected(entries, selection).order_by("-at", "-id")
    found = list(wanted[: LINES_ON_A_PAGE + 1])
    shown = found[:LINES_ON_A_PAGE]
    return LogPage(
        lines=tuple(line_of(entry) for entry in shown),
        older=shown[-1].id if len(found) > len(shown) else None,
        **_choices(entries),
    )


def lines_between(
    user_id: uuid.UUID,
    patient_id: uuid.UUID | None,
    *,
    until: datetime.datetime,
) -> tuple[LogLine, ...]:
    """The last page of one person's looks up to a day after that moment, at one patient
    or at all. One query, two where a patient is named."""
    entries = _of(patient_id) if patient_id else AccessLogEntry.objects.all()
    theirs = entries.filter(user_id=user_id, at__lt=until + datetime.timedelta(days=1))
    return tuple(
        line_of(entry) for entry in theirs.order_by("-at", "-id")[:LINES_ON_A_PAGE]
    )


def takings_of(user_id: uuid.UUID, patient_id: uuid.UUID) -> tuple[LogLine, ...]:
    """The last page of what this person has downloaded of the patient. Two queries."""
    theirs = _of(patient_id).filter(
        user_id=user_id, action__in=TAKINGS, is_permitted=True
    )
    return tuple(
        line_of(entry) for entry in theirs.order_by("-at", "-id")[:LINES_ON_A_PAGE]
    )


def reports_opened_by(user_id: uuid.UUID, patient_id: uuid.UUID) -> set[uuid.UUID]:
    """Which of the patient's reports this person has opened. Two queries."""
    opened = AccessLogEntry.objects.filter(
        user_id=user_id,
        patient_id__in=queries.known_as(patient_id),
        action=Action.OPEN_REPORT,
        is_permitted=True,
    ).values_list("report_ids", flat=True)
    return {uuid.UUID(report_id) for ids in opened for report_id in ids}


def last_look(
    user_id: uuid.UUID, patient_id: uuid.UUID, *, before: uuid.UUID
) -> datetime.datetime | None:
    """When this person last looked at several of the patient's reports, under another
    need than the one with the key `before`; None when never. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            _LAST_LOOK, [user_id, list(OVER_SEVERAL), before, str(patient_id)]
        )
        found: datetime.datetime | None = cursor.fetchone()[0]
    return found


_LAST_LOOK = f"""
    SELECT max(at) FROM access_accesslogentry
    WHERE user_id = %s AND is_permitted AND action = ANY(%s)
    AND care_relationship_id <> %s AND patient_id IN ({queries.KNOWN_AS})
"""  # noqa: S608 - put together from constants


def _of(patient_id: uuid.UUID) -> QuerySet[AccessLogEntry]:
    return AccessLogEntry.objects.filter(patient_id__in=queries.known_as(patient_id))


def _selected(
    entries: QuerySet[AccessLogEntry], selection: LogSelection
) -> QuerySet[AccessLogEntry]:
    narrowed = {
        "at__gte": selection.since,
        "at__lt": selection.until,
        "user_id": selection.user_id,
        "organization_id": selection.organization_id,
    }
    entries = entries.filter(**{k: v for k, v in narrowed.items() if v is not None})
    if selection.before is None:
        return entries
    # A line of somebody else's log is no place to begin: nothing comes after it.
    last = entries.filter(pk=selection.before).first()
    if last is None:
        return entries.none()
    return entries.filter(Q(at__lt=last.at) | Q(at=last.at, id__lt=last.id))


def _choices(
    entries: QuerySet[AccessLogEntry],
) -> dict[str, dict[uuid.UUID, str]]:
    rows: Iterable[tuple[uuid.UUID | None, str, uuid.UUID | None, str]] = (
        entries.filter(is_own=False)
        .values_list("user_id", "viewer_name", "organization_id", "organization_name")
        .order_by("viewer_name", "organization_name")
        .distinct()[:_MOST_CHOICES]
    )
    people: dict[uuid.UUID, str] = {}
    organizations: dict[uuid.UUID, str] = {}
    for user_id, name, organization_id, organization in rows:
        if user_id and name:
            people[user_id] = name
        if organization_id and organization:
            organizations[organization_id] = organization
    return {"people": people, "organizations": organizations}


def _encrypted(justification: str) -> bytes | None:
    if not justification:
        return None
    return encrypt(justification.encode(), context=JUSTIFICATION_CONTEXT)


def line_of(entry: AccessLogEntry) -> LogLine:
    """The row as a line."""
    purpose = entry.purpose_of_use
    return LogLine(
        id=entry.id,
        at=entry.at,
        viewer_name=entry.viewer_name,
        organization_name=entry.organization_name,
        role_code=entry.role_code,
        basis=basis_in(entry.basis),
        purpose=PurposeOfUse(purpose) if purpose else None,
        action=Action(entry.action),
        is_permitted=entry.is_permitted,
        is_own=entry.is_own,
        report_ids=tuple(uuid.UUID(r) for r in entry.report_ids),
        report_count=entry.report_count,
        report_title=_title(entry.categories),
    )


def _title(categories: Sequence[str]) -> str:
    """Of one report its discipline; a list of many needs no names."""
    return str(Discipline(categories[0]).label) if len(categories) == 1 else ""
