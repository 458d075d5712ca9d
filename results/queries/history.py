"""What each version of a report changed in the one before it.

Versions are rows that never change, so that what was said, and when, can be told. What
lies behind a withdrawal is withdrawn: of that, only the day is told.
"""

import datetime
import enum
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from results.models import DiagnosticReportVersion, Observation
from results.queries.details import ObservationDetail, tree_of
from results.queries.repeating import Item, paired
from results.queries.versions import standing_of
from results.vocabulary import WITHDRAWN, ObservationStatus, ReportStatus

_TAKEN_BACK = (ObservationStatus.CANCELLED, ObservationStatus.ENTERED_IN_ERROR)


class ChangeKind(enum.StrEnum):
    """What became of a result from one version to the next."""

    ADDED = "added"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    NOT_REPEATED = "not-repeated"


@dataclass(frozen=True, slots=True)
class Change:
    """One result before and after, without members; None where it was not there."""

    kind: ChangeKind
    before: ObservationDetail | None
    after: ObservationDetail | None

    @property
    def item(self) -> ObservationDetail:
        """The result as it is named now."""
        item = self.after or self.before
        assert item is not None  # noqa: S101 - one of the two is always there
        return item


@dataclass(frozen=True, slots=True)
class VersionHead:
    """What a version says of the report as a whole; `made_at` is when its sender made
    it, `stored_at` from when it could be read here."""

    made_at: datetime.datetime
    stored_at: datetime.datetime
    status: ReportStatus
    comment: str
    performer_name: str
    requester_name: str
    responsible_name: str

    @property
    def is_withdrawn(self) -> bool:
        return self.status in WITHDRAWN


@dataclass(frozen=True, slots=True)
class VersionStep:
    """A version and what it changed in `before`, the version that was in force until
    then; None for the first. No changes are told across a withdrawal."""

    head: VersionHead
    before: VersionHead | None
    changes: tuple[Change, ...] = ()


def history_of(
    versions: Sequence[DiagnosticReportVersion], *, is_tombstone: bool = False
) -> tuple[VersionStep, ...]:
    """The steps, newest first; none for a report of one version. One query; none for a
    tombstone, of which only days and statuses are told."""
    if len(versions) < 2:
        return ()
    heads = [_head(version) for version in versions]
    if is_tombstone:
        heads = [_without_words(head) for head in heads]
    trees = {} if is_tombstone else _trees(standing_of(versions))
    return tuple(_steps(versions, heads, trees))


_Trees = dict[uuid.UUID, tuple[ObservationDetail, ...]]


def _steps(
    versions: Sequence[DiagnosticReportVersion], heads: list[VersionHead], trees: _Trees
) -> Iterator[VersionStep]:
    for number, head in enumerate(heads):
        if number + 1 == len(heads):
            yield VersionStep(_shown(head, versions[number], trees), None)
            return
        later, earlier = (trees.get(v.id) for v in versions[number : number + 2])
        is_told = later is not None and earlier is not None
        yield VersionStep(
            head=_shown(head, versions[number], trees),
            before=_shown(heads[number + 1], versions[number + 1], trees),
            changes=tuple(_changes(later or (), earlier or ())) if is_told else (),
        )


def _shown(
    head: VersionHead, version: DiagnosticReportVersion, trees: _Trees
) -> VersionHead:
    return head if version.id in trees else _without_words(head)


def _without_words(head: VersionHead) -> VersionHead:
    return replace(head, comment="", responsible_name="")


def _head(version: DiagnosticReportVersion) -> VersionHead:
    return VersionHead(
        made_at=version.generated_at,
        stored_at=version.stored_at,
        status=ReportStatus(version.status),
        comment=version.comment,
        performer_name=version.performer_name,
        requester_name=version.requester_name,
        responsible_name=version.responsible_name,
    )


def _trees(versions: Sequence[DiagnosticReportVersion]) -> _Trees:
    rows: dict[uuid.UUID, list[Observation]] = defaultdict(list)
    found = Observation.objects.filter(version__in=versions)
    for row in found.order_by("version_id", "position"):
        rows[row.version_id].append(row)
    return {version.id: tree_of(rows[version.id]) for version in versions}


def _changes(
    later: Sequence[ObservationDetail], earlier: Sequence[ObservationDetail]
) -> Iterator[Change]:
    """In the order of the later version; what it lacks comes last."""
    became = paired(_items(later), _items(earlier))
    was = {now: before for before, now in became.items()}
    old = {item.id: item for item in _walk(earlier)}
    for item in _walk(later):
        before = old.get(was[item.id]) if item.id in was else None
        kind = _kind(before, item)
        if kind:
            yield Change(kind, _alone(before), _alone(item))
    for item in old.values():
        if item.id not in became and _says_something(item):
            yield Change(ChangeKind.NOT_REPEATED, _alone(item), None)


def _kind(
    before: ObservationDetail | None, after: ObservationDetail
) -> ChangeKind | None:
    if before is None:
        return ChangeKind.ADDED if _says_something(after) else None
    is_taken_back = after.status in _TAKEN_BACK
    if is_taken_back and before.status not in _TAKEN_BACK:
        return ChangeKind.WITHDRAWN
    is_same = is_taken_back or _said(before) == _said(after)
    return None if is_same else ChangeKind.CHANGED


def _says_something(item: ObservationDetail) -> bool:
    """A group that only holds others is told through them."""
    return bool(_said(item)[1:] != _NOTHING) and item.status not in _TAKEN_BACK


def _said(item: ObservationDetail) -> tuple[object, ...]:
    return (
        item.status,
        item.digits,
        item.comparator,
        item.unit,
        item.text,
        item.coded_texts,
        item.susceptibility,
        item.interval_high,
        item.date,
        item.reference_ranges,
        item.interpretation,
        item.comments,
        item.diagnoses,
        item.structured,
    )


_NOTHING = ("", "", "", "", (), None, "", None, (), None, (), (), ())


def _alone(item: ObservationDetail | None) -> ObservationDetail | None:
    return None if item is None else replace(item, members=())


def _walk(items: Iterable[ObservationDetail]) -> Iterator[ObservationDetail]:
    for item in items:
        yield item
        yield from _walk(item.members)


def _items(details: Iterable[ObservationDetail]) -> list[Item]:
    return [
        Item(
            id=detail.id,
            code=(detail.code, detail.code_system)
            if detail.code
            else (detail.name, ""),
            item_id=detail.item_id,
            specimens=detail.specimen_accessions,
            members=_items(detail.members),
        )
        for detail in details
    ]
