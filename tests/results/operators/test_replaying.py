"""What did not get through waits for an operator, who says why and is noted."""

import uuid

import pytest
from django.core.management import CommandError, call_command

from portal.demo import people
from results.ingestion import acknowledge, inbox, replay
from results.kith import xml
from results.models import (
    Alarm,
    DiagnosticReportVersion,
    OperatorAction,
    OutgoingMessage,
    ProcessingAttempt,
    ReceivedMessage,
)
from results.operations.operator_actions import Act, Refused
from results.vocabulary import MessageOutcome, OperatorActionKind
from tests.builders import a_message, a_number
from tests.results.operators.conftest import SIRI

pytestmark = pytest.mark.django_db

OTHER_CONTENT = {"results": [a_number(number="99.9")]}


@pytest.fixture
def poison(send, monkeypatch):
    """A message no worker could take, put aside after five tries; then the fault is
    mended."""
    process = inbox.process

    def fails(batch, **rest):
        raise MemoryError

    monkeypatch.setattr(inbox, "process", fails)
    received = send()
    monkeypatch.setattr(inbox, "process", process)
    return received


@pytest.fixture
def conflict(send):
    """Nordlab has used one MsgId twice, with different content."""
    send()
    return send(**OTHER_CONTENT)


def after(received) -> ReceivedMessage:
    inbox.drain(seconds=5)
    received.refresh_from_db()
    return received


def receipts(received) -> list[OutgoingMessage]:
    return list(received.answers.all())


class TestReplay:
    def test_without_a_reason_nothing_happens(self, poison):
        with pytest.raises(Refused):
            replay.replay(poison.id, act=Act("siri", "  "))

    def test_a_reason_holds_nobodys_number(self):
        with pytest.raises(Refused) as refused:
            Act("siri", f"Gjelder {people.KARI.number}")

        assert people.KARI.number not in str(refused.value)

    def test_what_is_stored_is_not_processed_again(self, send):
        stored = send()

        with pytest.raises(Refused):
            replay.replay(stored.id, act=SIRI)

        assert OperatorAction.objects.count() == 0

    def test_a_message_nobody_has_cannot_be_replayed(self):
        with pytest.raises(Refused):
            replay.replay(uuid.uuid4(), act=SIRI)

    def test_erased_content_cannot_be_processed(self, poison):
        ReceivedMessage.objects.update(content_encrypted=None)

        with pytest.raises(Refused):
            replay.replay(poison.id, act=SIRI)

    def test_a_mended_fault_lets_it_through_with_five_new_tries(self, poison):
        replay.replay(poison.id, act=SIRI)

        poison.refresh_from_db()
        assert (poison.outcome, poison.attempts) == (MessageOutcome.RECEIVED, 0)
        assert after(poison).outcome == MessageOutcome.STORED
        assert [r.status for r in receipts(poison)] == [1]

    def test_workers_that_died_with_it_count_no_longer(self, poison):
        for _death in range(5):
            ProcessingAttempt.objects.create(worker="w:1", message_ids=[poison.id])

        replay.replay(poison.id, act=SIRI)

        assert after(poison).outcome == MessageOutcome.STORED

    def test_it_is_written_down_who_and_why(self, poison):
        replay.replay(poison.id, act=SIRI)

        action = OperatorAction.objects.get()
        assert action.kind == OperatorActionKind.REPLAY
        assert (action.received_message, action.by) == (poison, SIRI.by)
        assert action.reason == SIRI.reason

    def test_its_alarm_is_closed_with_the_reason(self, poison):
        replay.replay(poison.id, act=SIRI)

        alarm = Alarm.objects.get()
        assert (alarm.closed_by, alarm.closed_reason) == (SIRI.by, SIRI.reason)

    def test_one_that_was_refused_gets_no_second_receipt(self, send, settings):
        settings.ALLOW_TEST_NUMBERS = False
        refused = send()
        settings.ALLOW_TEST_NUMBERS = True

        replay.replay(refused.id, act=SIRI)

        assert after(refused).outcome == MessageOutcome.STORED
        assert [r.status for r in receipts(refused)] == [2]
        assert refused.apprec_status == 2


class TestReject:
    TEXT = "Send svaret på nytt med riktig rekvirent."

    def test_the_sender_must_be_told_something(self, poison):
        with pytest.raises(Refused):
            replay.reject(poison.id, text=" ", act=SIRI)

    def test_the_sender_is_told_nobodys_number(self, poison):
        text = f"Feil nummer: {people.KARI.number[:6]} {people.KARI.number[6:]}"

        with pytest.raises(Refused):
            replay.reject(poison.id, text=text, act=SIRI)

    def test_the_sender_gets_a_negative_receipt_with_the_text(self, poison):
        replay.reject(poison.id, text=self.TEXT, act=SIRI)

        (receipt,) = receipts(poison)
        root = xml.parse(acknowledge.opened(receipt.content_encrypted))
        error = root.child("Error")
        assert root.code("Status") == "2"
        assert (error.attribute("V"), error.attribute("OT")) == ("X99", self.TEXT)

    def test_the_message_is_decided_and_the_alarm_closed(self, poison):
        replay.reject(poison.id, text=self.TEXT, act=SIRI)

        poison.refresh_from_db()
        assert poison.outcome == MessageOutcome.REJECTED
        assert poison.faults == [{"code": "X99", "text": self.TEXT}]
        assert not Alarm.objects.filter(closed_at=None).exists()
        assert OperatorAction.objects.get().details == {"text": self.TEXT}

    def test_a_sender_is_answered_once(self, poison):
        replay.reject(poison.id, text=self.TEXT, act=SIRI)

        with pytest.raises(Refused):
            replay.reject(poison.id, text=self.TEXT, act=SIRI)

        assert len(receipts(poison)) == 1

    def test_a_sender_that_was_answered_by_a_rule_is_not_answered_anew(self, send):
        refused = send(b"<a>")

        with pytest.raises(Refused):
            replay.reject(refused.id, text=self.TEXT, act=SIRI)

    def test_of_two_with_one_msgid_the_refused_one_is_not_answered(self, conflict):
        """A negative receipt for that MsgId would be taken as one for the first."""
        replay.reject(conflict.id, text=self.TEXT, act=SIRI)

        conflict.refresh_from_db()
        assert conflict.outcome == MessageOutcome.REJECTED
        assert [r.status for r in OutgoingMessage.objects.filter(kind="apprec")] == [1]

    def test_what_no_program_can_read_is_refused_without_a_receipt(
        self, poison, monkeypatch
    ):
        monkeypatch.setattr(acknowledge.apprec, "answer", lambda *a, **b: 1 / 0)

        replay.reject(poison.id, text=self.TEXT, act=SIRI)

        poison.refresh_from_db()
        assert poison.outcome == MessageOutcome.REJECTED
        assert receipts(poison) == []


class TestReassign:
    def test_it_must_be_to_somebody_else(self, poison, nordlab):
        for organization_id in (None, uuid.uuid4(), nordlab.organization_id):
            with pytest.raises(Refused):
                replay.reassign(poison.id, organization_id=organization_id, act=SIRI)

    def test_the_report_becomes_the_other_producers(self, poison, fjordlab):
        replay.reassign(poison.id, organization_id=fjordlab, act=SIRI)

        assert after(poison).outcome == MessageOutcome.STORED
        assert DiagnosticReportVersion.objects.get().report.sender_id == fjordlab

    def test_from_whom_it_was_taken_is_noted(self, poison, nordlab, fjordlab):
        replay.reassign(poison.id, organization_id=fjordlab, act=SIRI)

        action = OperatorAction.objects.get()
        assert action.details == {"former": str(nordlab.organization_id)}
        assert action.organization_id == fjordlab

    def test_nobody_gets_a_message_they_have(self, poison, fjordlab):
        twin = ReceivedMessage.objects.get(pk=poison.pk)
        twin.pk, twin.sender_id = uuid.uuid4(), fjordlab
        twin.save(force_insert=True)

        with pytest.raises(Refused):
            replay.reassign(poison.id, organization_id=fjordlab, act=SIRI)


class TestAccept:
    def test_a_message_without_a_rival_needs_no_accepting(self, poison):
        with pytest.raises(Refused):
            replay.accept(poison.id, act=SIRI)

    def test_one_with_a_rival_is_not_merely_replayed(self, conflict):
        with pytest.raises(Refused):
            replay.replay(conflict.id, act=SIRI)

    def test_both_become_versions_and_the_sender_has_one_receipt(self, conflict):
        replay.accept(conflict.id, act=SIRI)

        assert after(conflict).outcome == MessageOutcome.STORED
        assert DiagnosticReportVersion.objects.count() == 2
        assert OutgoingMessage.objects.filter(kind="apprec").count() == 1

    def test_the_same_bytes_again_are_known_again(self, conflict, send):
        replay.accept(conflict.id, act=SIRI)
        after(conflict)

        again = send(a_message(**OTHER_CONTENT))

        assert again == conflict
        assert (again.deliveries, ReceivedMessage.objects.count()) == (2, 2)


class TestCommand:
    def test_a_reason_must_be_given(self, poison):
        with pytest.raises(CommandError):
            call_command("replay_message", str(poison.id), reason="")

    def test_it_tells_what_became_of_it(self, poison, capsys):
        call_command("replay_message", str(poison.id), reason="Rettet feil.")

        assert capsys.readouterr().out.strip() == "Lagret"
        assert OperatorAction.objects.get().by.startswith("shell:")
