"""Which results a report has: none lost, none doubled, however they are pointed at."""

from hypothesis import given
from hypothesis import strategies as st

from results.fhir.read import read
from results.fhir.read.membership import MAX_DEPTH

from ..bundles import (
    NILAR,
    REPORT,
    a_collection,
    a_document,
    a_reference,
    an_observation,
    refused,
)


def a_result(name: int | str, *members: int | str, **fields):
    return an_observation(
        f"urn:uuid:{name}",
        code={"text": str(name)},
        hasMember=[a_reference(f"urn:uuid:{m}") for m in members],
        **fields,
    )


def listing(*names):
    return {"result": [a_reference(f"urn:uuid:{n}") for n in names]}


def shape(observations):
    """«a(b c) d» of results a and d, with b and c in a."""
    return " ".join(
        o.codings[0].text + (f"({shape(o.members)})" if o.members else "")
        for o in observations
    )


def shape_of(content: bytes) -> str:
    message = read(content)
    assert message.faults == ()
    return shape(message.report.observations)


def test_the_order_is_the_reports_and_not_the_entries():
    results = [a_result("a"), a_result("b"), a_result("c")]

    assert shape_of(a_collection(*results, report=listing("c", "a", "b"))) == "c a b"


def test_panels_hold_their_members_at_any_depth():
    results = [a_result("a", "b"), a_result("b", "c"), a_result("c"), a_result("d")]

    assert shape_of(a_collection(*results, report=listing("a", "d"))) == "a(b(c)) d"


def test_a_member_that_the_report_lists_too_stands_in_its_panel_alone():
    results = [a_result("a", "b"), a_result("b")]

    assert shape_of(a_collection(*results, report=listing("b", "a"))) == "a(b)"


def test_a_member_of_two_panels_stands_in_the_first():
    results = [a_result("a", "c"), a_result("b", "c"), a_result("c")]

    assert shape_of(a_collection(*results, report=listing("a", "b"))) == "a(c) b"


def test_circles_end():
    circle = [a_result("a", "b"), a_result("b", "a")]

    assert shape_of(a_collection(*circle, report=listing("a"))) == "a(b)"
    assert shape_of(a_collection(a_result("a", "a"))) == "a"


def test_a_result_listed_twice_is_one():
    assert shape_of(a_collection(a_result("a"), report=listing("a", "a"))) == "a"


def test_a_result_that_is_not_here_refuses():
    missing = ["Rapporten viser til et resultat som ikke er med i meldingen."]

    assert refused(a_collection(report=listing("gone"))) == missing
    assert refused(a_collection(a_result("a", "gone"))) == missing


def test_members_of_other_kinds_are_told_of():
    other = {"fullUrl": "urn:uuid:x", "resource": {"resourceType": "Media"}}
    message = read(a_collection(a_result("a", "x"), more=[other]))

    assert shape(message.report.observations) == "a"
    assert "annet slag" in message.warnings[0]


def test_more_levels_than_anyone_reads_refuse():
    chain = [a_result(n, n + 1) for n in range(2000)] + [a_result(2000)]

    assert "Rapporten har for mange nivåer av resultater." in refused(
        a_collection(*chain, report=listing(0))
    )


def test_as_many_levels_as_are_let_in():
    chain = [a_result(n, n + 1) for n in range(MAX_DEPTH - 1)]
    content = a_collection(*chain, a_result(MAX_DEPTH - 1), report=listing(0))

    assert len(list(read(content).report.all_observations())) == MAX_DEPTH


def test_nilars_results_point_back_at_their_report():
    back = {
        "url": f"{NILAR}diagnostic-report-ref",
        "valueReference": a_reference(REPORT),
    }
    results = [a_result("b", extension=[back]), a_result("a", "b", extension=[back])]
    message = read(a_collection(*results, report={"result": None}))

    assert shape(message.report.observations) == "a(b)"
    assert message.warnings == ()


def test_a_result_nobody_points_at_is_taken_in_last_and_told_of():
    message = read(a_collection(a_result("a"), more=[a_result("b")]))

    assert shape(message.report.observations) == "a b"
    assert "ikke viser til" in message.warnings[0]


def test_what_only_a_documents_section_lists_belongs():
    inner = {"title": "Inni", "entry": [a_reference("urn:uuid:b")]}
    outer = {"entry": [a_reference("urn:uuid:a")], "section": [inner]}
    results = [a_result("b"), a_result("a")]
    content = a_document(
        *results, composition={"section": [outer]}, report={"result": None}
    )
    message = read(content)

    assert shape(message.report.observations) == "a b"
    assert message.warnings == ()


def test_contained_results_belong():
    inner = {"resourceType": "Observation", "id": "o", "code": {"text": "inni"}}
    content = a_collection(report={"contained": [inner], "result": [a_reference("#o")]})

    assert shape_of(content) == "inni"


NAMES = st.integers(0, 9)


@given(
    st.lists(st.lists(NAMES, max_size=4), min_size=10, max_size=10),
    st.lists(NAMES, max_size=6),
)
def test_whatever_points_at_whatever_each_result_stands_once(members, listed):
    results = [a_result(n, *inside) for n, inside in enumerate(members)]
    message = read(a_collection(*results, report=listing(*listed)))

    names = [int(o.codings[0].text) for o in message.report.all_observations()]
    assert sorted(names) == list(range(10))
