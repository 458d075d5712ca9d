"""A producer posts its list, and learns of its own messages alone."""

import json

import pytest
from rest_framework.test import APIClient

from portal.api.authentication import ClientToken
from portal.demo import people
from results.ingestion import inbox, receive
from results.models import ReceivedMessage
from tests import cast
from tests.builders import MESSAGE_ID, a_message

pytestmark = pytest.mark.django_db

ADDRESS = "/api/reconciliation"
CSV, JSON = "text/csv; charset=utf-8", "application/json"
LACKING = "00000000-0000-4000-8000-00000000000f"


def a_client(client_id: str, *scopes: str) -> APIClient:
    client = APIClient()
    token = ClientToken(client_id=client_id, scopes=frozenset(scopes), issuer="test")
    client.force_authenticate(token=token)
    return client


@pytest.fixture
def nordlab(monkeypatch) -> APIClient:
    """Nordlab has sent one message, and we hold it."""
    monkeypatch.setattr(receive.tasks, "wake", lambda: None)
    cast.a_laboratory_that_may_send(cast.NORDLAB)
    channel = receive.channel_of(people.NORDLAB.client_id)
    receive.receive(a_message(), channel=channel)
    inbox.drain(seconds=5)
    return a_client(people.NORDLAB.client_id, "provesvar:messages")


def post(client: APIClient, content: str | bytes, content_type: str = CSV):
    return client.post(ADDRESS, content, content_type=content_type)


def test_who_may_not_send_may_not_ask_either(nordlab):
    assert post(APIClient(), MESSAGE_ID).status_code == 401
    someone = a_client(people.NORDLAB.client_id, "provesvar:statistics")
    assert post(someone, MESSAGE_ID).status_code == 403
    assert post(a_client("x", "provesvar:messages"), MESSAGE_ID).status_code == 403


def test_it_is_posted_and_nothing_else(nordlab):
    assert nordlab.get(ADDRESS).status_code == 405


def test_fjordlab_learns_nothing_of_nordlabs(nordlab):
    cast.a_laboratory_that_may_send(cast.FJORDLAB)
    fjordlab = a_client(people.FJORDLAB.client_id, "provesvar:messages")

    assert post(fjordlab, MESSAGE_ID).json()["lacking"] == [MESSAGE_ID]


@pytest.mark.parametrize(
    ("content", "content_type", "status", "words"),
    [
        (b"<a/>", "application/xml", 415, "text/csv eller application/json"),
        (b" ", CSV, 400, "tom"),
        (b"\xff\xfe", CSV, 400, "ikke tekst i UTF-8"),
        (b"a;b\n1;2", CSV, 400, "Linje 1: Listen må ha en kolonne som heter MsgId"),
        (b"{", JSON, 400, "ikke JSON"),
    ],
    ids=["xml", "blank", "bytes", "columns", "json"],
)
def test_a_bad_list_is_refused_in_plain_words(
    nordlab, content, content_type, status, words
):
    answer = post(nordlab, content, content_type)

    assert answer.status_code == status
    assert words in answer.json()["message"]


def test_a_list_of_a_hundred_megabytes_is_not_even_read(nordlab):
    answer = nordlab.post(
        ADDRESS, "a", content_type=CSV, CONTENT_LENGTH=str(100 * 1024 * 1024)
    )

    assert answer.status_code == 413


def test_national_numbers_are_refused_and_not_repeated(nordlab, caplog):
    answer = post(nordlab, f"MsgId;fnr\n{MESSAGE_ID};{people.KARI.number}\n")

    assert answer.status_code == 400
    assert "fødselsnummer" in answer.json()["message"]
    assert people.KARI.number not in answer.content.decode() + caplog.text


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (f"\ufeffMsgId;sendt\r\n{MESSAGE_ID};x\r\n{LACKING};y\r\n", CSV),
        (json.dumps({"messages": [MESSAGE_ID, LACKING]}), JSON),
    ],
    ids=["csv from Excel", "json"],
)
def test_every_message_has_its_place(nordlab, content, content_type):
    answer = post(nordlab, content.encode(), content_type)

    assert answer.status_code == 200
    assert answer.json() == {
        "counts": {
            "held": 1,
            "lacking": 1,
            "waiting": 0,
            "quarantined": 0,
            "rejected": 0,
        },
        "held": [MESSAGE_ID],
        "lacking": [LACKING],
        "waiting": [],
        "quarantined": [],
        "rejected": [],
    }


def test_a_refused_message_comes_with_its_codes(nordlab):
    ReceivedMessage.objects.update(
        outcome="rejected", faults=[{"code": "E36", "text": "Kari Prøve"}]
    )

    assert post(nordlab, MESSAGE_ID).json()["rejected"] == [
        {"message_id": MESSAGE_ID, "codes": ["E36"]}
    ]
