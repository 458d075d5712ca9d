"""What is written when a message is decided: the row, the receipts, the alarms."""

import datetime

import pytest

from portal.demo import people
from results.ingestion import inbox, receive
from results.models import (
    Alarm,
    DiagnosticReport,
    OptOut,
    OutgoingMessage,
    PurposeRule,
    ReceivedMessage,
    SharingRule,
    SourceSystem,
)
from results.operations import ensure_patient, register_organization
from results.vocabulary import AlarmKind, MessageOutcome, WithheldReason
from tests import cast
from tests.builders import NOON, a_message, a_number, the_gp_office

pytestmark = pytest.mark.django_db

LONG_AGO = datetime.date(2020, 1, 1)
SECOND = "3f0c1f5e-7a52-4c0e-9a51-1f6d7f1c2a02"
THIRD = "3f0c1f5e-7a52-4c0e-9a51-1f6d7f1c2a03"


@pytest.fixture(autouse=True)
def _nobody_is_woken(monkeypatch):
    monkeypatch.setattr(receive.tasks, "wake", lambda: None)


@pytest.fixture
def nordlab() -> receive.Channel:
    known = people.NORDLAB.organization
    organization = register_organization(name=known.name, her_id=known.her_id)
    source = SourceSystem.objects.create(
        name="Nordlab", client_id="nordlab-send", organization=organization
    )
    return receive.Channel(organization.id, source.id)


def take(nordlab, *messages: bytes) -> ReceivedMessage:
    """The last of the messages, when all are decided."""
    kept = [receive.receive(content, channel=nordlab) for content in messages]
    inbox.drain(seconds=5)
    return ReceivedMessage.objects.get(pk=kept[-1].id)


def receipts(row: ReceivedMessage):
    return list(row.answers.filter(kind="apprec").order_by("id"))


def rule(*, is_shared: bool, **what) -> SharingRule:
    return SharingRule.objects.create(
        is_shared=is_shared,
        valid_from=LONG_AGO,
        decided_by="Helsedirektoratet",
        reason="Prøve",
        **what,
    )


class TestReceipts:
    def test_a_sender_without_an_address_fetches_its_own(self, nordlab):
        row = take(nordlab, a_message())

        (receipt,) = receipts(row)
        assert (receipt.status, receipt.due_at, receipt.destination) == (1, None, "")

    def test_one_with_an_address_has_it_sent(self, nordlab):
        SourceSystem.objects.update(apprec_url="https://nordlab.example/kvittering")

        (receipt,) = receipts(take(nordlab, a_message()))
        assert receipt.destination == "https://nordlab.example/kvittering"
        assert receipt.due_at is not None

    def test_a_refused_message_is_answered_too(self, nordlab):
        row = take(nordlab, a_message(id="ikke en uuid"))

        assert row.outcome == MessageOutcome.REJECTED
        assert [r.status for r in receipts(row)] == [2]

    def test_each_of_our_addresses_that_is_named_answers(self, nordlab, settings):
        """HITS 1168: one receipt from every recipient that is ours."""
        office = the_gp_office()
        ours = {**settings.OWN_ORGANIZATION, "her_id": office.her_id}
        settings.OWN_ORGANIZATION = ours

        row = take(nordlab, a_message(copies=(office,)))

        assert [r.status for r in receipts(row)] == [1, 1]


class TestAnotherPatient:
    def test_the_same_report_about_someone_else_is_held_and_not_answered(self, nordlab):
        take(nordlab, a_message())

        row = take(nordlab, a_message(id=SECOND, about=people.PER))

        assert row.outcome == MessageOutcome.QUARANTINED
        assert row.content_encrypted
        assert receipts(row) == []
        kari = ensure_patient(cast.number_of(people.KARI))
        assert DiagnosticReport.objects.get().patient_id == kari

    def test_an_operator_is_called_once_for_it(self, nordlab):
        take(nordlab, a_message(), a_message(id=SECOND, about=people.PER))

        alarm = Alarm.objects.get()
        assert (alarm.kind, alarm.count) == (AlarmKind.WRONG_PATIENT, 1)
        assert people.PER.number not in alarm.text


class TestOrder:
    def test_two_versions_of_the_same_second_call_an_operator(self, nordlab):
        take(nordlab, a_message(), a_message(id=SECOND, service_type="M"))

        assert [a.kind for a in Alarm.objects.all()] == [AlarmKind.TIE]

    def test_a_change_of_what_was_taken_back_calls_an_operator(self, nordlab):
        later = NOON + datetime.timedelta(hours=1)
        last = NOON + datetime.timedelta(hours=2)
        row = take(
            nordlab,
            a_message(),
            a_message(id=SECOND, generated_at=later, service_type="C", results=[]),
            a_message(id=THIRD, generated_at=last, service_type="M"),
        )

        assert row.outcome == MessageOutcome.STORED
        assert [a.kind for a in Alarm.objects.all()] == [AlarmKind.ILLEGAL_CHANGE]

    def test_a_change_with_fewer_results_is_remarked_on(self, nordlab):
        later = NOON + datetime.timedelta(hours=1)
        row = take(
            nordlab,
            a_message(results=[a_number(), a_number("NPU19763")]),
            a_message(id=SECOND, generated_at=later, service_type="M"),
        )

        assert any("færre resultater" in warning for warning in row.warnings)


class TestSharing:
    def test_what_no_rule_names_is_held_back(self, nordlab):
        SharingRule.objects.all().delete()

        row = take(nordlab, a_message())

        assert row.outcome == MessageOutcome.WITHHELD
        assert row.withheld_reason == WithheldReason.NOT_SHARED
        assert not DiagnosticReport.objects.exists()

    def test_its_sender_is_answered_as_if_it_were_stored(self, nordlab):
        stored = receipts(take(nordlab, a_message()))
        rule(is_shared=False, category="CLIN")
        held = receipts(take(nordlab, a_message(id=SECOND)))

        assert [r.status for r in held] == [r.status for r in stored] == [1]

    def test_the_more_precise_rule_prevails(self, nordlab):
        rule(is_shared=False)
        rule(is_shared=True, producer_id=nordlab.organization_id, category="CLIN")

        assert take(nordlab, a_message()).outcome == MessageOutcome.STORED

    def test_a_no_prevails_over_an_equally_precise_yes(self, nordlab):
        rule(is_shared=True, category="CLIN")
        rule(is_shared=False, producer_id=nordlab.organization_id)

        assert take(nordlab, a_message()).outcome == MessageOutcome.WITHHELD

    def test_a_requester_can_be_named(self, nordlab):
        office = the_gp_office()
        requester = register_organization(name="Lillevik", her_id=office.her_id)
        rule(is_shared=False, requester=requester)

        assert take(nordlab, a_message()).outcome == MessageOutcome.WITHHELD

    def test_a_withdrawal_of_what_is_shown_is_always_taken(self, nordlab):
        take(nordlab, a_message())
        rule(is_shared=False, category="CLIN")
        later = NOON + datetime.timedelta(hours=1)

        row = take(
            nordlab,
            a_message(id=SECOND, generated_at=later, service_type="C", results=[]),
        )

        assert row.outcome == MessageOutcome.STORED

    def test_a_patient_who_wants_nothing_stored_has_nothing_stored(self, nordlab):
        kari = ensure_patient(cast.number_of(people.KARI))
        OptOut.objects.create(patient_id=kari, valid_from=NOON.astimezone())

        row = take(nordlab, a_message())

        assert row.withheld_reason == WithheldReason.OPT_OUT
        assert [r.status for r in receipts(row)] == [1]
        assert not DiagnosticReport.objects.exists()

    def test_one_who_has_regretted_it_is_stored_again(self, nordlab):
        kari = ensure_patient(cast.number_of(people.KARI))
        since = NOON.astimezone()
        OptOut.objects.create(patient_id=kari, valid_from=since, valid_to=since)

        assert take(nordlab, a_message()).outcome == MessageOutcome.STORED


def test_a_purpose_that_is_no_health_care_is_held_back(nordlab):
    content = a_message().replace(
        b"</ServReq>",
        b'<ReasonAsText><TextCode V="F" S="2.16.578.1.12.4.1.1.8212" OT="Forsikring"/>'
        b"</ReasonAsText></ServReq>",
    )
    stated = PurposeRule(
        purpose="forsikring", valid_from=LONG_AGO, decided_by="Hdir", reason="Prøve"
    )
    stated.save()

    assert take(nordlab, content).withheld_reason == WithheldReason.PURPOSE


@pytest.mark.parametrize(
    ("code", "outcome", "is_flagged"),
    [
        ("R", MessageOutcome.WITHHELD, False),
        ("U", MessageOutcome.STORED, True),
        ("T", MessageOutcome.STORED, False),
    ],
)
def test_a_reservation_on_the_requisition(nordlab, code, outcome, is_flagged):
    """Volven 3108: R held back, U stored and flagged, T stored."""
    reservation = f'<Reservation V="{code}" S="2.16.578.1.12.4.1.1.3108"/></ServReq>'
    content = a_message().replace(b"</ServReq>", reservation.encode())

    row = take(nordlab, content)

    assert row.outcome == outcome
    flagged = Alarm.objects.filter(kind=AlarmKind.RESERVATION).exists()
    assert flagged is is_flagged


def test_of_what_is_answered_the_outbox_holds_one_receipt_a_message(nordlab):
    take(nordlab, a_message(), a_message(), a_message(id=SECOND, service_type="M"))

    assert OutgoingMessage.objects.filter(kind="apprec").count() == 2
