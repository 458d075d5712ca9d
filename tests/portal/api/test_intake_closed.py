"""When intake is closed both doors say so alike, and receipts are read as before."""

import pytest
from rest_framework.test import APIClient

from portal.api.authentication import ClientToken
from portal.demo import people
from results.ingestion import inbox, receive
from results.ingestion.watch import pressure
from results.ingestion.watch.troubles import Trouble
from results.models import ReceivedMessage
from tests import cast
from tests.builders import a_message

pytestmark = pytest.mark.django_db

WORDS = "Det er lite plass igjen på disken. Mottak er stengt."


@pytest.fixture
def nordlab(monkeypatch) -> APIClient:
    monkeypatch.setattr(receive.tasks, "wake", lambda: None)
    cast.a_laboratory_that_may_send(cast.NORDLAB)
    client = APIClient()
    scopes = frozenset({"provesvar:messages"})
    token = ClientToken(people.NORDLAB.client_id, scopes, issuer="test")
    client.force_authenticate(token=token)
    return client


@pytest.fixture
def full_disk(monkeypatch):
    monkeypatch.setattr(pressure, "why_closed", lambda: Trouble.DISK)


@pytest.mark.usefixtures("full_disk")
def test_a_message_is_turned_away_with_when_to_come_back(nordlab):
    answer = nordlab.post("/api/messages", a_message(), content_type="application/xml")

    assert (answer.status_code, answer["Retry-After"]) == (503, "120")
    assert answer.json() == {"error": "intake_closed", "message": WORDS}
    assert not ReceivedMessage.objects.exists()


@pytest.mark.usefixtures("full_disk")
def test_a_bundle_is_turned_away_the_same_way(nordlab):
    answer = nordlab.post(
        "/fhir/r4/Bundle",
        b'{"resourceType": "Bundle"}',
        content_type="application/fhir+json",
    )

    assert (answer.status_code, answer["Retry-After"]) == (503, "120")
    (issue,) = answer.json()["issue"]
    assert (issue["code"], issue["details"]["text"]) == ("transient", WORDS)
    assert not ReceivedMessage.objects.exists()


def test_receipts_are_read_all_the_same(nordlab, monkeypatch):
    answer = nordlab.post(
        "/api/messages",
        a_message(),
        content_type="application/xml",
        HTTP_PREFER="wait=0",
    )
    inbox.drain(seconds=5)
    monkeypatch.setattr(pressure, "why_closed", lambda: Trouble.DISK)

    assert nordlab.get(answer["Location"]).status_code == 200
