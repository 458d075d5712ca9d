"""The tree is RFC 9162's: known answers, and the definition itself."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.sealing.tree import Tree, leaf_hash, node_hash

# From the test data of Certificate Transparency, whose trees these are.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def by_definition(leaves: list[bytes]) -> bytes:
    """MTH of RFC 9162 §2.1.1, as it is written there."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(by_definition(leaves[:split]), by_definition(leaves[split:]))


def a_tree(leaves: list[bytes]) -> Tree:
    tree = Tree()
    tree.extend(leaves)
    return tree


@pytest.mark.parametrize(("size", "peaks"), [(1, b""), (0, bytes(32)), (3, bytes(32))])
def test_peaks_that_do_not_fit_are_refused(size, peaks):
    with pytest.raises(ValueError, match="do not fit"):
        Tree(size, peaks)


@pytest.mark.parametrize(("size", "root"), ROOTS.items())
def test_the_known_answers(size, root):
    tree = a_tree([leaf_hash(content) for content in LEAVES[:size]])

    assert tree.root.hex() == root


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_every_tree_is_that_of_the_definition(contents):
    leaves = [leaf_hash(content) for content in contents]

    assert a_tree(leaves).root == by_definition(leaves)


@given(st.lists(st.binary(max_size=8), max_size=40), st.integers(0, 40))
def test_a_tree_grown_in_two_sittings_is_one_tree(contents, pause):
    leaves = [leaf_hash(content) for content in contents]
    first = a_tree(leaves[:pause])

    again = Tree(first.size, first.peaks)
    again.extend(leaves[pause:])

    assert again.root == a_tree(leaves).root
    assert again.size == len(leaves)


def test_a_leaf_is_never_taken_for_a_node():
    left, right = leaf_hash(b"a"), leaf_hash(b"b")

    assert leaf_hash(left + right) != node_hash(left, right)
