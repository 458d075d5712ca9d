"""Items that point at each other are put together once, and cheaply."""

from portal.presenting.linking import with_linked
from tests.portal.answers import an_observation


def pairs(observations):
    return [(o.name, [m.name for m in o.members]) for o in observations]


def test_an_agent_is_moved_below_what_it_points_at():
    microbe = an_observation("E. coli", item_id="1")
    agent = an_observation("Ampicillin", item_id="2", related_item_id="1")

    assert pairs(with_linked([agent, microbe])) == [("E. coli", ["Ampicillin"])]


def test_an_id_that_several_share_points_nowhere():
    twins = [an_observation(name, item_id="1") for name in ("a", "b")]
    agent = an_observation("c", item_id="2", related_item_id="1")

    assert pairs(with_linked([*twins, agent])) == [("a", []), ("b", []), ("c", [])]


def test_shared_ids_in_a_chain_do_not_multiply():
    """Each level of the chain would adopt all of the next: 24 to the power of four."""
    chain = [("A", ""), ("B", "A"), ("C", "B"), ("D", "C")]
    items = [
        an_observation(own, item_id=own, related_item_id=target)
        for own, target in chain
        for _ in range(24)
    ]

    assert with_linked(items) == tuple(items)
