"""Which of a report's versions is current, and what that makes of a new one."""

import uuid
from bisect import bisect_left, insort
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


class History:
    """All versions of one report, in the order that their sender stated."""

    def __init__(self, stored: Iterable[Version] = ()) -> None:
        self._ordered = sorted(stored, key=_by_order)
        self._by_message = {version.received_id: version for version in self._ordered}
        self._was_empty = not self._ordered

    def __contains__(self, received_id: object) -> bool:
        return received_id in self._by_message

    def add(self, version: Version) -> None:
        insort(self._ordered, version, key=_by_order)
        self._by_message[version.received_id] = version

    @property
    def current(self) -> Version:
        """The latest the sender made, however they arrived."""
        return self._ordered[-1]

    @property
    def has_new_current(self) -> bool:
        """Whether what was current is so no longer."""
        return not self._was_empty and not self.current.is_stored

    def outcome(self, received_id: uuid.UUID, *, report_id: uuid.UUID) -> StoredReport:
        """What a message, among all versions of its report, has led to."""
        mine = self._by_message[received_id]
        at = bisect_left(self._ordered, mine.order, key=_by_order)
        before = self._ordered[at - 1] if at else None
        return StoredReport(
            report_id=report_id,
            version_id=mine.id,
            is_current=mine is self.current,
            observation_count=mine.observation_count,
            # Those of one time stand side by side.
            is_tied=any(
                near.order[0] == mine.order[0]
                for near in self._ordered[max(at - 1, 0) : at + 2]
                if near is not mine
            ),
            fell_from=_fell_from(before, mine),
            has_illegal_predecessor=before is not None
            and before.status in WITHDRAWN
            and mine.status not in WITHDRAWN,
        )


def histories_of(report_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, History]:
    """What is stored of each report; read when the reports are held, never before."""
    keys = set(report_ids)
    found: dict[uuid.UUID, list[Version]] = {key: [] for key in keys}
    rows = DiagnosticReportVersion.objects.filter(report_id__in=keys)
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
    return {key: History(versions) for key, versions in found.items()}


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


def _by_order(version: Version) -> VersionOrder:
    return version.order


def _fell_from(before: Version | None, mine: Version) -> int | None:
    """How many results the version before had, where a change has fewer."""
    if before is None or mine.status not in CHANGED:
        return None
    has_fewer = mine.observation_count < before.observation_count
    return before.observation_count if has_fewer else None
