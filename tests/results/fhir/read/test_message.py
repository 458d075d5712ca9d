"""The header: which message, of when, from whom, and what is refused whole."""

import pytest

from results.fhir.peek import peek
from results.fhir.read import read
from results.parsed import ParsedMessage
from results.vocabulary import MessageFormat, ReportStatus

from ..bundles import (
    BUNDLE_ID,
    KARI,
    REPORT,
    a_bundle,
    a_collection,
    a_composition,
    a_document,
    a_laboratory,
    a_report,
    an_entry,
    an_observation,
    as_bytes,
    refused,
    surroundings,
)

NUMBER_ONE = an_observation("urn:uuid:o1")
MSG_ID = "6b0e5b8c-3f0e-4c55-9b38-0a4f8f6d2b10"


def a_changed(**fields) -> bytes:
    return as_bytes(a_bundle(an_entry(REPORT, a_report()), *surroundings(), **fields))


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"{", "T01", "JSON"),
        (b"{}", "T10", "ikke en FHIR Bundle"),
        (b'{"resourceType": "Patient"}', "T10", "ikke en FHIR Bundle"),
        (b'{"resourceType": 5, "type": []}', "T10", "ikke en FHIR Bundle"),
        (a_changed(type="searchset"), "T10", "typen document"),
        (a_changed(type="batch"), "T10", "typen document"),
        (a_changed(implicitRules="http://x"), "X99", "implicitRules"),
        (as_bytes(a_bundle(*surroundings())), "X99", "ingen svarrapport"),
        (as_bytes(a_bundle(type="document")), "X99", "begynne med sin Composition"),
    ],
)
def test_what_is_no_report_is_refused_in_words(content, code, words):
    message = read(content)

    assert (message.faults[0].code, message.report) == (code, None)
    assert words in message.faults[0].text


def test_two_reports_in_one_message_are_refused():
    other = an_entry("urn:uuid:other", a_report())

    assert "flere svarrapporter" in refused(a_collection(more=[other]))[0]


def test_two_resources_of_one_address_are_refused():
    assert refused(a_collection(more=surroundings()[:1])) == [
        "To ressurser har samme fullUrl."
    ]


def test_an_extension_that_turns_the_meaning_is_refused_wherever_it_stands():
    turned = an_observation(
        component=[{"modifierExtension": [{"url": "http://not.known"}]}]
    )

    assert "modifierExtension" in refused(a_collection(turned))[0]


def test_a_document_has_one_composition_and_it_is_first():
    second = an_entry("urn:uuid:c2", a_composition())
    about = an_entry(REPORT, a_report())
    late = as_bytes(a_bundle(about, second, *surroundings(), type="document"))
    first = an_entry("urn:uuid:c", a_composition())
    two = as_bytes(a_bundle(first, second, about, *surroundings(), type="document"))

    assert "Composition" in refused(late)[0]
    assert "Composition" in refused(two)[0]


@pytest.mark.parametrize("type", ["collection", "transaction"])
def test_a_report_alone_may_come_either_way(type):
    message = read(a_changed(type=type))

    assert (message.faults, message.format) == ((), MessageFormat.FHIR_R4)


def test_the_id_is_the_bundles_without_its_urn():
    assert read(a_collection()).message_id == BUNDLE_ID
    named = a_changed(identifier={"system": "http://lab.example", "value": "M-7"})
    assert read(named).message_id == "M-7"


@pytest.mark.parametrize(
    "identifier",
    [
        {"system": "MsgId", "value": MSG_ID},
        {
            "system": "http://nhn.no/fhir/nilar/CodeSystem/identifier-source-cs/MsgId",
            "value": MSG_ID,
        },
        {"type": {"coding": [{"code": "MsgId"}]}, "value": MSG_ID},
    ],
)
def test_without_one_it_is_nilars_msgid_which_is_no_report_id(identifier):
    own = a_report(identifier=[identifier, {"value": "NL-1"}])
    bundle = a_bundle(an_entry(REPORT, own), *surroundings(), id="not-this")
    del bundle["identifier"]
    message = read(as_bytes(bundle))

    assert (message.message_id, message.report.id) == (MSG_ID, "NL-1")


def test_at_last_it_is_the_bundles_own_id_or_none():
    bundle = a_bundle(an_entry(REPORT, a_report()), *surroundings())
    del bundle["identifier"]

    assert read(as_bytes(bundle)).message_id is None
    assert read(as_bytes({**bundle, "id": "b-1"})).message_id == "b-1"


def moment_of(content: bytes) -> str | None:
    moment = read(content).generated_at
    return moment and moment.as_sent


def test_a_document_is_as_old_as_its_composition_says():
    assert moment_of(a_document()) == "2026-03-02T12:04:00+01:00"


def test_a_lone_report_is_as_old_as_its_issue():
    assert moment_of(a_collection()) == "2026-03-02T12:05:00+01:00"


def test_then_comes_when_it_was_put_together_and_when_it_was_kept():
    undated = a_report(issued=None)
    entries = (an_entry(REPORT, undated), *surroundings())
    kept = {"lastUpdated": "2026-03-02T13:00:00Z"}

    assert moment_of(as_bytes(a_bundle(*entries))) == "2026-03-02T12:06:00+01:00"
    bare = a_bundle(*entries, timestamp=None, meta=kept)
    assert moment_of(as_bytes(bare)) == kept["lastUpdated"]
    assert moment_of(as_bytes({**bare, "meta": None})) is None


def test_a_time_of_day_counts_before_a_day():
    """Versions of one day would else be ordered by their ids."""
    only_day = a_document(composition={"date": "2026-03-02"})

    assert moment_of(only_day) == "2026-03-02T12:05:00+01:00"
    assert moment_of(a_document(composition={"date": "2026"})) is not None


def test_a_date_that_is_none_is_told_of():
    message = read(a_collection(report={"issued": "in the morning"}))

    assert "Datoen i issued er ikke gyldig." in message.warnings
    assert message.generated_at.as_sent == "2026-03-02T12:06:00+01:00"


def test_the_sender_is_whoever_performed():
    assert read(a_collection()).sender.id_of("HER") == "900004"


def test_a_documents_custodian_goes_before_its_author_and_the_performer():
    hospital = a_laboratory(name="Fjord sykehus", identifier=[])
    content = a_document(
        composition={"custodian": {"reference": "urn:uuid:g"}}, gp=hospital
    )

    assert read(content).sender.name == "Fjord sykehus"
    assert read(content).report.performer.name == "Nordlab"


def test_an_author_who_is_a_person_does_not_send_for_the_laboratory():
    content = a_document(composition={"author": [{"reference": "urn:uuid:g"}]})

    assert read(content).sender.name == "Nordlab"


def test_a_glance_sees_what_reading_does():
    for content in (a_collection(), a_document(), a_changed(type="x"), b"{}", b"{"):
        message, seen = read(content), peek(content)
        assert (seen.message_id, seen.format) == (message.message_id, message.format)
        assert seen.sender == message.sender


def test_a_withdrawn_composition_withdraws_its_report():
    message = read(a_document(composition={"status": "entered-in-error"}))

    assert message.report.status is ReportStatus.ENTERED_IN_ERROR
    assert "ulik status" in message.warnings[0]


def test_nothing_that_is_told_repeats_the_number():
    """Neither in a sentence nor where a message is printed."""
    message: ParsedMessage = read(a_collection(NUMBER_ONE, report={"issued": KARI}))

    assert KARI not in repr(message.faults) + repr(message.warnings)
    assert KARI not in repr(message.report.patient)
