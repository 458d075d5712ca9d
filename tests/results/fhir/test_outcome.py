"""OperationOutcome and CapabilityStatement say what is so, in Norwegian, with codes."""

import pytest

from results.fhir.capability import capability_statement
from results.fhir.outcome import outcome, refusal, told
from results.parsed import MessageFault

NO_NUMBER = MessageFault("E36", "Pasienten mangler fødselsnummer.")


def test_a_ground_has_code_words_and_place():
    (issue,) = refusal([NO_NUMBER])["issue"]

    assert (issue["severity"], issue["code"]) == ("error", "required")
    assert issue["details"] == {
        "coding": [
            {"system": "urn:oid:2.16.578.1.12.4.1.1.8221", "code": "E36"},
        ],
        "text": NO_NUMBER.text,
    }
    assert issue["expression"] == ["DiagnosticReport.subject"]


@pytest.mark.parametrize(
    ("code", "type", "place"),
    [
        ("E36", "required", "Bundle.entry[3].resource.subject"),
        ("E10", "required", "Bundle.entry[3]"),
        ("X99", "business-rule", "Bundle.entry[3]"),
        ("T01", "structure", "Bundle.entry[3]"),
    ],
)
def test_a_ground_within_a_transaction_names_its_entry(code, type, place):
    (issue,) = refusal([MessageFault(code, "x")], position=3)["issue"]

    assert (issue["code"], issue["expression"]) == (type, [place])


def test_where_it_lies_is_left_out_when_it_is_not_known():
    (issue,) = refusal([MessageFault("X99", "x")])["issue"]

    assert "expression" not in issue
    assert refusal([MessageFault("E10", "x")])["issue"][0]["expression"] == [
        "Bundle.identifier"
    ]


def test_warnings_follow_and_never_refuse():
    found = told("Tatt imot.", ["Rekvirent mangler."])["issue"]

    assert [i["severity"] for i in found] == ["information", "warning"]
    assert found[1]["details"] == {"text": "Rekvirent mangler."}
    both = refusal([NO_NUMBER], ["Rekvirent mangler."])["issue"]
    assert [i["severity"] for i in both] == ["error", "warning"]


def test_there_is_always_an_issue():
    """R4 demands at least one."""
    assert outcome([])["issue"][0]["severity"] == "information"


def test_the_statement_says_what_there_is_and_no_more():
    found = capability_statement("https://x.example/fhir/r4", scope="s")
    (rest,) = found["rest"]

    assert found["fhirVersion"] == "4.0.1"
    assert rest["interaction"] == [{"code": "transaction"}]
    assert {r["type"]: r["interaction"] for r in rest["resource"]} == {
        "Bundle": [{"code": "create"}],
        "OperationOutcome": [{"code": "read"}],
    }
    assert "s." in rest["security"]["description"]
