"""That reports are there, and of what; nothing of what they say."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from results.parsed import ParsedMoment
from results.queries.reports import NEWEST_FIRST, current_versions, moment
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
