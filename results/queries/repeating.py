"""What a later version does not repeat: it stays visible, marked, never dropped.

A change is meant to be complete (HITS 1102 §4.2), and often is not: some carry the
changed item alone. So each item of an earlier version is looked for in the later ones.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Item:
    """What tells a result apart from its siblings; `code` is code and list, or the
    name where there is no code. Items below it are its members."""

    id: uuid.UUID
    code: tuple[str, str]
    item_id: str = ""
    specimens: tuple[str, ...] = ()
    members: list["Item"] = field(default_factory=list)


def not_repeated(
    versions: Sequence[Iterable[Item]],
) -> dict[uuid.UUID, uuid.UUID | None]:
    """Items of earlier versions that no later one has, each with the item of a later
    version it belongs below (None: the report). Versions newest first.

    What is below such an item follows with it.
    """
    left: dict[uuid.UUID, uuid.UUID | None] = {}
    shown: list[Item] = []
    for number, version in enumerate(versions):
        if number == 0:
            shown = list(version)
        else:
            _add(shown, list(version), None, left)
    return left


def paired(
    later: Iterable[Item], earlier: Iterable[Item]
) -> dict[uuid.UUID, uuid.UUID]:
    """What each item of an earlier version became in a later one, at every depth."""
    found: dict[uuid.UUID, uuid.UUID] = {}
    before = {item.id: item for item in earlier}
    for key, item in _pairs(later, before.values()).items():
        found[key] = item.id
        found |= paired(item.members, before[key].members)
    return found


def _add(
    shown: list[Item],
    earlier: Sequence[Item],
    parent: uuid.UUID | None,
    left: dict[uuid.UUID, uuid.UUID | None],
) -> None:
    same = _pairs(shown, earlier)
    for item in earlier:
        later = same.get(item.id)
        if later is None:
            left[item.id] = parent
            shown.append(item)
        else:
            _add(later.members, item.members, later.id, left)


def _pairs(later: Iterable[Item], earlier: Iterable[Item]) -> dict[uuid.UUID, Item]:
    """The later item that each earlier one became, by the earlier one's key."""
    candidates = _grouped(later)
    found: dict[uuid.UUID, Item] = {}
    for code, items in _grouped(earlier).items():
        found |= _pairs_of_one_code(candidates.get(code, []), items)
    return found


def _pairs_of_one_code(
    later: Sequence[Item], earlier: Sequence[Item]
) -> dict[uuid.UUID, Item]:
    """One of each is the same, whatever its id: laboratories number anew. Not so when
    they are of two specimens. Of several, those with the same id and specimen, then the
    same specimen, then the same id; what tells nothing of itself is taken in order."""
    if len(later) == len(earlier) == 1 and not _are_of_two(later[0], earlier[0]):
        return {earlier[0].id: later[0]}
    free, waiting = list(later), list(earlier)
    found: dict[uuid.UUID, Item] = {}
    for sign in _SIGNS:
        matched = _match(free, waiting, sign)
        found |= matched
        taken = {item.id for item in matched.values()}
        free = [item for item in free if item.id not in taken]
        waiting = [item for item in waiting if item.id not in matched]
    return found


def _are_of_two(later: Item, earlier: Item) -> bool:
    return bool(later.specimens and earlier.specimens) and (
        later.specimens != earlier.specimens
    )


def _match(
    later: Iterable[Item], earlier: Iterable[Item], sign: Callable[[Item], Hashable]
) -> dict[uuid.UUID, Item]:
    by_sign: dict[Hashable, list[Item]] = defaultdict(list)
    for item in later:
        by_sign[sign(item)].append(item)
    return {
        item.id: by_sign[sign(item)].pop(0)
        for item in earlier
        if sign(item) is not None and by_sign[sign(item)]
    }


def _id_and_specimens(item: Item) -> Hashable:
    return (item.item_id, item.specimens) if item.item_id else None


def _specimens(item: Item) -> Hashable:
    return item.specimens or None


def _id(item: Item) -> Hashable:
    return item.item_id or None


def _nothing(item: Item) -> Hashable:
    return None if item.item_id or item.specimens else ()


_SIGNS = (_id_and_specimens, _specimens, _id, _nothing)


def _grouped(items: Iterable[Item]) -> dict[tuple[str, str], list[Item]]:
    groups: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        groups[item.code].append(item)
    return groups
