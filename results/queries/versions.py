"""All versions of one report, and what of the earlier ones the current one lacks."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence

from results.models import DiagnosticReportVersion, Observation
from results.queries.repeating import Item, not_repeated
from results.vocabulary import CHANGED, WITHDRAWN

# ServTypes that presuppose an earlier version (Volven 7309); FHIR tells by the status.
_LATER = ("M", "C")


def versions_of(report_id: uuid.UUID) -> list[DiagnosticReportVersion]:
    """The report's versions, the current one first."""
    return list(
        DiagnosticReportVersion.objects.filter(report_id=report_id).order_by(
            "-generated_at", "-message_key"
        )
    )


def lacks_original(versions: Sequence[DiagnosticReportVersion]) -> bool:
    """Whether the first version we have tells of an earlier one."""
    first = versions[-1]
    return first.service_type in _LATER or first.status in (*CHANGED, *WITHDRAWN)


def observations_of(
    versions: Sequence[DiagnosticReportVersion],
) -> tuple[list[Observation], frozenset[uuid.UUID]]:
    """The first version's observations in order, then those of the versions after it
    that no later one repeats; and the keys of the latter. What lies behind a withdrawal
    is withdrawn. One query, two where something is not repeated."""
    standing = standing_of(versions)
    trees = _trees(standing)
    left = not_repeated([trees[version.id] for version in standing])
    shown = list(standing[0].observations.order_by("position"))
    if not left:
        return shown, frozenset()
    carried = with_members(left, [trees[v.id] for v in standing[1:]])
    rows = Observation.objects.filter(pk__in=carried).order_by("version_id", "position")
    for row in rows:
        row.parent_id = left.get(row.id, row.parent_id)
        shown.append(row)
    return shown, frozenset(carried)


def standing_of(
    versions: Sequence[DiagnosticReportVersion],
) -> list[DiagnosticReportVersion]:
    """The newest version and those before it, back to the last withdrawal."""
    standing = [versions[0]]
    for version in versions[1:]:
        if version.status in WITHDRAWN:
            break
        standing.append(version)
    return standing


def _trees(
    versions: Sequence[DiagnosticReportVersion],
) -> dict[uuid.UUID, list[Item]]:
    """The items of each version, with no more than tells them apart."""
    trees: dict[uuid.UUID, list[Item]] = defaultdict(list)
    if len(versions) == 1:
        return trees
    rows = (
        Observation.objects.filter(version__in=versions)
        .order_by("version_id", "position")
        .values_list(
            "id",
            "version_id",
            "parent_id",
            "code",
            "code_system",
            "name",
            "item_id",
            "specimen_accessions",
        )
    )
    items: dict[uuid.UUID, Item] = {}
    for key, version, parent, code, system, name, item_id, specimens in rows:
        sign = (code, system) if code else (name, "")
        items[key] = Item(key, sign, item_id, tuple(specimens))
        (items[parent].members if parent else trees[version]).append(items[key])
    return trees


def with_members(
    roots: Iterable[uuid.UUID], trees: Iterable[Iterable[Item]]
) -> list[uuid.UUID]:
    """The items named, and everything below them."""
    wanted = set(roots)
    found: list[uuid.UUID] = []

    def walk(items: Iterable[Item], *, is_wanted: bool) -> None:
        for item in items:
            is_mine = is_wanted or item.id in wanted
            if is_mine:
                found.append(item.id)
            walk(item.members, is_wanted=is_mine)

    for tree in trees:
        walk(tree, is_wanted=False)
    return found
