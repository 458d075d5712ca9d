"""A message that fails stops nobody, and is kept for an operator after five tries."""

import logging

import pytest

from portal.demo import people
from results.ingestion import inbox, receive
from results.models import ReceivedMessage
from results.operations import register_organization
from results.vocabulary import MessageOutcome
from tests.builders import a_message

pytestmark = pytest.mark.django_db

POISON = "00000000-0000-4000-8000-000000000666"


@pytest.fixture
def nordlab(monkeypatch) -> receive.Channel:
    monkeypatch.setattr(receive.tasks, "wake", lambda: None)
    organization = register_organization(
        name="Nordlab", her_id=people.NORDLAB.organization.her_id
    )
    return receive.Channel(organization.id)


@pytest.fixture
def poison(nordlab, monkeypatch):
    """A message that makes every worker fail, and one behind it that does not."""
    receive.receive(a_message(id=POISON), channel=nordlab)
    receive.receive(a_message(), channel=nordlab)
    process = inbox.process

    def fails_on_poison(batch, **rest):
        if any(received.message_id == POISON for received in batch):
            raise MemoryError(people.KARI.number)
        process(batch, **rest)

    monkeypatch.setattr(inbox, "process", fails_on_poison)
    return ReceivedMessage.objects.get(message_id=POISON)


def test_the_next_message_does_not_wait(poison):
    inbox.drain(seconds=5)

    other = ReceivedMessage.objects.exclude(pk=poison.pk).get()
    assert other.outcome == MessageOutcome.STORED


def test_after_five_tries_it_is_put_aside_with_its_bytes(poison):
    inbox.drain(seconds=5)

    poison.refresh_from_db()
    assert (poison.attempts, poison.outcome) == (5, MessageOutcome.QUARANTINED)
    assert poison.content_encrypted
    assert poison.warnings


def test_what_went_wrong_is_logged_without_the_message(poison, caplog):
    with caplog.at_level(logging.ERROR):
        inbox.drain(seconds=5)

    assert "MemoryError" in caplog.text
    assert people.KARI.number not in caplog.text


def test_one_message_may_be_taken_out_of_turn(poison):
    other = ReceivedMessage.objects.exclude(pk=poison.pk).get()

    assert inbox.take(other.pk)
    assert not inbox.take(other.pk)
