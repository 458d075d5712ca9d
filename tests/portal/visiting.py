"""Visitors with a session, as login leaves it; nothing here goes round the door."""

import time
import uuid
from dataclasses import dataclass

from django.test import Client

from access import operations
from portal.demo import people
from portal.middleware import SESSION_KEY
from results.ingestion.receive import receive_from_operator
from tests import cast

FRONT = "localhost:8000"
CLINICIAN = "helsepersonell.localhost:8000"
CITIZEN = "innbygger.localhost:8000"
ADMINISTRATION = "forvaltning.localhost:8000"
PRODUCER = "produsent.localhost:8000"


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in persona, and their browser on their own host."""

    persona: people.Persona
    client: Client

    def get(self, path, **headers):
        return self.client.get(path, headers=headers)

    def post(self, path, data=None):
        return self.client.post(path, data or {})


def somebody(host: str) -> Client:
    """A browser that nobody has signed in with."""
    return Client(headers={"host": host})


def a_visitor(persona: people.Persona, *, security_level: int = 4) -> Visitor:
    """The persona after login, employed if they are personnel."""
    cast.the_viewer(persona)
    client = somebody(CITIZEN if persona.is_citizen else CLINICIAN)
    signed_in(client, cast.a_signed_in(persona), persona.issuer, level=security_level)
    return Visitor(persona, client)


def signed_in(client: Client, user, provider: str, *, level: int = 4) -> uuid.UUID:
    """This browser after login; gives the session's own key."""
    client.force_login(user, "access.authentication.HelseIDBackend")
    session_id = operations.begin_session(
        user.id, provider=provider, security_level=level, browser="Firefox, Linux"
    )
    session = client.session
    session[SESSION_KEY] = str(session_id)
    session["provider"] = provider
    session["authenticated_at"] = int(time.time())
    session.save()
    return session_id


def state_need(visitor: Visitor, patient: people.Persona, **changed):
    """Fill in the search form for this patient; gives the answer."""
    form = {
        "number": patient.number,
        "basis": "SAMTYKKE",
        "purpose": "TREAT",
        **changed,
    }
    return visitor.post("/helsepersonell/", form)


def has_arrived(message: bytes) -> None:
    """The message has come in by an operator's hand, and been stored."""
    account = receive_from_operator(message, sender_her_id=None)
    assert account.outcome == "stored"
