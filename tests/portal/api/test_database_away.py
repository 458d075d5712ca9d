"""When the database is away or held, senders are told to come back, and why."""

import pytest
from django.db import InterfaceError, OperationalError
from rest_framework.test import APIClient

from portal.api.authentication import ClientToken
from portal.demo import people
from results.ingestion import receive
from results.models import ReceivedMessage
from tests import cast
from tests.builders import a_message

pytestmark = pytest.mark.django_db


@pytest.fixture
def nordlab() -> APIClient:
    cast.a_laboratory_that_may_send(cast.NORDLAB)
    client = APIClient(raise_request_exception=False)
    scopes = frozenset({"provesvar:messages"})
    token = ClientToken(people.NORDLAB.client_id, scopes, issuer="test")
    client.force_authenticate(token=token)
    return client


@pytest.fixture
def failing(monkeypatch):
    def with_error(error: Exception) -> None:
        def receives(*args, **kwargs):
            raise error

        monkeypatch.setattr(receive, "receive", receives)

    return with_error


def sends(client: APIClient):
    return client.post("/api/messages", a_message(), content_type="application/xml")


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_the_sender_keeps_it_and_is_told_when_to_try_again(nordlab, failing, error):
    failing(error(people.KARI.number))

    answer = sends(nordlab)

    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert answer.json() == {
        "error": "unavailable",
        "message": "Databasen svarer ikke.",
    }
    assert not ReceivedMessage.objects.exists()


def test_a_fault_of_our_own_is_not_called_the_databases(nordlab, failing):
    failing(ArithmeticError())

    assert sends(nordlab).status_code == 500
