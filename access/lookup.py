"""The door: decides, fetches, logs, in one transaction; nobody else reads reports.

It decides before it looks, so that «nothing found» never tells more than a refusal
would. A refusal is returned, not raised: an exception would take the log entry with it.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Generic, TypeVar

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from access import operations
from access.decision import decide
from access.facts import load_facts
from access.log import (
    ALL,
    LogLine,
    LogPage,
    LogSelection,
    page_of,
    reports_opened_by,
    write_entry,
)
from access.terms import (
    AccessBasis,
    AccessRequest,
    Action,
    Facts,
    Grant,
    PurposeOfUse,
    Reason,
    Verdict,
    Viewer,
    ViewerKind,
)
from results import identity, queries
from results.operations import ensure_patient, mark_seen
from results.queries import (
    Attachment,
    AttachmentDetail,
    ObservationDetail,
    PatientHeader,
    ReportDetail,
    ReportSummary,
    RequisitionDetail,
    SpecimenDetail,
)

__all__ = [
    "Answer",
    "Attachment",
    "AttachmentDetail",
    "LogLine",
    "LogPage",
    "LogSelection",
    "ObservationDetail",
    "PatientHeader",
    "ReportDetail",
    "ReportList",
    "ReportSummary",
    "RequisitionDetail",
    "SpecimenDetail",
    "close_patient",
    "list_reports",
    "open_attachment",
    "open_patient",
    "open_report",
    "open_withdrawn",
    "read_access_log",
    "renew_need",
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A verdict, and what was asked for when it permits; `value` is None otherwise."""

    verdict: Verdict
    value: T | None


@dataclass(frozen=True, slots=True)
class ReportList:
    """A patient's reports, newest sampling first."""

    patient: PatientHeader
    reports: tuple[ReportSummary, ...]


def open_patient(
    viewer: Viewer,
    *,
    number: str,
    basis: AccessBasis | None,
    purpose: PurposeOfUse | None,
    justification: str = "",
) -> Answer[PatientHeader]:
    """Open a patient by number, with the need stated for it, for at most an hour.

    Raises InvalidIdentityNumber. A number nobody has reported on is opened like any
    other, so that the look is logged and its answer tells nothing of the register.
    """
    parsed = identity.parse(number, allow_test_numbers=settings.ALLOW_TEST_NUMBERS)
    with transaction.atomic():
        patient_id = ensure_patient(parsed)
        request = _request(Action.OPEN_PATIENT, viewer, patient_id)
        return _state_need(
            replace(request, basis=basis, purpose=purpose),
            justification=justification,
            searched=parsed.digits,
        )


@transaction.atomic
def renew_need(
    viewer: Viewer,
    *,
    patient_id: uuid.UUID,
    basis: AccessBasis | None,
    purpose: PurposeOfUse | None,
    justification: str = "",
) -> Answer[PatientHeader]:
    """State a need for a patient known by its opaque key; the hour begins anew."""
    request = _request(Action.OPEN_PATIENT, viewer, patient_id)
    return _state_need(
        replace(request, basis=basis, purpose=purpose), justification=justification
    )


def _state_need(
    request: AccessRequest, *, justification: str, searched: str = ""
) -> Answer[PatientHeader]:
    viewer, patient_id = request.viewer, request.patient_id
    basis, purpose = request.basis, request.purpose
    if viewer.user_id is not None:
        operations.hold(viewer.user_id)
    write = partial(
        write_entry, request, justification=justification, searched=searched
    )
    facts = load_facts(request)
    verdict = decide(request, facts)
    header = queries.patient_header(patient_id) if verdict.is_permitted else None
    if header is None:
        verdict = _not_found(verdict)
        write(facts, verdict)
        return Answer(verdict, None)
    if basis is None or purpose is None:  # the decision permits neither without
        raise AssertionError("a need was permitted without basis and purpose")
    need = operations.state_need(
        viewer,
        patient_id=patient_id,
        basis=basis,
        purpose=purpose,
        justification=justification,
        at=request.at,
        minutes=facts.policies.grant_minutes,
    )
    facts = replace(facts, grant=Grant(need.id, basis, purpose, need.expires_at))
    write(facts, verdict)
    return Answer(verdict, replace(header, grant_expires_at=need.expires_at))


def close_patient(viewer: Viewer) -> None:
    """End the need stated in this session; the next look must state a new one."""
    if viewer.session_id is not None:
        operations.end_need(viewer.session_id, at=timezone.now())


@transaction.atomic
def list_reports(viewer: Viewer, *, patient_id: uuid.UUID) -> Answer[ReportList]:
    """The patient's reports, in a number of queries that does not grow with them."""
    request = _request(Action.LIST_REPORTS, viewer, patient_id)
    facts = load_facts(request)
    verdict = decide(request, facts)
    header = queries.patient_header(patient_id) if verdict.is_permitted else None
    if header is None:
        verdict = _not_found(verdict)
        write_entry(request, facts, verdict)
        return Answer(verdict, None)
    reports = queries.reports_of(patient_id)
    write_entry(request, facts, verdict, reports=reports)
    if viewer.kind is ViewerKind.CITIZEN and viewer.user_id:
        reports = _mark_new(reports, reports_opened_by(viewer.user_id, patient_id))
    return Answer(verdict, ReportList(_with_expiry(header, facts), reports))


@transaction.atomic
def open_report(
    viewer: Viewer, *, patient_id: uuid.UUID, report_id: uuid.UUID
) -> Answer[ReportDetail]:
    """One report whole. A report of someone else is refused as one that is not."""
    request = _request(Action.OPEN_REPORT, viewer, patient_id)
    return _open(request, report_id, queries.report_of)


@transaction.atomic
def open_withdrawn(
    viewer: Viewer, *, patient_id: uuid.UUID, report_id: uuid.UUID
) -> Answer[ReportDetail]:
    """What a cancelled report said, for personnel who acted on it; logged as that. One
    about someone else is opened by nobody."""
    request = _request(Action.OPEN_WITHDRAWN, viewer, patient_id)
    return _open(request, report_id, queries.withdrawn_report_of)


def _open(
    request: AccessRequest,
    report_id: uuid.UUID,
    fetch: Callable[[uuid.UUID, uuid.UUID], ReportDetail | None],
) -> Answer[ReportDetail]:
    request = replace(request, report_id=report_id)
    facts = load_facts(request)
    verdict = decide(request, facts)
    patient_id = request.patient_id
    found = fetch(patient_id, report_id) if verdict.is_permitted else None
    if found is None:
        verdict = _not_found(verdict)
        write_entry(request, facts, verdict)
        return Answer(verdict, None)
    write_entry(request, facts, verdict, reports=[found.summary])
    mark_seen(report_id, by_citizen=request.viewer.kind is ViewerKind.CITIZEN)
    return Answer(verdict, replace(found, patient=_with_expiry(found.patient, facts)))


@transaction.atomic
def open_attachment(
    viewer: Viewer,
    *,
    patient_id: uuid.UUID,
    report_id: uuid.UUID,
    form_id: uuid.UUID,
) -> Answer[Attachment]:
    """A document that came with a report, as bytes; the download is logged. What is
    not kept, or is another report's, is refused as what is not."""
    request = replace(
        _request(Action.OPEN_ATTACHMENT, viewer, patient_id), report_id=report_id
    )
    facts = load_facts(request)
    verdict = decide(request, facts)
    found = (
        queries.attachment_of(patient_id, report_id=report_id, form_id=form_id)
        if verdict.is_permitted
        else None
    )
    if found is None:
        verdict = _not_found(verdict)
        write_entry(request, facts, verdict)
        return Answer(verdict, None)
    write_entry(request, facts, verdict, report_ids=[report_id])
    return Answer(verdict, found)


@transaction.atomic
def read_access_log(
    viewer: Viewer, *, patient_id: uuid.UUID, selection: LogSelection = ALL
) -> Answer[LogPage]:
    """Who has looked, newest first, a page at a time; the reading is itself logged."""
    request = _request(Action.READ_ACCESS_LOG, viewer, patient_id)
    facts = load_facts(request)
    verdict = decide(request, facts)
    if not verdict.is_permitted:
        write_entry(request, facts, verdict)
        return Answer(verdict, None)
    page = page_of(patient_id, selection)
    write_entry(request, facts, verdict)
    return Answer(verdict, page)


def _request(action: Action, viewer: Viewer, patient_id: uuid.UUID) -> AccessRequest:
    return AccessRequest(
        action=action, viewer=viewer, patient_id=patient_id, at=timezone.now()
    )


def _not_found(verdict: Verdict) -> Verdict:
    """The rule permitted, but there is nothing by that key for that patient."""
    if not verdict.is_permitted:
        return verdict
    return replace(verdict, is_permitted=False, reason=Reason.NOT_FOUND)


def _with_expiry(header: PatientHeader, facts: Facts) -> PatientHeader:
    expires_at = facts.grant.expires_at if facts.grant else None
    return replace(header, grant_expires_at=expires_at)


def _mark_new(
    reports: Iterable[ReportSummary], opened: set[uuid.UUID]
) -> tuple[ReportSummary, ...]:
    return tuple(replace(r, is_new=r.id not in opened) for r in reports)
