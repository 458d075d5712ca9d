"""Whatever tree of results a laboratory sends: none lost, none doubled, none astray."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from results.kith import xml
from results.kith.read import read
from results.vocabulary import ObservationStatus

from .messages import (
    a_message,
    a_message_with,
    a_patient,
    a_report,
    a_text,
    a_value,
    an_item,
)

VALUES = st.sampled_from(
    ["", a_value(), a_text("Negativ"), a_text(heading="GR"), "<Interval/>"]
)
KINDS = st.sampled_from(["N", "M", "A", "H", "C", "", "X"])


def built(value: str, kind: str, members: list[str]) -> str:
    return an_item(value, service_type=kind, members="".join(members))


ITEMS = st.recursive(
    st.builds(built, VALUES, KINDS, st.just([])),
    lambda inner: st.builds(built, VALUES, KINDS, st.lists(inner, max_size=3)),
    max_leaves=12,
)


def numbered(items: list[str]) -> str:
    """The items with their codes made 1, 2, 3 … in document order."""
    parts = "".join(items).split('V="NPU03429"')
    return parts[0] + "".join(f'V="{n}"{part}' for n, part in enumerate(parts[1:], 1))


def depths(node: xml.Node, depth: int = 1) -> Iterator[int]:
    for item in node.children("ResultItem"):
        yield depth
        yield from depths(item, depth + 1)


@given(st.lists(ITEMS, max_size=4))
def test_every_item_is_read_once_in_document_order(items):
    content = a_message_with(numbered(items))
    report = read(content).report
    codes = [int(o.codings[0].code) for o in report.all_observations()]
    patient = xml.parse(content).child("ServReport").child("Patient")
    assert codes == list(range(1, len(list(depths(patient))) + 1))


@given(st.lists(ITEMS, max_size=3), st.lists(ITEMS, max_size=3))
def test_items_of_a_nested_person_are_never_among_them(own, others):
    nested = a_patient("".join(others).replace("NPU03429", "OTHER"), name="Foster")
    content = a_message(a_report(a_patient("".join(own), after=nested))).encode()
    alone = a_message_with(*own)
    assert read(content).report.observations == read(alone).report.observations


@given(ITEMS, st.sampled_from(["N", "M", "C"]))
def test_whatever_is_cancelled_is_cancelled_and_nothing_else(item, service_type):
    report = read(a_message_with(item, service_type=service_type)).report
    for found in report.all_observations():
        is_cancelled = found.status is ObservationStatus.CANCELLED
        assert is_cancelled == (found.service_type == "C")
        assert found.service_type


@given(st.lists(ITEMS, min_size=1, max_size=3))
def test_prefixes_and_blanks_change_nothing(items):
    plain = a_message_with(*items).decode()
    spaced = plain.replace("><", ">\r\n\t<")
    prefixed = plain.replace("<", "<k:").replace("<k:/", "</k:")
    expected = read(plain.encode()).report
    assert read(spaced.encode()).report == expected
    assert read(prefixed.replace("xmlns=", "xmlns:k=").encode()).report == expected


def test_a_thousand_items_are_a_thousand_observations():
    report = read(a_message_with(an_item() * 1000)).report
    assert len(report.observations) == 1000


def test_as_many_levels_as_the_parser_allows():
    tree = ""
    levels = xml.MAX_DEPTH - 5  # Message, ServReport, Patient, Investigation, Id
    for _ in range(levels):
        tree = an_item(members=tree)
    message = read(a_message_with(tree))
    assert message.faults == ()
    assert len(list(message.report.all_observations())) == levels
