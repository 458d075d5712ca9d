"""What a later version does not say again is found, however badly it is numbered."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from results.queries.repeating import Item, not_repeated


def item(code: str, *members: Item, id: str = "", specimen: str = "") -> Item:
    specimens = (specimen,) if specimen else ()
    return Item(uuid.uuid4(), (code, "nlk"), id, specimens, list(members))


def codes(left, *versions) -> list[str]:
    """The codes of the items left, in the order found."""
    by_id = {i.id: i.code[0] for v in versions for i in every(v)}
    return [by_id[key] for key in left]


def every(items):
    for each in items:
        yield each
        yield from every(each.members)


def test_a_whole_change_leaves_nothing():
    before = [item("Hb"), item("Na")]
    after = [item("Na"), item("Hb")]

    assert not_repeated([after, before]) == {}


def test_a_change_with_one_item_leaves_the_others():
    before = [item("Hb"), item("Na"), item("K")]
    after = [item("Na")]

    left = not_repeated([after, before])

    assert codes(left, before) == ["Hb", "K"]
    assert set(left.values()) == {None}


def test_a_laboratory_that_numbers_anew_says_the_same_again():
    before = [item("Hb", id="1"), item("Na", id="2")]
    after = [item("Na", id="1"), item("Hb", id="2")]

    assert not_repeated([after, before]) == {}


def test_an_id_that_has_gone_to_another_code_hides_nothing():
    before = [item("Hb", id="1"), item("Na", id="2")]
    after = [item("Na", id="1")]

    assert codes(not_repeated([after, before]), before) == ["Hb"]


def test_the_same_code_twice_is_told_apart_by_specimen():
    before = [item("Gluk", specimen="fastende"), item("Gluk", specimen="2t")]
    after = [item("Gluk", specimen="2t")]

    left = not_repeated([after, before])

    assert list(left) == [before[0].id]


def test_or_by_id_where_the_specimen_is_one():
    before = [item("Funn", id=each, specimen="urin") for each in "12"]
    after = [item("Funn", id="2", specimen="urin")]

    assert list(not_repeated([after, before])) == [before[0].id]


def test_the_second_sample_does_not_hide_the_first():
    before = [item("Gluk", specimen="fastende")]
    after = [item("Gluk", specimen="2t")]

    assert list(not_repeated([after, before])) == [before[0].id]


def test_what_tells_nothing_of_itself_is_taken_in_order():
    before = [item("Merknad"), item("Merknad"), item("Merknad")]
    after = [item("Merknad"), item("Merknad")]

    assert list(not_repeated([after, before])) == [before[2].id]


def test_a_member_left_out_stays_in_its_group():
    before = [item("Gruppe", item("Hb"), item("Na"))]
    after = [item("Gruppe", item("Na"))]

    left = not_repeated([after, before])

    assert codes(left, before) == ["Hb"]
    assert list(left.values()) == [after[0].id]


def test_a_group_left_out_is_left_whole():
    before = [item("Gruppe", item("Hb"), item("Na")), item("K")]
    after = [item("K")]

    assert codes(not_repeated([after, before]), before) == ["Gruppe"]


def test_of_several_versions_the_latest_that_said_it_is_shown():
    first = [item("Hb"), item("Na")]
    second = [item("Hb")]
    third = [item("K")]

    left = not_repeated([third, second, first])

    assert list(left) == [second[0].id, first[1].id]


def test_one_version_leaves_nothing():
    assert not_repeated([[item("Hb")]]) == {}


plain = st.lists(
    st.builds(
        lambda code, id, specimen: item(code, id=id, specimen=specimen),
        st.sampled_from("ABC"),
        st.sampled_from(["", "1", "2"]),
        st.sampled_from(["", "x", "y"]),
    ),
    max_size=6,
)


def copy_of(items):
    return [Item(uuid.uuid4(), i.code, i.item_id, i.specimens, []) for i in items]


@given(plain)
def test_the_same_again_leaves_nothing(items):
    assert not_repeated([copy_of(items), items]) == {}


@given(plain, plain)
def test_nothing_is_lost_of_any_code(later, earlier):
    """Of each code at least as many are shown as the fuller version had."""
    left = not_repeated([later, earlier])

    for code in "ABC":
        shown = sum(i.code[0] == code for i in later)
        shown += codes(left, earlier).count(code)
        had = sum(i.code[0] == code for i in earlier)
        assert shown >= max(had, sum(i.code[0] == code for i in later))


@given(plain)
def test_nothing_said_since_leaves_everything(items):
    assert list(not_repeated([[], items])) == [i.id for i in items]
