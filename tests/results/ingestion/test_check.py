"""Nordlab's integrator tries messages: each is told of rightly, and none is kept."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.demo import people
from results import codes
from results.ingestion.check import SchemaState, check, examine
from results.ingestion.preview import MOST_ITEMS
from results.kith.places import Place
from results.vocabulary import MessageFormat, MessageOutcome
from tests.builders import a_message, a_number, a_person, a_text
from tests.results.fhir.bundles import a_document, an_observation
from tests.results.ingestion.untouched import every_row, nothing_kept
from tests.results.kith.test_schemas import (
    BASE64_SCHEMA,
    REPORT_SCHEMA,
    TYPE_SCHEMA,
)

pytestmark = pytest.mark.django_db

BOMB = b"""<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<Message>&c;</Message>"""


def without(message: bytes, start: str, end: str) -> bytes:
    """The message without what stands from `start` to the end of `end`."""
    text = message.decode()
    first = text.index(start)
    return (text[:first] + text[text.index(end, first) + len(end) :]).encode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "tom"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04...", "pakket"),
        (b"<html><body>Logg inn</body></html>", "nettside"),
        (BOMB, "dokumenttype"),
        (b"{" * 100 + b"}" * 100, "nivåer"),
    ],
    ids=["empty", "pdf", "zip", "web page", "entity bomb", "too deep"],
)
def test_what_is_no_message_is_unreadable_and_says_why(content, words):
    found = examine(content)

    assert found.outcome is MessageOutcome.UNREADABLE
    assert not found.is_accepted
    assert words in found.syntax_fault
    assert (found.report, found.apprec) == (None, None)
    assert found.schema is SchemaState.NOT_CHECKED


def test_broken_xml_is_told_of_with_line_and_column():
    broken = a_message().replace(b"</Message>", b"\n  </Massage>")

    found = examine(broken)

    assert found.outcome is MessageOutcome.UNREADABLE
    last = broken.rstrip().count(b"\n") + 1
    assert found.syntax_place == Place(last, 13)
    assert "T01" in found.apprec


def test_lines_are_those_of_the_file_also_after_blank_ones():
    assert examine(b"\n\n<Message>\n</Melding>").syntax_place == Place(4, 11)


def test_broken_json_is_told_of_with_line_and_column():
    found = examine(b'{"resourceType": "Bundle",\n "entry": [,]}')

    assert found.syntax_place == Place(2, 12)


@pytest.mark.parametrize(
    ("about", "code"),
    [({"name": ""}, "E36"), ({"number": "54321"}, "E36"), ({"number": ""}, "E36")],
    ids=["no name", "local number", "no number"],
)
def test_a_patient_not_well_enough_named_is_a_refusal_that_is_shown_all_the_same(
    about, code
):
    found = examine(a_message(about=a_person(**about)))

    assert found.outcome is MessageOutcome.REJECTED
    assert [fault.code for fault in found.faults] == [code]
    assert f'V="{code}"' in found.apprec
    assert found.report.observations[0].name == "B-Hemoglobin"


def test_a_wrong_number_is_told_nowhere():
    number = people.KARI.number
    wrong = number[:9] + ("00" if number[9:] != "00" else "11")
    spread = f"{wrong[:6]} {wrong[6:]}"
    message = a_message(
        about=a_person(number=wrong),
        results=[a_number(comment=f"Gjelder {wrong}, eller {spread}.")],
    )

    told = repr(examine(message))

    assert wrong not in told
    assert spread not in told
    assert wrong[6:] not in told


def test_a_message_without_a_time_is_taken_in_with_a_warning():
    found = examine(without(a_message(), "<GenDate", "/>"))

    assert found.is_accepted
    assert found.warnings == ("Meldingen mangler gyldig tidspunkt (GenDate).",)


def test_a_decimal_comma_is_told_of_and_understood():
    found = examine(a_message(results=[a_number(number="13,2")]))

    assert found.is_accepted
    assert any("komma" in warning for warning in found.warnings)
    assert found.report.observations[0].digits == "13.2"


def test_a_good_message_is_told_of_in_full():
    codes.load_seed()

    found = examine(a_message(results=[a_number(), a_text()]))

    assert (found.is_accepted, found.format) == (True, MessageFormat.KITH_1_4)
    assert (found.syntax_fault, found.faults, found.warnings) == ("", (), ())
    assert (found.codes, found.units, found.item_count) == ((), (), 2)
    assert found.schema is SchemaState.NOT_INSTALLED
    assert 'Status V="1"' in found.apprec
    assert found.apprec_version == "1.1"


def test_a_document_in_fhir_is_read_and_has_no_receipt():
    found = examine(a_document(an_observation()))

    assert (found.is_accepted, found.format) == (True, MessageFormat.FHIR_R4)
    assert (found.schema, found.apprec) == (SchemaState.HAS_NONE, None)
    assert found.report.observations


def test_a_great_message_is_counted_whole_and_shown_in_part():
    many = [a_number() for _ in range(MOST_ITEMS + 20)]

    found = examine(a_message(results=many))

    assert found.item_count == MOST_ITEMS + 20
    assert len(found.report.observations) == MOST_ITEMS


@pytest.fixture
def installed(tmp_path, settings):
    settings.SCHEMA_DIR = tmp_path / "installed"
    (tmp_path / "source").mkdir()
    for name, schema in (
        ("svar.xsd", REPORT_SCHEMA),
        ("kith.xsd", TYPE_SCHEMA),
        ("base64.xsd", BASE64_SCHEMA),
    ):
        (tmp_path / "source" / name).write_text(schema)
    call_command("import_schemas", tmp_path / "source", stdout=StringIO())


def test_departures_from_the_schema_are_told_once_with_their_places(installed):
    found = examine(a_message())

    assert found.is_accepted  # a schema is no ground for refusal of who is not strict
    assert found.schema is SchemaState.BROKEN
    problem = found.schema_problems[0]
    line = a_message().decode().splitlines()[problem.place.line - 1]
    assert line[problem.place.column - 1 :].startswith("<")
    assert not any("Skjemafeil" in warning for warning in found.warnings)


GOOD_AND_BAD = {
    "good": a_message(),
    "refused": a_message(about=a_person(name="")),
    "broken": b"<Message><a></Message>",
    "bomb": BOMB,
    "fhir": a_document(an_observation()),
}


@pytest.mark.parametrize("name", GOOD_AND_BAD)
def test_nothing_is_kept_of_it(name, caplog):
    codes.load_seed()

    with nothing_kept(caplog):
        examine(GOOD_AND_BAD[name])


def test_the_proof_that_nothing_is_kept_would_see_a_row(caplog):
    with pytest.raises(AssertionError), nothing_kept(caplog):
        codes.load_seed()


def test_what_would_happen_is_what_check_says():
    for message in GOOD_AND_BAD.values():
        assert examine(message).outcome is check(message).outcome


_BYTES = st.one_of(
    st.binary(max_size=300),
    st.binary(max_size=40).map(lambda noise: a_message().replace(b"13.2", noise)),
    st.tuples(st.integers(0, 4000), st.binary(max_size=3)).map(
        lambda at: a_message()[: at[0]] + at[1] + a_message()[at[0] + 1 :]
    ),
    st.recursive(
        st.none() | st.text(max_size=5) | st.integers(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["entry", "resource", "x"]), inner)
        ),
        max_leaves=8,
    ).map(lambda value: json.dumps({"resourceType": "Bundle", "e": value}).encode()),
)


@given(content=_BYTES)
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_bytes_are_told_of_and_none_crash_it(content):
    before = every_row()

    found = examine(content)

    assert found.outcome in (
        MessageOutcome.STORED,
        MessageOutcome.REJECTED,
        MessageOutcome.UNREADABLE,
    )
    assert found.is_accepted == (not found.faults)
    repr(found).encode()
    assert every_row() == before
