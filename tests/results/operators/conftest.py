"""Nordlab sends, nobody is woken, and what it sends may be shared with everyone."""

import uuid

import pytest

from portal.demo.generator.drafts import Message
from portal.demo.generator.writer import write
from results.ingestion import inbox, receive, tasks
from results.models import ReceivedMessage
from results.operations import register_organization
from results.operations.operator_actions import Act
from tests.builders import NOON, a_message, a_report

SIRI = Act("siri", "Laboratoriet har ringt om denne.")
TURID = "turid"


def reported(key: str, **said) -> bytes:
    """A message of its own with the report that Nordlab calls so."""
    return write(Message(str(uuid.uuid4()), NOON, a_report(id=key, **said)))


@pytest.fixture(autouse=True)
def _nobody_is_woken(monkeypatch):
    monkeypatch.setattr(tasks, "wake", lambda: None)


@pytest.fixture
def nordlab() -> receive.Channel:
    return receive.Channel(register_organization(name="Nordlab", her_id="900004").id)


@pytest.fixture
def fjordlab() -> uuid.UUID:
    return register_organization(name="Fjordlab", her_id="900005").id


@pytest.fixture
def send(nordlab):
    """Send to the inbox, and let a worker take it; gives the row."""

    def send(content: bytes | None = None, **said) -> ReceivedMessage:
        kept = receive.receive(content or a_message(**said), channel=nordlab)
        inbox.drain(seconds=5)
        return ReceivedMessage.objects.get(pk=kept.id)

    return send
