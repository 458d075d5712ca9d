"""Many messages at once take two operators."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from results.ingestion import inbox
from results.models import OperatorAction, OperatorProposal, ReceivedMessage
from results.operations import proposing
from results.operations.operator_actions import Act, Refused
from results.vocabulary import MessageOutcome, OperatorActionKind
from tests.portal.administration.operators import MESSAGES, REASON, arrived, turid
from tests.results.operators.conftest import reported

pytestmark = pytest.mark.django_db


@pytest.fixture
def stopped(monkeypatch):
    """Three messages no worker could take."""

    def fails(batch, **rest):
        raise MemoryError

    with monkeypatch.context() as failing:
        failing.setattr(inbox, "process", fails)
        return [arrived(reported(f"NL-{n}")) for n in range(3)]


def chosen(rows, action: str, **said) -> dict[str, object]:
    keys = [str(row.pk) for row in rows]
    return {"_selected_action": keys, "action": action, "index": "0", **said}


def proposed(operator, rows, action="propose_replay", **said):
    said = {"reason": REASON, "foreslaa": "1", **said}
    operator.post(MESSAGES, **chosen(rows, action, **said))
    return OperatorProposal.objects.last()


def outcomes() -> set[str]:
    return set(ReceivedMessage.objects.values_list("outcome", flat=True))


class TestRefused:
    def test_who_may_only_look_proposes_nothing(self, stopped):
        viewer = turid("view_receivedmessage")

        assert proposed(viewer, stopped) is None

    def test_a_proposal_is_told_why(self, siri, stopped):
        assert proposed(siri, stopped, reason=" ") is None

    def test_words_for_the_sender_hold_no_number(self, siri, stopped):
        text = "Gjelder 1234567 8910."

        assert proposed(siri, stopped, "propose_reject", text=text) is None

    def test_nobody_confirms_their_own(self, siri, stopped):
        siri.does(proposed(siri, stopped), "bekreft")

        assert "en annen" in siri.told()
        assert outcomes() == {MessageOutcome.QUARANTINED}

    def test_the_database_holds_to_it_too(self, siri, stopped):
        proposal = proposed(siri, stopped)
        proposal.decided_by = proposal.proposed_by

        with pytest.raises(IntegrityError), transaction.atomic():
            proposal.save()

    def test_who_may_only_look_decides_nothing(self, siri, stopped):
        proposal = proposed(siri, stopped)
        viewer = turid("view_operatorproposal")

        for kind in ("bekreft", "avslaa"):
            assert viewer.does(proposal, kind).status_code == 403

    def test_what_must_be_weighed_one_by_one_is_not_done_in_bulk(self):
        with pytest.raises(Refused):
            proposing.propose(
                OperatorActionKind.WRONG_PATIENT,
                message_ids=[uuid.uuid4()],
                act=Act("siri", REASON),
                details={},
            )

    def test_nothing_is_not_proposed(self):
        with pytest.raises(Refused):
            proposing.propose(
                OperatorActionKind.REPLAY,
                message_ids=[],
                act=Act("siri", REASON),
                details={},
            )


def test_choosing_messages_asks_for_a_reason_first(siri, stopped):
    page = siri.post(MESSAGES, **chosen(stopped, "propose_replay")).content.decode()

    assert "Gjelder 3 meldinger" in page
    assert 'name="reason"' in page
    assert OperatorProposal.objects.count() == 0


def test_nothing_happens_before_another_confirms(siri, stopped):
    proposal = proposed(siri, stopped)

    assert sorted(proposal.message_ids) == sorted(row.pk for row in stopped)
    assert outcomes() == {MessageOutcome.QUARANTINED}
    assert OperatorAction.objects.count() == 0


def test_another_confirms_and_each_message_is_processed(siri, turid, stopped):
    turid.does(proposed(siri, stopped), "bekreft")
    inbox.drain(seconds=5)

    assert outcomes() == {MessageOutcome.STORED}
    actions = OperatorAction.objects.all()
    assert {a.by for a in actions} == {str(turid.user.pk)}
    assert {a.details["proposed_by"] for a in actions} == {str(siri.user.pk)}


def test_a_confirmed_proposal_is_over(siri, turid, stopped):
    proposal = proposed(siri, stopped)

    for _time in range(2):
        turid.does(proposal, "bekreft")

    assert "allerede avgjort" in turid.told()
    assert OperatorAction.objects.count() == 3


def test_another_may_decline(siri, turid, stopped):
    proposal = proposed(siri, stopped)

    turid.does(proposal, "avslaa")

    proposal.refresh_from_db()
    assert proposal.is_confirmed is False
    assert outcomes() == {MessageOutcome.QUARANTINED}


def test_what_cannot_be_done_with_one_is_done_with_the_others(siri, turid, stopped):
    proposal = proposed(siri, stopped)
    siri.does(stopped[0], "avvis", reason=REASON, text="Send på nytt.")
    ReceivedMessage.objects.filter(pk=stopped[1].pk).update(content_encrypted=None)

    turid.does(proposal, "bekreft")

    proposal.refresh_from_db()
    assert [key for key, _why in proposal.problems] == [str(stopped[1].pk)]
    assert "Ikke utført for: 1" in turid.told()


def test_many_are_refused_with_the_same_words(siri, turid, stopped):
    text = "Send med riktig rekvirent."

    turid.does(proposed(siri, stopped, "propose_reject", text=text), "bekreft")

    assert outcomes() == {MessageOutcome.REJECTED}
    assert {row.faults[0]["text"] for row in ReceivedMessage.objects.all()} == {text}
