"""An alarm reaches the operators once for each time it opens, and says no name."""

import json
import smtplib

import pytest
from django.core import mail

from results.ingestion import outbox
from results.models import Alarm, Organization, OutgoingMessage
from results.operations import Cause, raise_alarm, settle_alarms
from results.operations.alarms import SYSTEM
from results.vocabulary import AlarmKind
from tests.results.ingestion.receivers import a_receiver

pytestmark = pytest.mark.django_db

OPERATORS = "mailto:vakt@drift.example"
WORDS = "En melding lot seg ikke behandle og er satt i karantene."


@pytest.fixture(autouse=True)
def operators_read_mail(settings):
    settings.ALARM_DESTINATIONS = (OPERATORS,)


def quarantine(key="one", text=WORDS, **rest) -> None:
    raise_alarm(AlarmKind.QUARANTINE, key=key, text=text, **rest)


def send() -> int:
    return outbox.send_due(seconds=5, jitter=lambda: 0.0)


def test_an_operator_is_written_to_once_however_often_it_is_raised():
    quarantine()
    quarantine()

    assert [send(), send()] == [1, 0]
    (message,) = mail.outbox
    assert message.to == ["vakt@drift.example"]
    assert message.subject == "Melding i karantene"
    assert WORDS in message.body
    assert Alarm.objects.get().count == 2


def test_what_opens_again_is_told_again():
    quarantine()
    settle_alarms(AlarmKind.QUARANTINE, [])
    quarantine()

    assert send() == 2


def test_haste_is_in_the_subject():
    quarantine(is_urgent=True)
    send()

    assert mail.outbox[0].subject == "Haster: Melding i karantene"


def test_an_alarm_and_its_letter_come_together_or_not_at_all(settings):
    settings.ALARM_DESTINATIONS = ()
    quarantine()

    assert Alarm.objects.count() == 1
    assert OutgoingMessage.objects.count() == 0


def test_only_a_confirmed_name_is_told():
    """An unconfirmed one came in a message, and may be a patient's by mistake."""
    nordlab = Organization.objects.create(name="Nordlab", is_confirmed=True)
    stranger = Organization.objects.create(name="Kari Prøve")
    quarantine("a", organization_id=nordlab.id)
    quarantine("b", organization_id=stranger.id)
    send()

    text = "".join(message.body for message in mail.outbox)
    assert "Virksomhet: Nordlab" in text
    assert "Kari" not in text


def test_mail_that_does_not_go_is_tried_again(monkeypatch):
    def refuse(self, messages):
        raise smtplib.SMTPServerDisconnected("bye")

    backend = "django.core.mail.backends.locmem.EmailBackend.send_messages"
    monkeypatch.setattr(backend, refuse)
    quarantine()

    assert send() == 0
    letter = OutgoingMessage.objects.get()
    assert letter.problem == "Posten gikk ikke (SMTPServerDisconnected)."
    assert letter.due_at > letter.created_at


def test_a_web_hook_gets_the_same_as_json_beside_the_mail(settings):
    with a_receiver() as hook:
        settings.ALARM_DESTINATIONS = (OPERATORS, hook.address)
        quarantine()

        assert send() == 2
        (body,) = hook.bodies
    told = json.loads(body)
    assert (told["kind"], told["text"]) == ("quarantine", WORDS)
    assert told["id"] == str(Alarm.objects.get().id)
    assert len(mail.outbox) == 1


def test_what_holds_stands_open_and_what_is_over_closes_itself():
    standing = [Cause("nordlab", "Stille."), Cause("fjordlab", "Stille.")]
    settle_alarms(AlarmKind.SILENCE, standing)
    settle_alarms(AlarmKind.SILENCE, standing[1:])

    over = Alarm.objects.get(key="nordlab")
    assert (over.closed_by, bool(over.closed_reason)) == (SYSTEM, True)
    assert Alarm.objects.get(key="fjordlab").closed_at is None


def test_settling_one_kind_leaves_the_others_alone():
    quarantine()
    settle_alarms(AlarmKind.UNSENT, [Cause("x", "Ikke levert.")], prefix="send:")
    settle_alarms(AlarmKind.UNSENT, [], prefix="fetch:")
    settle_alarms(AlarmKind.SILENCE, [])

    assert Alarm.objects.filter(closed_at=None).count() == 2
