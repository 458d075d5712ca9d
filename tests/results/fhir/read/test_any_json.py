"""Whatever a sender may send: reading never raises, and says something."""

from hypothesis import given, settings
from hypothesis import strategies as st

from results.fhir import jsontext
from results.fhir.jsontext import Number
from results.fhir.peek import peek
from results.fhir.read import read
from results.ingestion import reading

from ..bundles import (
    a_bundle,
    a_composition,
    a_quantity,
    a_report,
    an_entry,
    an_observation,
    as_bytes,
    surroundings,
)

RESULT = an_observation(valueQuantity=a_quantity(), note=[{"text": "x"}])
WHOLE = a_bundle(
    an_entry("urn:uuid:c", a_composition()),
    an_entry("urn:uuid:r", a_report(RESULT)),
    RESULT,
    *surroundings(),
    type="document",
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
    | st.integers().map(lambda n: Number(str(n)))
    | st.sampled_from(["urn:uuid:o1", "urn:uuid:r", "#x", "final", "2026-02-30", "<"])
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["reference", "value", "coding", "text", "system", "x"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


def places(value, path=()):
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in inner if isinstance(value, dict | list) else ():
        if isinstance(part, dict | list):
            yield from places(part, (*path, key))
        else:
            yield (*path, key)


def with_changed(value, path, new):
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = with_changed(value[path[0]], path[1:], new)
    return copy


PLACES = st.sampled_from(list(places(WHOLE))[1:])


@given(st.lists(st.tuples(PLACES, ANYTHING), min_size=1, max_size=3))
@settings(max_examples=400, deadline=None)
def test_anything_anywhere_in_a_document_is_read_or_refused(changes):
    bundle = WHOLE
    for path, new in changes:
        try:
            bundle = with_changed(bundle, path, new)
        except (LookupError, TypeError, ValueError):
            continue
    content = as_bytes(bundle)
    message = read(content)

    assert message.report or message.faults
    assert peek(content).message_id == message.message_id


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(content):
    assert read(content).faults
    assert reading.read(b"{" + content).faults


@given(ANYTHING)
def test_any_json_is_refused(value):
    assert read(jsontext.write(value)).faults
    assert read(jsontext.write({"resourceType": "Bundle", "entry": value})).faults


def test_json_is_known_by_its_first_bracket():
    marked = b"\xef\xbb\xbf\r\n " + as_bytes(WHOLE)

    assert reading.read(marked).report
    assert reading.peek(marked).message_id
    assert "XML" in reading.read(b"text").faults[0].text
    assert reading.peek(b"text").message_id is None
