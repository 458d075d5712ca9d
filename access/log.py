"""Writes the access log, and reads a patient's own."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from access.models import AccessLogEntry
from access.terms import (
    AccessBasis,
    AccessRequest,
    Action,
    Facts,
    PurposeOfUse,
    Verdict,
    ViewerKind,
)
from results import queries

LINES_SHOWN = 500


@dataclass(frozen=True, slots=True)
class LogLine:
    """One look, as the patient may read it. `report_ids` are those that were shown."""

    at: datetime.datetime
    viewer_name: str
    organization_name: str
    role_code: str
    basis: AccessBasis | None
    purpose: PurposeOfUse | None
    action: Action
    is_permitted: bool
    is_own: bool
    report_ids: tuple[uuid.UUID, ...] = ()
    report_title: str = ""


def write_entry(
    request: AccessRequest,
    facts: Facts,
    verdict: Verdict,
    *,
    report_ids: Sequence[uuid.UUID] = (),
    justification: str = "",
) -> None:
    """One entry for one decision, permit or refusal, in the caller's transaction."""
    viewer = request.viewer
    grant = facts.grant
    AccessLogEntry.objects.create(
        at=request.at,
        action=request.action,
        patient_id=request.patient_id,
        report_ids=[str(r) for r in report_ids],
        viewer_kind=viewer.kind,
        user_id=viewer.user_id,
        viewer_name=viewer.name,
        hpr_number=viewer.hpr_number,
        role_code=viewer.role_code,
        organization_id=viewer.organization_id,
        organization_name=viewer.organization_name,
        basis=request.basis or (grant.basis if grant else ""),
        purpose_of_use=request.purpose or (grant.purpose if grant else ""),
        justification=justification,
        care_relationship_id=grant.id if grant else None,
        is_permitted=verdict.is_permitted,
        reason=verdict.reason,
        rule=verdict.rule,
    )


def lines_of(patient_id: uuid.UUID) -> list[LogLine]:
    """The patient's log, newest first, the last `LINES_SHOWN` of it; what was looked at
    under a number that was another patient's is theirs too. Two queries."""
    entries = AccessLogEntry.objects.filter(patient_id__in=queries.known_as(patient_id))
    return [_line(entry) for entry in entries.order_by("-at", "-id")[:LINES_SHOWN]]


def reports_opened_by(user_id: uuid.UUID, patient_id: uuid.UUID) -> set[uuid.UUID]:
    """Which of the patient's reports this person has opened. Two queries."""
    opened = AccessLogEntry.objects.filter(
        user_id=user_id,
        patient_id__in=queries.known_as(patient_id),
        action=Action.OPEN_REPORT,
        is_permitted=True,
    ).values_list("report_ids", flat=True)
    return {uuid.UUID(report_id) for ids in opened for report_id in ids}


def _line(entry: AccessLogEntry) -> LogLine:
    purpose = entry.purpose_of_use
    return LogLine(
        at=entry.at,
        viewer_name=entry.viewer_name,
        organization_name=entry.organization_name,
        role_code=entry.role_code,
        basis=AccessBasis(entry.basis) if entry.basis else None,
        purpose=PurposeOfUse(purpose) if purpose else None,
        action=Action(entry.action),
        is_permitted=entry.is_permitted,
        is_own=entry.viewer_kind == ViewerKind.CITIZEN,
        report_ids=tuple(uuid.UUID(r) for r in entry.report_ids),
    )
