"""A laboratory sends for the organisation it is registered for, as its token says."""

import dataclasses
import logging

import pytest
from rest_framework.test import APIClient

from portal.api.authentication import ClientToken
from results.ingestion import receive
from results.models import Organization, ReceivedMessage
from tests.builders import MESSAGE_ID, a_message
from tests.cast import FJORDLAB, NORDLAB, a_laboratory_that_may_send
from tests.portal.api.fhir_senders import (
    BUNDLE,
    TRANSACTION,
    a_reported,
    a_single,
    a_transaction,
    around,
    words,
)
from tests.results.fhir.bundles import a_quantity, an_observation

pytestmark = pytest.mark.django_db

NOWHERE = "01890a5d-ac96-774b-bcce-b302099a8057"
XML, FHIR = "application/xml", "application/fhir+json"
NORDLABS = NORDLAB.organization.organization_number
FJORDLABS = FJORDLAB.organization.organization_number
HB = an_observation(valueQuantity=a_quantity("13.20"))
OTHER = "Tilgangsbeviset gjelder en annen virksomhet"

TOKEN = ClientToken(
    client_id=NORDLAB.client_id,
    scopes=frozenset({"provesvar:messages"}),
    issuer="test",
)


@pytest.fixture(autouse=True)
def _nordlab(a_worker_at_hand):
    a_laboratory_that_may_send(NORDLAB)


def a_client(**claims) -> APIClient:
    """Nordlab's machine, with a token that names these organisations."""
    client = APIClient()
    client.force_authenticate(token=dataclasses.replace(TOKEN, **claims))
    return client


def sends_xml(client):
    return client.post("/api/messages", a_message(), content_type=XML)


def sends_a_bundle(client):
    return client.post(BUNDLE, a_single(HB), content_type=FHIR)


def sends_a_transaction(client):
    content = a_transaction(a_reported("A", HB), HB, *around())
    return client.post(TRANSACTION, content, content_type=FHIR)


def asks_for_a_receipt(client):
    return client.get(f"/api/messages/{NOWHERE}/apprec")


def asks_for_an_outcome(client):
    return client.get(f"{TRANSACTION}/OperationOutcome/{NOWHERE}")


def reconciles(client):
    return client.post("/api/reconciliation", MESSAGE_ID, content_type="text/csv")


CALLS = [
    sends_xml,
    sends_a_bundle,
    sends_a_transaction,
    asks_for_a_receipt,
    asks_for_an_outcome,
    reconciles,
]
every_call = pytest.mark.parametrize("call", CALLS, ids=lambda call: call.__name__)


def told(answer) -> str:
    body = answer.json()
    return words(answer) if "resourceType" in body else body["message"]


@every_call
def test_a_token_for_fjordlab_is_refused_in_words(call):
    answer = call(a_client(organization_number=FJORDLABS))

    assert answer.status_code == 403
    assert told(answer).startswith(OTHER)
    assert not ReceivedMessage.objects.exists()


@every_call
@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"organization_number": NORDLABS},
        {"organization_number": FJORDLABS, "point_of_care_number": NORDLABS},
        {"organization_number": NORDLABS, "point_of_care_number": FJORDLABS},
    ],
    ids=["none named", "Nordlab", "Nordlab within", "within Nordlab"],
)
def test_a_token_for_nordlab_or_for_nobody_named_is_let_in(call, claims):
    assert call(a_client(**claims)).status_code != 403


def test_the_point_of_care_alone_can_be_another(client):
    assert sends_xml(a_client(point_of_care_number=FJORDLABS)).status_code == 403


def test_a_number_almost_nordlabs_is_another():
    for number in (NORDLABS[:-1], f"{NORDLABS}0", f" {NORDLABS}"):
        assert sends_xml(a_client(organization_number=number)).status_code == 403


def test_a_laboratory_known_without_a_number_cannot_be_the_one_in_the_token():
    Organization.objects.update(organization_number=None)

    assert sends_xml(a_client(organization_number=NORDLABS)).status_code == 403
    assert sends_xml(a_client()).status_code == 200


def test_being_registered_nowhere_is_told_first():
    stranger = a_client(client_id="stranger", organization_number=FJORDLABS)

    assert "ikke registrert" in told(sends_xml(stranger))


def test_the_log_names_the_client_and_not_the_organization(caplog):
    caplog.set_level(logging.INFO)

    sends_xml(a_client(organization_number=FJORDLABS))

    assert "nordlab-send has a token for another organisation" in caplog.text
    assert FJORDLABS not in caplog.text


def test_who_only_tries_a_message_need_be_nobody(client):
    """Nothing is kept, so it does not matter whose it would have been."""
    trying = a_client(organization_number=FJORDLABS)

    answer = trying.post("/api/validate", a_message(), content_type=XML)

    assert answer.status_code == 200


def test_the_channel_itself_refuses():
    with pytest.raises(receive.WrongOrganization):
        receive.channel_of(NORDLAB.client_id, organization_numbers=[FJORDLABS])

    named = receive.channel_of(
        NORDLAB.client_id, organization_numbers={FJORDLABS, NORDLABS}
    )
    assert named == receive.channel_of(NORDLAB.client_id)
