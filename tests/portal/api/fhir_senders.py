"""Nordlab and Fjordlab as they send FHIR, with a worker who is always prompt."""

from rest_framework.test import APIClient

from portal.api.authentication import ClientToken
from portal.demo import people
from results.fhir import names
from results.operations import register_organization, register_source_system
from tests.results.fhir.bundles import (
    HER,
    a_bundle,
    a_laboratory,
    a_patient,
    a_report,
    an_entry,
    as_bytes,
    surroundings,
)

SCOPE = "provesvar:messages"
BUNDLE, TRANSACTION = "/fhir/r4/Bundle", "/fhir/r4"
KARIS_OWN = a_patient(people.KARI.number, name=[{"text": people.KARI.name}])


def client_of(client_id: str, *scopes: str) -> APIClient:
    client = APIClient()
    token = ClientToken(client_id=client_id, scopes=frozenset(scopes), issuer="test")
    client.force_authenticate(token=token)
    return client


def a_sender(laboratory: people.Laboratory = people.NORDLAB) -> APIClient:
    """A laboratory that is registered, and may send."""
    own = laboratory.organization
    organization = register_organization(
        name=own.name, her_id=own.her_id, organization_number=own.organization_number
    )
    register_source_system(
        name=own.name,
        client_id=laboratory.client_id,
        organization_id=organization.id,
    )
    return client_of(laboratory.client_id, SCOPE)


def named(laboratory: people.Laboratory):
    """The laboratory as the message names it."""
    own = laboratory.organization
    return a_laboratory(
        name=own.name, identifier=[{"system": HER, "value": own.her_id}]
    )


NORDLABS = named(people.NORDLAB)


def around(**changed):
    """What Nordlab's reports about Kari point at."""
    return surroundings(**{"patient": KARIS_OWN, "laboratory": NORDLABS, **changed})


def a_reported(name: str, *results, **fields):
    about = a_report(*results, identifier=[{"value": name}], **fields)
    return an_entry(f"urn:uuid:{name}", about)


def a_single(*results, name: str = "NL-1", bundle=None, report=None, **changed):
    """The bytes of one report about Kari."""
    entries = (a_reported(name, *results, **(report or {})), *results)
    return as_bytes(a_bundle(*entries, *around(**changed), **(bundle or {})))


def a_transaction(*entries, **fields) -> bytes:
    """The bytes of a transaction that asks for each entry to be made."""
    asked = [{**e, "request": {"method": "POST", "url": "x"}} for e in entries]
    return as_bytes(a_bundle(*asked, type="transaction", **fields))


def send(client: APIClient, content: bytes, to: str = BUNDLE, **headers):
    content_type = headers.pop("content_type", names.FHIR_JSON)
    return client.post(to, content, content_type=content_type, **headers)


def words(response) -> str:
    """All that an OperationOutcome says."""
    assert response["Content-Type"].startswith(names.FHIR_JSON)
    body = response.json()
    assert body["resourceType"] == "OperationOutcome"
    return " ".join(issue["details"]["text"] for issue in body["issue"])
