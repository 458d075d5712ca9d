"""Which of a report's versions is current, and what that makes of a new one."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from results.models import DiagnosticReportVersion
from results.models.uuids import new_id
from results.operations.incoming import Incoming, VersionOrder
from results.vocabulary import CHANGED, WITHDRAWN, ReportStatus

_ORDERING = (
    "report_id",
    "received_message_id",
    "generated_at",
    "message_key",
    "status",
    "observation_count",
)


@dataclass(frozen=True, slots=True)
class StoredReport:
    """What storing led to. `is_tied`: another version has the same time and other
    content. `fell_from`: the number of results in the version before, where a change
    has fewer. `has_illegal_predecessor`: a change of what was withdrawn."""

    report_id: uuid.UUID
    version_id: uuid.UUID
    is_current: bool
    observation_count: int
    is_tied: bool = False
    fell_from: int | None = None
    has_illegal_predecessor: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """A version that is stored, or is about to be."""

    id: uuid.UUID
    received_id: uuid.UUID
    order: VersionOrder
    status: ReportStatus
    observation_count: int
    is_stored: bool


def versions_of(report_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Version]]:
    """The versions stored; read after the reports are locked, never before."""
    found: dict[uuid.UUID, list[Version]] = defaultdict(list)
    rows = DiagnosticReportVersion.objects.filter(report_id__in=set(report_ids))
    for row in rows.only(*_ORDERING):
        version = Version(
            id=row.id,
            received_id=row.received_message_id,
            order=(row.generated_at, row.message_key),
            status=ReportStatus(row.status),
            observation_count=row.observation_count,
            is_stored=True,
        )
        found[row.report_id].append(version)
    return found


def version_of(incoming: Incoming) -> Version:
    report = incoming.report
    return Version(
        id=new_id(),
        received_id=incoming.received_id,
        order=incoming.order,
        status=report.status,
        observation_count=sum(1 for _ in report.all_observations()),
        is_stored=False,
    )


def current_of(versions: Iterable[Version]) -> Version:
    """The latest the sender made, however they arrived."""
    return max(versions, key=by_order)


def by_order(version: Version) -> VersionOrder:
    return version.order


def outcome_of(
    incoming: Incoming, report_id: uuid.UUID, versions: list[Version]
) -> StoredReport:
    """What the incoming message, among all versions of its report, has led to."""
    mine = next(v for v in versions if v.received_id == incoming.received_id)
    earlier = [v for v in versions if v.order < mine.order]
    before = max(earlier, key=by_order, default=None)
    has_fewer = before is not None and before.observation_count > mine.observation_count
    return StoredReport(
        report_id=report_id,
        version_id=mine.id,
        is_current=current_of(versions) == mine,
        observation_count=mine.observation_count,
        is_tied=any(v.id != mine.id and v.order[0] == mine.order[0] for v in versions),
        fell_from=before.observation_count
        if before and has_fewer and mine.status in CHANGED
        else None,
        has_illegal_predecessor=before is not None
        and before.status in WITHDRAWN
        and mine.status not in WITHDRAWN,
    )
