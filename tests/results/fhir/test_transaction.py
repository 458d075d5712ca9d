"""A transaction of several reports becomes a message for each, always the same ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.fhir import jsontext
from results.fhir.jsontext import Number
from results.fhir.read import read
from results.fhir.transaction import split

from .bundles import (
    BUNDLE_ID,
    NILAR,
    a_bundle,
    a_quantity,
    a_reference,
    a_report,
    an_entry,
    an_observation,
    as_bytes,
    surroundings,
)

POST = {"method": "POST", "url": "x"}
FIRST = an_observation("urn:uuid:o1", valueQuantity=a_quantity("1.50"))
SECOND = an_observation("urn:uuid:o2", valueQuantity=a_quantity("2"))


def asked(entries, **request):
    return [{**entry, "request": {**POST, **request}} for entry in entries]


def a_reported(name: str, *results, **fields):
    about = a_report(*results, identifier=[{"value": name}], **fields)
    return an_entry(f"urn:uuid:{name}", about)


def a_transaction(*entries, **fields) -> bytes:
    return as_bytes(a_bundle(*asked(entries), type="transaction", **fields))


TWO = (a_reported("A", FIRST), FIRST, a_reported("B", SECOND), SECOND)
TWO_REPORTS = a_transaction(*TWO, *surroundings())


def faults_of(content: bytes) -> list[tuple[str, int | None]]:
    found = split(content)
    assert found.parts == ()
    return [(f.fault.text, f.position) for f in found.faults]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "JSON"),
        (b"{}", "ikke en FHIR Bundle"),
        (as_bytes(a_bundle()), "typen transaction"),
        (as_bytes(a_bundle(type="batch")), "typen document, transaction"),
        (a_transaction(), "ingen svarrapport"),
        (a_transaction(*TWO, implicitRules="x"), "implicitRules"),
        (a_transaction(*TWO, FIRST), "samme fullUrl"),
    ],
)
def test_what_is_no_transaction_is_refused(content, words):
    assert words in faults_of(content)[0][0]


@pytest.mark.parametrize("method", ["DELETE", "GET", "PATCH", None, 5])
def test_an_entry_that_asks_for_something_else_is_named(method):
    entries = [*asked(TWO), *asked(surroundings()[:1], method=method)]
    (found,) = faults_of(as_bytes(a_bundle(*entries, type="transaction")))

    assert "POST eller PUT" in found[0]
    assert found[1] == 4


def test_an_entry_of_nothing_is_named():
    entries = [*asked(TWO), {"request": POST}, 7, {"resource": {}, "request": POST}]
    found = faults_of(as_bytes(a_bundle(*entries, type="transaction")))

    assert [position for _text, position in found] == [4, 5]


def test_two_reports_of_one_id_are_both_named():
    same = a_report(SECOND, identifier=[{"value": "A"}])
    entries = (*TWO[:2], an_entry("urn:uuid:B", same), SECOND, *surroundings())

    assert [position for _text, position in faults_of(a_transaction(*entries))] == [
        0,
        2,
    ]


def test_a_result_of_no_report_is_named_when_it_could_be_eithers():
    loose = an_observation("urn:uuid:o3")

    assert faults_of(a_transaction(*TWO, loose)) == [
        ("Et resultat hører ikke til noen av svarrapportene.", 4)
    ]


def test_each_report_has_its_own_results_and_all_it_points_at():
    found = split(TWO_REPORTS)
    messages = [read(part.content) for part in found.parts]

    assert [m.report.id for m in messages] == ["A", "B"]
    assert [m.faults for m in messages] == [(), ()]
    assert [o.quantity.digits for m in messages for o in m.report.observations] == [
        "1.50",
        "2",
    ]
    assert {m.report.requester.name for m in messages} == {"Ola Lind"}
    assert [m.warnings for m in messages] == [(), ()]


def test_where_each_stands_is_known():
    first, second = split(TWO_REPORTS).parts

    assert (first.position, second.position) == (0, 2)
    assert first.positions == {0, 1, 4, 5, 6, 7, 8}
    assert second.positions == {2, 3, 4, 5, 6, 7, 8}


def test_results_that_point_back_go_with_their_report():
    def back(name):
        reference = a_reference(f"urn:uuid:{name}")
        return [{"url": f"{NILAR}diagnostic-report-ref", "valueReference": reference}]

    results = [
        an_observation("urn:uuid:o1", extension=back("B")),
        an_observation("urn:uuid:o2", extension=back("A")),
    ]
    parts = split(
        a_transaction(a_reported("A"), a_reported("B"), *results, *surroundings())
    ).parts

    assert [part.positions & {2, 3} for part in parts] == [{3}, {2}]


def test_a_lone_report_keeps_the_bundles_identity():
    content = a_transaction(a_reported("A", FIRST), FIRST, *surroundings())
    (part,) = split(content).parts

    assert read(part.content).message_id == BUNDLE_ID
    assert read(part.content).report == read(content).report


def test_several_have_ids_of_their_own_that_are_the_same_next_time():
    ids = [read(p.content).message_id for p in split(TWO_REPORTS).parts]
    again = split(jsontext.write(jsontext.parse(TWO_REPORTS)))

    assert len({*ids, BUNDLE_ID}) == 3
    assert [read(p.content).message_id for p in again.parts] == ids
    assert again == split(TWO_REPORTS)


def test_without_an_identity_what_is_said_is_the_identity():
    def ids(*entries):
        parts = split(a_transaction(*entries, *surroundings(), identifier=None)).parts
        return [read(part.content).message_id for part in parts]

    other = an_observation("urn:uuid:o1", valueQuantity=a_quantity("1.5"))
    same, changed = ids(*TWO), ids(TWO[0], other, *TWO[2:])

    assert ids(*TWO) == same
    assert changed[0] != same[0]
    assert changed[1] == same[1]
    assert len(ids(a_reported("A", FIRST), FIRST)[0]) == 36


def test_when_it_was_put_together_follows_each():
    undated = [
        a_reported("A", FIRST, issued=None), FIRST, a_reported("B", issued=None)
    ]  # fmt: skip
    parts = split(a_transaction(*undated, *surroundings())).parts

    assert {read(p.content).generated_at.as_sent for p in parts} == {
        "2026-03-02T12:06:00+01:00"
    }


def test_put_by_id_without_address_is_found_by_type_and_id():
    lab = {"resource": {"resourceType": "Organization", "id": "lab", "name": "Nordlab"}}
    entries = [
        a_reported("A", performer=[a_reference("Organization/lab")]),
        a_reported("B", performer=[a_reference("Organization/lab")]),
        lab,
        *surroundings(),
    ]
    parts = split(a_transaction(*entries)).parts

    assert {read(p.content).report.performer.name for p in parts} == {"Nordlab"}


@given(st.lists(st.sampled_from(range(6)), max_size=12))
def test_reports_that_point_at_each_others_things_end(links):
    """Circles between reports, panels and parties."""
    results = [
        an_observation(
            f"urn:uuid:o{n}",
            hasMember=[a_reference(f"urn:uuid:o{m}") for m in links[n::6]],
            derivedFrom=[a_reference("urn:uuid:B")],
        )
        for n in range(6)
    ]
    first = a_reported("A", *results, imagingStudy=[a_reference("urn:uuid:B")])
    content = a_transaction(first, *results, a_reported("B"), *surroundings())
    one, other = split(content).parts

    assert 7 not in one.positions
    assert other.positions.isdisjoint(range(7))
    assert len(list(read(one.content).report.all_observations())) == 6


@given(st.binary(max_size=60))
def test_any_bytes_are_split_or_refused(content):
    assert split(b"{" + content).faults


def test_numbers_keep_their_digits_on_the_way():
    (part,) = split(a_transaction(a_reported("A", FIRST), FIRST, *surroundings())).parts
    value = {"value": Number("1.50")}

    assert jsontext.write(value)[1:-1] in part.content
