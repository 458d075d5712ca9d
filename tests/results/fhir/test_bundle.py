"""How the resources of a bundle point at each other."""

import pytest

from results.fhir import jsontext
from results.fhir.bundle import open_bundle
from results.fhir.items import Item


def a_bundle(*entries):
    return open_bundle(
        jsontext.write({"resourceType": "Bundle", "entry": list(entries)})
    )


def an_organization(identifier="1", full_url=None, **more):
    resource = {"resourceType": "Organization", "id": identifier, **more}
    return {**({"fullUrl": full_url} if full_url else {}), "resource": resource}


def pointed_at(bundle, reference):
    found = bundle.resolve(Item({"reference": reference}))
    return found and found.text("name")


@pytest.mark.parametrize(
    "reference",
    [
        "http://lab.example/fhir/Organization/7",
        "Organization/7",
        "Organization/7/_history/2",
        "http://lab.example/fhir/Organization/7/_history/2",
    ],
)
def test_one_resource_has_several_addresses(reference):
    bundle = a_bundle(
        an_organization("7", "http://lab.example/fhir/Organization/7", name="Nordlab")
    )

    assert pointed_at(bundle, reference) == "Nordlab"


def test_a_urn_is_found_and_another_is_not():
    bundle = a_bundle(an_organization("x", "urn:uuid:a", name="Nordlab"))

    assert pointed_at(bundle, "urn:uuid:a") == "Nordlab"
    assert pointed_at(bundle, "urn:uuid:b") is None


def test_a_resource_without_address_is_found_by_its_id():
    assert pointed_at(a_bundle(an_organization(name="Nordlab")), "Organization/1")


def test_what_could_be_either_of_two_is_neither():
    bundle = a_bundle(
        an_organization("1", "http://one.example/Organization/1", name="One"),
        an_organization("1", "http://two.example/Organization/1", name="Two"),
    )

    assert pointed_at(bundle, "Organization/1") is None
    assert pointed_at(bundle, "http://two.example/Organization/1") == "Two"


def test_contained_resources_are_seen_from_within_their_own_alone():
    inner = {"resourceType": "Organization", "id": "x", "name": "Within"}
    bundle = a_bundle(
        an_organization("1", partOf={"reference": "#x"}, contained=[inner]),
        an_organization("2", partOf={"reference": "#x"}),
    )
    first, second = (entry.resource.item("partOf") for entry in bundle.entries)

    assert bundle.resolve(first).text("name") == "Within"
    assert bundle.resolve(second) is None


def test_what_changes_meaning_is_seen_at_any_depth():
    deep = {"name": "x", "contact": [{"modifierExtension": [{"url": "http://x"}]}]}

    assert a_bundle(an_organization(**deep)).changes_meaning()
    assert a_bundle(an_organization(implicitRules="http://x")).changes_meaning()
    assert not a_bundle(an_organization(modifierExtension=[])).changes_meaning()


def test_two_entries_with_one_address_are_noticed():
    twice = an_organization("1", "urn:uuid:a"), an_organization("2", "urn:uuid:a")

    assert a_bundle(*twice).has_twice()
    assert not a_bundle(twice[0], an_organization(), an_organization()).has_twice()


def test_entries_that_are_no_objects_are_no_entries():
    bundle = open_bundle(b'{"entry": [1, null, [], {}, {"resource": 4}, "x"]}')

    assert bundle.entries == ()


@pytest.mark.parametrize("value", ["5", [], [{}, 3], {"a": 1}, None, True])
def test_an_item_answers_whatever_it_holds(value):
    item = Item({"x": value})

    for ask in (item.text, item.texts, item.number, item.flag, item.item, item.items):
        ask("x")
        ask("missing")


def test_a_lone_object_or_text_is_a_list_of_one():
    item = Item({"note": {"text": " a "}, "line": "b", "empty": "  "})

    assert [n.text("text") for n in item.items("note")] == ["a"]
    assert (item.texts("line"), item.text("empty")) == (("b",), None)
