"""Items that point at each other, put together as the reader expects them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from access.lookup import ObservationDetail


def with_linked(
    observations: Sequence[ObservationDetail],
) -> tuple[ObservationDetail, ...]:
    """Items that point at an organism (`RefIdResultItem`) are moved below it.

    Laboratories either nest them or link them, in any order (dialect D18).
    """
    counted = Counter(o.item_id for o in observations if o.item_id)
    # An id that several items share points nowhere: those stand as they were sent.
    by_id = {item_id for item_id, times in counted.items() if times == 1}
    linked: dict[str, list[ObservationDetail]] = {}
    kept = []
    for observation in observations:
        target = observation.related_item_id
        if target in by_id and target != observation.item_id:
            linked.setdefault(target, []).append(observation)
        else:
            kept.append(observation)
    moved = tuple(_adopt(o, linked, depth=0) for o in kept)
    # Items that point at each other would vanish together: nothing sent is ever lost.
    return moved if _size(moved) == _size(observations) else tuple(observations)


def _adopt(
    observation: ObservationDetail,
    linked: dict[str, list[ObservationDetail]],
    *,
    depth: int,
) -> ObservationDetail:
    """Chains are followed only as deep as a culture can be: two links."""
    own = linked.get(observation.item_id, []) if depth < 3 else []
    below = with_linked(observation.members)
    adopted = tuple(_adopt(o, linked, depth=depth + 1) for o in own)
    return replace(observation, members=(*below, *adopted))


def _size(observations: Sequence[ObservationDetail]) -> int:
    return sum(1 + _size(o.members) for o in observations)
