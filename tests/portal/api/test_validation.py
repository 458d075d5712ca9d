"""Nordlab's integrator asks the API about messages before anyone is to rely on them."""

import json

import pytest
from rest_framework.test import APIClient

from portal.api.authentication import ClientToken
from portal.api.bodies import LARGEST_MESSAGE
from portal.demo import people
from results import codes
from tests.builders import a_message, a_number, a_person, a_text
from tests.results.fhir.bundles import a_document, an_observation
from tests.results.ingestion.untouched import every_row, nothing_kept

pytestmark = pytest.mark.django_db

ADDRESS = "/api/validate"
XML = "application/xml"


def a_client(*scopes: str) -> APIClient:
    client = APIClient()
    token = ClientToken("nordlab-send", frozenset(scopes), issuer="test")
    client.force_authenticate(token=token)
    return client


@pytest.fixture
def nordlab() -> APIClient:
    """Not registered as a sender: the bench is how one becomes it."""
    codes.load_seed()
    return a_client("provesvar:messages")


def ask(client, content: bytes, content_type: str = XML, **headers):
    return client.post(ADDRESS, content, content_type=content_type, **headers)


def told(client, content: bytes, content_type: str = XML):
    response = ask(client, content, content_type)
    assert response.status_code == 200
    return response.json()


def test_nobody_asks_without_a_token():
    assert ask(APIClient(), a_message()).status_code == 401


def test_a_token_for_something_else_asks_nothing():
    assert ask(a_client("provesvar:statistics"), a_message()).status_code == 403


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_only_post(nordlab, method):
    assert getattr(nordlab, method)(ADDRESS).status_code == 405


@pytest.mark.parametrize(
    ("content", "content_type", "status", "words"),
    [
        (b"<a/>", "text/html", 415, "application/fhir+json"),
        (b"<a/>", "multipart/form-data; boundary=x", 415, "application/xml"),
        (b"", XML, 400, "tom"),
        (b"x" * (LARGEST_MESSAGE + 1), XML, 413, "10 MB"),
    ],
    ids=["html", "form", "empty", "too large"],
)
def test_what_is_no_message_is_refused_in_words(
    nordlab, content, content_type, status, words
):
    response = ask(nordlab, content, content_type)

    assert response.status_code == status
    assert words in response.json()["message"]


def test_compression_is_refused(nordlab):
    assert ask(nordlab, a_message(), HTTP_CONTENT_ENCODING="gzip").status_code == 415


def test_a_good_message_is_accepted_and_shown(nordlab):
    answer = told(nordlab, a_message(results=[a_number(), a_text()]))

    assert answer["verdict"]["is_accepted"]
    assert answer["format"] == "kith-1.4"
    assert answer["well_formed"]["is_well_formed"]
    assert answer["schema"]["state"] == "not-installed"
    assert answer["rules"] == {"faults": [], "warnings": []}
    assert (answer["codes"], answer["units"], answer["results"]) == ([], [], 2)
    assert answer["apprec"].startswith("<?xml")


def test_both_readers_views_are_told_in_words(nordlab):
    preview = told(nordlab, a_message())["preview"]

    doctors = preview["clinician"]["sections"][0]["results"][0]
    citizens = preview["citizen"]["report"]["sections"][0]["results"][0]
    assert (doctors["value"], doctors["unit"]) == ("13,2", "g/dL")
    assert citizens["judgement"]["words"] == "Innenfor referanseområdet"
    assert preview["citizen"]["summary"]["sentence"].startswith("Svaret er innenfor")
    assert preview["patient"]["name"] == "Prøve, Kari"


def test_a_refused_message_is_told_why_and_gets_its_receipt(nordlab):
    answer = told(nordlab, a_message(about=a_person(name="")))

    assert answer["verdict"] == {
        "is_accepted": False,
        "outcome": "rejected",
        "apprec_version": "1.1",
    }
    (fault,) = answer["rules"]["faults"]
    assert fault == {"code": "E36", "text": "Pasienten mangler navn."}
    assert 'V="E36"' in answer["apprec"]


def test_broken_xml_is_told_of_with_its_place(nordlab):
    answer = told(nordlab, b"<Message>\n <a></b></Message>")

    assert answer["well_formed"] == {
        "is_well_formed": False,
        "text": "Meldingen er ikke gyldig XML (linje 2).",
        "line": 2,
        "column": 9,
    }
    assert (answer["preview"], answer["verdict"]["outcome"]) == (None, "unreadable")


def test_an_unknown_code_and_unit_are_told_of_with_what_was_meant(nordlab):
    odd = a_number("NPU00000", "4,5", name="P-Natrium", unit="mmmol/L")

    answer = told(nordlab, a_message(results=[a_number(), odd]))

    (code,) = answer["codes"]
    assert (code["code"], code["problem"], code["count"]) == ("NPU00000", "unknown", 1)
    assert code["where"] == ["ResultItem[2]/Investigation/Id"]
    assert code["suggestion"]["code"] == "NPU03429"
    assert answer["units"] == [
        {"unit": "mmmol/L", "where": ["ResultItem[2]"], "count": 1}
    ]
    assert any("komma" in warning for warning in answer["rules"]["warnings"])


@pytest.mark.parametrize("content_type", ["application/json", "application/fhir+json"])
def test_fhir_is_asked_about_at_the_same_address(nordlab, content_type):
    answer = told(nordlab, a_document(an_observation()), content_type)

    assert answer["verdict"]["is_accepted"]
    assert (answer["format"], answer["schema"]["state"]) == ("fhir-r4", "has-none")
    assert answer["apprec"] is None


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"PK\x03\x04", b"\0\xff\xfe"])
def test_what_is_no_message_is_unreadable_and_no_fault_of_ours(nordlab, content):
    assert told(nordlab, content)["verdict"]["outcome"] == "unreadable"


@pytest.mark.parametrize("is_good", [True, False], ids=["good number", "wrong number"])
def test_the_number_is_in_no_answer_and_no_log_line(nordlab, caplog, is_good):
    number = people.KARI.number
    if not is_good:
        number = number[:9] + ("00" if number[9:] != "00" else "11")
    comment = f"Se {number} og {number[:6]} {number[6:]}"
    message = a_message(
        about=a_person(number=number), results=[a_number(comment=comment)]
    )

    with caplog.at_level("DEBUG"):
        answer = ask(nordlab, message).content.decode()

    assert number[6:] not in answer
    assert number not in caplog.text
    assert "Prøve" not in caplog.text


def test_nothing_is_kept(nordlab, caplog):
    with nothing_kept(caplog):
        told(nordlab, a_message())


def test_asking_before_sending_leaves_no_patient_behind(nordlab):
    before = every_row()

    told(nordlab, a_message())

    assert every_row() == before
    assert before["results.Patient"] == 0


def test_markup_is_text_to_a_machine(nordlab):
    answer = ask(nordlab, a_message(results=[a_text("<script>x()</script>")]))

    assert answer["Content-Type"] == "application/json"
    assert "<script>x()</script>" in json.dumps(answer.json())
