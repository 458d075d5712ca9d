"""One report as FHIR: who may send it, what is answered, and that it is then there."""

import pytest
from rest_framework.test import APIClient

from access import lookup
from access.terms import AccessBasis, PurposeOfUse
from portal.api.bodies import LARGEST_MESSAGE
from portal.demo import people
from portal.presenting.sections import present_sections
from results.ingestion import inbox
from results.models import (
    DiagnosticReport,
    Observation,
    ReceivedMessage,
    SourceSystem,
)
from results.vocabulary import MessageOutcome
from tests import builders, cast
from tests.portal.visiting import has_arrived
from tests.results.fhir.bundles import (
    V3,
    a_concept,
    a_patient,
    a_quantity,
    a_reference,
    an_observation,
)

from .fhir_senders import (
    BUNDLE,
    SCOPE,
    TRANSACTION,
    a_sender,
    a_single,
    client_of,
    named,
    send,
    words,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_worker_at_hand")]

HB = an_observation(valueQuantity=a_quantity("13.20"))
NO_WAIT = {"HTTP_PREFER": "wait=0"}


@pytest.fixture
def nordlab() -> APIClient:
    return a_sender()


def is_nothing_kept() -> bool:
    return not ReceivedMessage.objects.exists()


# Who may -----------------------------------------------------------------------------


@pytest.mark.parametrize("address", [BUNDLE, TRANSACTION])
def test_nobody_sends_without_a_token(address):
    response = send(APIClient(), a_single(HB), address)

    assert (response.status_code, is_nothing_kept()) == (401, True)
    assert response["WWW-Authenticate"].startswith("DPoP")
    assert response.json()["issue"][0]["code"] == "login"
    assert "tilgangsbevis" in words(response)


@pytest.mark.parametrize("address", [BUNDLE, TRANSACTION])
def test_a_token_for_something_else_does_not_send(nordlab, address):
    response = send(client_of("nordlab-send", "provesvar:read"), a_single(HB), address)

    assert (response.status_code, is_nothing_kept()) == (403, True)
    assert 'error="insufficient_scope"' in response["WWW-Authenticate"]
    assert response.json()["issue"][0]["code"] == "forbidden"


@pytest.mark.parametrize("address", [BUNDLE, TRANSACTION])
def test_an_unknown_client_is_refused_in_words(nordlab, address):
    response = send(client_of("stranger", SCOPE), a_single(HB), address)

    assert response.status_code in (403, 422)
    assert is_nothing_kept()


def test_a_client_switched_off_is_unknown(nordlab):
    SourceSystem.objects.update(is_active=False)

    response = send(nordlab, a_single(HB))
    assert (response.status_code, is_nothing_kept()) == (403, True)
    assert "ikke registrert" in words(response)


def test_nobody_sends_in_anothers_name(nordlab):
    response = send(nordlab, a_single(HB, laboratory=named(people.FJORDLAB)))

    assert (response.status_code, is_nothing_kept()) == (403, True)
    assert "annen avsender" in words(response)


# What is refused ---------------------------------------------------------------------


@pytest.mark.parametrize("address", [BUNDLE, TRANSACTION])
@pytest.mark.parametrize(
    ("content", "content_type", "status", "said"),
    [
        (b"<a/>", "application/xml", 415, "application/fhir+json"),
        (b"{}", "application/json", 415, "application/fhir+json"),
        (b"{}", "application/fhir+json; fhirVersion=5.0", 415, "FHIR R4"),
        (b"", "application/fhir+json", 400, "tom"),
        (b"<a/>", "application/fhir+json", 400, "ikke JSON"),
    ],
)
def test_what_is_no_fhir_is_refused_before_it_is_kept(
    nordlab, address, content, content_type, status, said
):
    response = send(nordlab, content, address, content_type=content_type)

    assert (response.status_code, is_nothing_kept()) == (status, True)
    assert said in words(response)


@pytest.mark.parametrize("address", [BUNDLE, TRANSACTION])
def test_a_hundred_megabytes_are_not_even_read(nordlab, address):
    response = send(nordlab, b"{}", address, CONTENT_LENGTH="104857600")

    assert response.status_code == 413
    assert response.json()["issue"][0]["code"] == "too-long"
    hidden = send(nordlab, b"{" * (LARGEST_MESSAGE + 1), address)
    assert (hidden.status_code, is_nothing_kept()) == (413, True)


def test_the_version_we_read_may_be_said(nordlab):
    told = "application/fhir+json; charset=utf-8; fhirVersion=4.0"

    assert send(nordlab, a_single(HB), content_type=told).status_code == 201


def test_fhir_at_the_other_door_is_told_of_this_one(nordlab):
    response = send(
        nordlab, a_single(HB), "/api/messages", content_type="application/xml"
    )

    assert (response.status_code, is_nothing_kept()) == (400, True)
    assert "/fhir/r4" in response.json()["message"]


def test_an_answer_only_to_be_had_in_fhir(nordlab):
    response = send(nordlab, a_single(HB), HTTP_ACCEPT="text/html")

    assert (response.status_code, is_nothing_kept()) == (406, True)
    assert "formatet" in words(response)


def test_what_cannot_be_read_is_kept_and_refused_each_time(nordlab):
    answers = [send(nordlab, b'{"a": NaN}') for _ in range(2)]

    assert [a.status_code for a in answers] == [400, 400]
    assert answers[1].json()["issue"][0]["code"] == "structure"
    assert ReceivedMessage.objects.get().outcome == MessageOutcome.UNREADABLE


def test_a_patient_not_well_enough_named_is_refused_with_the_place(nordlab):
    stranger = a_patient("740512852", "urn:oid:1.2.203.1")
    for _ in range(2):
        response = send(nordlab, a_single(HB, patient=stranger))

        (issue,) = (i for i in response.json()["issue"] if i["severity"] == "error")
        assert response.status_code == 422
        assert issue["details"]["coding"][0]["code"] == "E36"
        assert issue["expression"] == ["DiagnosticReport.subject"]
    assert not DiagnosticReport.objects.exists()


def test_same_id_other_content_is_a_conflict_each_time(nordlab):
    send(nordlab, a_single(HB))
    for _ in range(2):
        response = send(nordlab, a_single(an_observation(valueString="Ny")))

        assert response.status_code == 409
        assert "karantene" in words(response)


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
def test_only_listed_methods(nordlab, method):
    for address in (BUNDLE, TRANSACTION):
        response = getattr(nordlab, method)(address)
        assert response.status_code == 405
        assert "Metoden" in words(response)


def test_nothing_in_an_answer_or_a_log_line_tells_the_number(nordlab, caplog):
    number = people.KARI.number
    wrong = number[:9] + ("00" if number[9:] != "00" else "11")
    for content in (a_single(HB), a_single(HB, patient=a_patient(wrong))):
        response = send(nordlab, content)
        assert number.encode() not in response.content
        assert wrong.encode() not in response.content

    assert number not in caplog.text
    assert wrong not in caplog.text


# What is taken in --------------------------------------------------------------------


def test_a_report_taken_in_says_where_to_ask(nordlab):
    response = send(nordlab, a_single(HB))

    assert response.status_code == 201
    assert "tatt imot" in words(response)
    assert "tatt imot" in words(nordlab.get(response["Location"]))


def test_who_does_not_wait_asks_later(nordlab):
    response = send(nordlab, a_single(HB), **NO_WAIT)
    early = words(nordlab.get(response["Location"]))
    inbox.drain(seconds=5)

    assert (response.status_code, "venter" in early) == (202, True)
    assert "tatt imot" in words(nordlab.get(response["Location"]))


def test_a_copy_is_known_again(nordlab):
    send(nordlab, a_single(HB))
    response = send(nordlab, a_single(HB))

    assert response.status_code == 200
    assert "fra før" in words(response)
    assert ReceivedMessage.objects.count() == 1


def test_an_outcome_is_not_for_another_producer(nordlab):
    location = send(nordlab, a_single(HB))["Location"]
    fjordlab = a_sender(people.FJORDLAB)

    assert fjordlab.get(location).status_code == 404
    assert "ingen slik melding" in words(fjordlab.get(location))
    assert APIClient().get(location).status_code == 401


def test_what_could_be_better_is_said(nordlab):
    response = send(nordlab, a_single(HB, report={"basedOn": None}))

    assert response.status_code == 201
    assert "Rekvirent mangler." in words(response)


def as_read_by_ola():
    """Kari's reports as her doctor finds them through the door."""
    viewer = cast.the_viewer(cast.OLA)
    opened = lookup.open_patient(
        viewer,
        number=people.KARI.number,
        basis=AccessBasis.CONSENT,
        purpose=PurposeOfUse.TREAT,
    )
    patient_id = opened.value.patient_id
    listed = lookup.list_reports(viewer, patient_id=patient_id).value.reports
    return [
        lookup.open_report(viewer, patient_id=patient_id, report_id=r.id).value
        for r in listed
    ]


def test_her_doctor_reads_it_as_any_other(nordlab):
    send(nordlab, a_single(HB))
    (report,) = as_read_by_ola()
    (result,) = report.observations

    assert (result.name, result.digits, result.unit) == (
        "B-Hemoglobin",
        "13.20",
        "g/dL",
    )
    assert report.summary.category == "CLIN"
    assert report.summary.performer_name == "Nordlab"
    assert report.requisition.requisition_id == "LL-88121"


def test_the_units_code_is_the_laboratorys_own(nordlab):
    odd = a_quantity("250", unit="mill. pr. liter", code="10*6/L")
    send(nordlab, a_single(an_observation(valueQuantity=odd)))
    stored = Observation.objects.get()

    assert (stored.unit, stored.unit_ucum) == ("mill. pr. liter", "10*6/L")


def test_what_grew_has_its_table_of_agents(nordlab):
    agent = an_observation(
        "urn:uuid:agent",
        code={"text": "Ciprofloksacin"},
        valueQuantity=a_quantity("0.25", "mg/L", comparator="<="),
        interpretation=[a_concept("S", V3)],
    )
    grew = an_observation(
        code={"text": "Urin dyrkning"},
        valueCodeableConcept={"text": "E. coli"},
        hasMember=[a_reference("urn:uuid:agent")],
    )
    send(nordlab, a_single(grew, agent))
    (report,) = as_read_by_ola()
    (section,) = present_sections(report.observations)
    (culture,) = section.cultures

    assert (culture.name, culture.finding) == ("Urin dyrkning", "E. coli")
    assert [(r.agent, r.letter) for r in culture.resistances] == [
        ("Ciprofloksacin", "S")
    ]
    assert culture.resistances[0].concentration.startswith("≤0,25")


def test_fhir_and_kith_of_one_id_are_versions_of_one_report(nordlab):
    has_arrived(builders.a_message(id="3f0c1f5e-7a52-4c0e-9a51-000000000001"))
    content = a_single(
        HB, name=builders.REPORT_ID, report={"issued": "2026-03-09T12:00:00Z"}
    )

    assert send(nordlab, content).status_code == 201
    (report,) = as_read_by_ola()
    assert report.summary.version_count == 2
    assert report.observations[0].digits == "13.20"


def test_a_patient_known_by_number_alone_keeps_her_name(nordlab):
    """NILAR's messages hold no name, and take none away."""
    has_arrived(builders.a_message(id="3f0c1f5e-7a52-4c0e-9a51-000000000001"))
    subject = {
        "identifier": {
            "system": "urn:oid:2.16.578.1.12.4.1.4.1",
            "value": people.KARI.number,
        }
    }
    content = a_single(an_observation(subject=None), report={"subject": subject},
                       specimen={"resourceType": "Specimen"},
                       request={"resourceType": "ServiceRequest"})  # fmt: skip

    assert send(nordlab, content).status_code == 201
    reports = as_read_by_ola()
    assert len(reports) == 2
    assert all("Kari" in report.patient.name for report in reports)


# What we say of ourselves ------------------------------------------------------------


def test_anybody_may_ask_what_there_is():
    response = APIClient().get("/fhir/r4/metadata")
    statement = response.json()

    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/fhir+json")
    assert statement["resourceType"] == "CapabilityStatement"
    assert statement["implementation"]["url"].endswith("/fhir/r4")
    assert SCOPE in statement["rest"][0]["security"]["description"]


def test_and_nothing_else():
    assert APIClient().post("/fhir/r4/metadata").status_code == 405
