"""That reports are there, and of what; nothing of what they say."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from results.models import DiagnosticReportVersion
from results.parsed import ParsedMoment
from results.queries.reports import (
    NEWEST_FIRST,
    ReportSummary,
    current_versions,
    moment,
    summarise,
    versions_in_force,
)
from results.vocabulary import Discipline


@dataclass(frozen=True, slots=True)
class ReportHead:
    """Whose answer it is, without a title: a title can tell what was looked for."""

    report_id: uuid.UUID
    category: Discipline
    effective_at: ParsedMoment | None
    requester_name: str
    performer_name: str


def heads_of(
    patient_id: uuid.UUID, report_ids: Collection[uuid.UUID]
) -> tuple[ReportHead, ...]:
    """Of those of the patient's reports that are still shown, newest first. Two
    queries, one for the rules of what is still shown."""
    found = current_versions(patient_id).filter(report_id__in=report_ids)
    return tuple(
        ReportHead(
            report_id=version.report_id,
            category=Discipline(version.category),
            effective_at=moment(version.effective_date, version.effective_at),
            requester_name=version.requester_name,
            performer_name=version.performer_name,
        )
        for version in found.order_by(*NEWEST_FIRST)
    )


def patient_of(report_id: uuid.UUID) -> uuid.UUID | None:
    """Whom a report is about now; None for a key nobody has. One query."""
    versions = DiagnosticReportVersion.objects.filter(
        report_id=report_id, is_current=True
    )
    return versions.values_list("patient_id", flat=True).first()


def summaries_of(version_ids: Collection[uuid.UUID]) -> tuple[ReportSummary, ...]:
    """Of these versions, whosever they are, where they are in force and still shown.
    Three queries."""
    found = versions_in_force().filter(pk__in=version_ids)
    return tuple(summarise(list(found)))
