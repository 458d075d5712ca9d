"""A producer's message over HTTP: a clear status and sentence for everything."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from portal.api.authentication import ClientToken
from portal.api.bodies import LARGEST_MESSAGE
from portal.demo import people
from results.ingestion import inbox
from results.models import ReceivedMessage, SourceSystem
from results.operations import register_organization, register_source_system
from results.vocabulary import MessageOutcome
from tests.builders import a_message, a_number, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_worker_at_hand")]

ADDRESS = "/api/messages"
NO_WAIT = {"HTTP_PREFER": "wait=0"}
XML = "application/xml"


def client_of(client_id: str, *scopes: str) -> APIClient:
    client = APIClient()
    token = ClientToken(client_id=client_id, scopes=frozenset(scopes), issuer="test")
    client.force_authenticate(token=token)
    return client


@pytest.fixture
def nordlab(db) -> APIClient:
    sender = people.NORDLAB.organization
    organization = register_organization(
        name=sender.name,
        her_id=sender.her_id,
        organization_number=sender.organization_number,
    )
    register_source_system(
        name="Nordlab", client_id="nordlab-send", organization_id=organization.id
    )
    return client_of("nordlab-send", "provesvar:messages")


def send(client: APIClient, content: bytes, content_type: str = XML, **headers):
    return client.post(ADDRESS, content, content_type=content_type, **headers)


def test_nobody_sends_without_a_token():
    response = send(APIClient(), a_message())

    assert response.status_code == 401
    assert not ReceivedMessage.objects.exists()


def test_a_token_for_something_else_does_not_send(nordlab):
    response = send(client_of("nordlab-send", "provesvar:statistics"), a_message())

    assert response.status_code == 403


def test_an_unknown_client_is_refused_in_words(nordlab):
    response = send(client_of("stranger", "provesvar:messages"), a_message())

    assert response.status_code == 403
    assert "ikke registrert" in response.json()["message"]


def test_a_client_switched_off_is_unknown(nordlab):
    SourceSystem.objects.update(is_active=False)

    assert send(nordlab, a_message()).status_code == 403


def test_nobody_sends_in_anothers_name(nordlab):
    response = send(nordlab, a_message(sent_by=people.FJORDLAB))

    assert response.status_code == 403
    assert "annen avsender" in response.json()["message"]
    assert not ReceivedMessage.objects.exists()


@pytest.mark.parametrize(
    ("content", "content_type", "status", "words"),
    [
        (b"{}", "application/json", 415, "application/xml"),
        (b"<a/>", "text/html", 415, "application/xml"),
        (b"", XML, 400, "tom"),
        (b" \n ", XML, 400, "tom"),
    ],
)
def test_what_is_no_message_is_refused_before_it_is_kept(
    nordlab, content, content_type, status, words
):
    response = send(nordlab, content, content_type)

    assert response.status_code == status
    assert words in response.json()["message"]
    assert not ReceivedMessage.objects.exists()


def test_a_hundred_megabytes_are_not_even_read(nordlab):
    response = send(nordlab, b"<a/>", CONTENT_LENGTH="104857600")

    assert response.status_code == 413
    assert "10 MB" in response.json()["message"]


def test_a_body_that_hides_its_length_is_cut_off(nordlab):
    response = send(nordlab, b"x" * (LARGEST_MESSAGE + 1))

    assert response.status_code == 413
    assert not ReceivedMessage.objects.exists()


def test_a_web_page_is_kept_and_answered_with_a_refusal(nordlab):
    response = send(nordlab, b"<html><body>Logg inn</body></html>")

    assert response.status_code == 400
    assert "svarrapport" in response.json()["message"]
    assert ReceivedMessage.objects.get().outcome == MessageOutcome.UNREADABLE


@pytest.mark.parametrize(
    ("person", "code"),
    [
        ({"number": "54321"}, b"E36"),
        ({"number": people.KARI.number[:10] + "x"}, b"E36"),
        ({"name": ""}, b"E36"),
    ],
    ids=["local number", "malformed number", "no name"],
)
def test_a_patient_not_well_enough_named_gives_a_negative_receipt(
    nordlab, person, code
):
    response = send(nordlab, a_message(about=a_person(**person)))

    assert response.status_code == 200
    assert code in response.content
    assert ReceivedMessage.objects.get().apprec_status == 2


def test_the_receipt_comes_back_when_the_worker_is_prompt(nordlab):
    response = send(nordlab, a_message())

    assert (response.status_code, response["Content-Type"]) == (
        200,
        "application/xml; charset=utf-8",
    )
    assert b"AppRec" in response.content


def test_who_does_not_wait_gets_the_receipts_address(nordlab):
    response = send(nordlab, a_message(), **NO_WAIT)
    assert response.status_code == 202
    early = nordlab.get(response["Location"])
    inbox.drain(seconds=5)
    later = nordlab.get(response["Location"])

    assert (early.status_code, later.status_code) == (404, 200)
    assert b"AppRec" in later.content


def test_a_copy_gets_no_second_receipt(nordlab):
    send(nordlab, a_message())
    response = send(nordlab, a_message())

    assert response.status_code == 202
    assert "fra før" in response.json()["message"]


def test_same_id_other_content_is_a_conflict(nordlab):
    send(nordlab, a_message())
    response = send(nordlab, a_message(results=[a_number(number="9.9")]))

    assert response.status_code == 409
    assert "karantene" in response.json()["message"]


def test_a_receipt_is_not_for_another_producer(nordlab):
    location = send(nordlab, a_message())["Location"]
    other = register_organization(name="Fjordlab", her_id="900005")
    register_source_system(
        name="Fjordlab", client_id="fjordlab-send", organization_id=other.id
    )

    assert (
        client_of("fjordlab-send", "provesvar:messages").get(location).status_code
        == 404
    )
    assert APIClient().get(location).status_code == 401


def test_only_listed_methods(nordlab):
    kept = send(nordlab, a_message())["Location"]

    assert nordlab.get(reverse("api:messages")).status_code == 405
    assert nordlab.delete(kept).status_code == 405


def test_nothing_in_an_answer_or_a_log_line_tells_the_number(nordlab, caplog):
    number = people.KARI.number
    wrong = number[:9] + ("00" if number[9:] != "00" else "11")
    for content in (a_message(), a_message(about=a_person(number=wrong))):
        response = send(nordlab, content)
        assert wrong.encode() not in response.content
        assert number.encode() not in response.content

    assert number not in caplog.text
    assert wrong not in caplog.text


def test_a_conflict_is_a_conflict_each_time_it_is_sent(nordlab):
    send(nordlab, a_message())
    other = a_message(results=[a_number(number="9.9")])

    assert [send(nordlab, other).status_code for _ in range(2)] == [409, 409]


def test_what_cannot_be_read_is_refused_each_time(nordlab):
    assert [send(nordlab, b"<a>").status_code for _ in range(2)] == [400, 400]


def test_compression_and_hidden_lengths_are_told_of(nordlab):
    packed = send(nordlab, a_message(), HTTP_CONTENT_ENCODING="gzip")
    chunked = send(nordlab, a_message(), HTTP_TRANSFER_ENCODING="chunked")

    assert (packed.status_code, chunked.status_code) == (415, 411)
