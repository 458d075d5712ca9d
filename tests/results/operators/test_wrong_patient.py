"""Nordlab has reported on Per under Kari's number, and rings to say so."""

import pytest

from portal.demo import people
from results.ingestion import inbox, replay
from results.models import DiagnosticReport, OperatorAction, ReceivedMessage
from results.operations import wrong_patient
from results.operations.operator_actions import Refused
from results.vocabulary import MessageOutcome, OperatorActionKind
from tests.results.operators.conftest import SIRI, reported

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_kari(send) -> ReceivedMessage:
    return send(reported("NL-1"))


def report() -> DiagnosticReport:
    return DiagnosticReport.objects.earliest("created_at")


def test_a_message_that_became_no_report_is_nobodys(send):
    with pytest.raises(Refused):
        wrong_patient.mark_wrong_patient(send(b"<a>").id, act=SIRI)


def test_it_is_marked_with_time_and_reason(on_kari):
    key = wrong_patient.mark_wrong_patient(on_kari.id, act=SIRI)

    assert report().pk == key
    assert report().wrong_patient_at
    assert report().wrong_patient_reason == SIRI.reason


def test_it_is_marked_once(on_kari):
    wrong_patient.mark_wrong_patient(on_kari.id, act=SIRI)

    with pytest.raises(Refused):
        wrong_patient.mark_wrong_patient(on_kari.id, act=SIRI)

    assert OperatorAction.objects.get().kind == OperatorActionKind.WRONG_PATIENT


def test_the_same_answer_for_per_waits_for_an_operator(on_kari, send):
    on_per = send(reported("NL-1", about=people.PER))

    assert on_per.outcome == MessageOutcome.QUARANTINED


def test_a_mark_alone_moves_nothing_to_per(on_kari, send):
    on_per = send(reported("NL-1", about=people.PER))
    wrong_patient.mark_wrong_patient(on_kari.id, act=SIRI)

    replay.replay(on_per.id, act=SIRI)
    inbox.drain(seconds=5)

    on_per.refresh_from_db()
    assert on_per.outcome == MessageOutcome.QUARANTINED


def test_once_its_id_is_free_the_answer_comes_in_for_per(on_kari, send):
    on_per = send(reported("NL-1", about=people.PER))
    wrong_patient.mark_wrong_patient(on_kari.id, act=SIRI, frees_key=True)

    replay.replay(on_per.id, act=SIRI)
    inbox.drain(seconds=5)

    on_per.refresh_from_db()
    assert on_per.outcome == MessageOutcome.STORED
    assert on_per.version.patient_id != report().patient_id
    assert on_per.version.report.wrong_patient_at is None


class TestTakingTheMarkAway:
    def test_there_must_be_one(self, on_kari):
        with pytest.raises(Refused):
            wrong_patient.unmark_wrong_patient(on_kari.id, act=SIRI)

    def test_not_when_the_id_may_be_anothers(self, on_kari):
        wrong_patient.mark_wrong_patient(on_kari.id, act=SIRI, frees_key=True)

        with pytest.raises(Refused):
            wrong_patient.unmark_wrong_patient(on_kari.id, act=SIRI)

    def test_the_report_is_as_before(self, on_kari):
        wrong_patient.mark_wrong_patient(on_kari.id, act=SIRI)

        wrong_patient.unmark_wrong_patient(on_kari.id, act=SIRI)

        assert report().wrong_patient_at is None
        kinds = set(OperatorAction.objects.values_list("kind", flat=True))
        assert kinds == {"wrong-patient", "right-patient"}
