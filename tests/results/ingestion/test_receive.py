"""The one way in: kept at once, answered once, nothing half-stored."""

import uuid

import pytest
from django.db import connection

from portal.demo import people
from results.ingestion import inbox, receive
from results.ingestion.process import content_of
from results.models import (
    DiagnosticReport,
    Observation,
    Organization,
    Patient,
    ReceivedMessage,
)
from results.operations import register_organization, register_source_system
from results.vocabulary import MessageFormat, MessageOutcome
from tests.builders import a_message, a_number, a_person

pytestmark = pytest.mark.django_db

OTHER_ID = "b1f7c0de-0000-4000-8000-000000000002"


@pytest.fixture(autouse=True)
def wakes(monkeypatch):
    """How often a worker was woken; no broker is asked in these tests."""
    calls = []
    monkeypatch.setattr(receive.tasks, "wake", lambda: calls.append("wake"))
    return calls


@pytest.fixture
def nordlab(db) -> receive.Channel:
    sender = people.NORDLAB.organization
    organization = register_organization(
        name=sender.name,
        her_id=sender.her_id,
        organization_number=sender.organization_number,
    )
    register_source_system(
        name="Nordlab", client_id="nordlab-send", organization_id=organization.id
    )
    return receive.channel_of("nordlab-send")


def test_a_client_nobody_has_registered_has_no_channel():
    with pytest.raises(receive.UnknownSender):
        receive.channel_of("stranger")


def test_a_client_that_is_switched_off_has_no_channel(nordlab):
    Organization.objects.get().source_systems.update(is_active=False)

    with pytest.raises(receive.UnknownSender):
        receive.channel_of("nordlab-send")


def test_a_message_in_anothers_name_is_not_kept(nordlab):
    with pytest.raises(receive.WrongSender):
        receive.receive(a_message(sent_by=people.FJORDLAB), channel=nordlab)

    assert not ReceivedMessage.objects.exists()


def test_the_bytes_are_kept_whole_and_unreadable_to_others(nordlab):
    content = a_message(encoding="ISO-8859-1")
    kept = receive.receive(content, channel=nordlab)

    row = ReceivedMessage.objects.get(pk=kept.id)
    assert content_of(row) == content
    assert b"Message" not in bytes(row.content_encrypted)
    assert (row.outcome, row.format) == (
        MessageOutcome.RECEIVED,
        MessageFormat.KITH_1_4,
    )


def test_a_worker_is_woken_when_the_message_is_safe(
    nordlab, wakes, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        receive.receive(a_message(), channel=nordlab)
        assert wakes == []

    assert wakes == ["wake"]


def test_what_waits_is_stored_once_with_its_receipt(nordlab):
    kept = receive.receive(a_message(), channel=nordlab)

    assert (inbox.drain(seconds=5), inbox.drain(seconds=5)) == (1, 0)
    assert ReceivedMessage.objects.get().outcome == MessageOutcome.STORED
    assert b"<" in receive.apprec_of(kept.id, channel=nordlab)


def test_the_receipt_is_the_senders_alone(nordlab):
    kept = receive.receive(a_message(), channel=nordlab)
    stranger = receive.Channel(register_organization(name="X", her_id="1").id)

    with pytest.raises(LookupError):
        receive.apprec_of(kept.id, channel=stranger)


@pytest.mark.parametrize("version", ["1.3", "1.4"])
def test_the_same_message_again_is_the_same_message(nordlab, version):
    content = a_message(version=version)
    first = receive.receive(content, channel=nordlab)
    second = receive.receive(content, channel=nordlab)
    inbox.drain(seconds=5)

    assert (first.is_new, second.is_new) == (True, False)
    assert second.id == first.id
    assert ReceivedMessage.objects.get().deliveries == 2
    assert DiagnosticReport.objects.count() == 1


def test_the_id_is_compared_without_case_and_braces(nordlab):
    plain = a_message(id=OTHER_ID)
    receive.receive(plain, channel=nordlab)
    kept = receive.receive(
        plain.replace(OTHER_ID.encode(), f"{{{OTHER_ID.upper()}}}".encode()),
        channel=nordlab,
    )

    assert kept.outcome is MessageOutcome.QUARANTINED


def test_same_id_other_content_is_quarantined_and_never_answered(nordlab):
    receive.receive(a_message(), channel=nordlab)
    kept = receive.receive(a_message(results=[a_number(number="9.9")]), channel=nordlab)
    inbox.drain(seconds=5)

    row = ReceivedMessage.objects.get(pk=kept.id)
    assert row.outcome == MessageOutcome.QUARANTINED
    assert receive.apprec_of(kept.id, channel=nordlab) is None
    assert Observation.objects.get().value_as_sent != "9.9"


def test_the_conflict_delivered_twice_is_kept_once(nordlab):
    receive.receive(a_message(), channel=nordlab)
    for _ in range(2):
        receive.receive(a_message(results=[]), channel=nordlab)

    assert ReceivedMessage.objects.count() == 2


def test_two_laboratories_may_use_the_same_id(nordlab):
    receive.receive(a_message(), channel=nordlab)
    fjordlab = receive.Channel(
        register_organization(
            name="Fjordlab", her_id=people.FJORDLAB.organization.her_id
        ).id
    )
    receive.receive(a_message(sent_by=people.FJORDLAB), channel=fjordlab)
    inbox.drain(seconds=5)

    assert DiagnosticReport.objects.count() == 2


@pytest.mark.parametrize(
    "content", [b"<html><body>Logg inn</body></html>", b"{}", b"<Message>", b"%PDF-1.7"]
)
def test_what_cannot_be_read_is_kept_and_stores_nothing(nordlab, content):
    kept = receive.receive(content, channel=nordlab)
    inbox.drain(seconds=5)

    row = ReceivedMessage.objects.get(pk=kept.id)
    assert row.outcome in (MessageOutcome.UNREADABLE, MessageOutcome.REJECTED)
    assert row.faults
    assert not Patient.objects.exists()


def test_a_refused_message_leaves_no_patient_behind(nordlab):
    receive.receive(a_message(about=a_person(number="54321")), channel=nordlab)
    inbox.drain(seconds=5)

    row = ReceivedMessage.objects.get()
    assert [f["code"] for f in row.faults] == ["E36"]
    assert (row.outcome, row.apprec_status) == (MessageOutcome.REJECTED, 2)
    assert not Patient.objects.exists()


def test_waiting_ends_when_a_worker_has_decided(nordlab):
    kept = receive.receive(a_message(), channel=nordlab)

    assert receive.await_outcome(kept.id, seconds=0) is MessageOutcome.RECEIVED
    inbox.drain(seconds=5)
    assert receive.await_outcome(kept.id, seconds=0) is MessageOutcome.STORED


def test_no_identity_number_lies_readable_in_any_table(nordlab):
    receive.receive(a_message(), channel=nordlab)
    inbox.drain(seconds=5)

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t '
                "WHERE strpos(t::text, %s) + strpos(t::text, %s) > 0",
                [people.KARI.number, people.KARI.number.encode().hex()],
            )
            assert cursor.fetchone() == (0,), table


def test_an_unknown_message_is_nobodys():
    with pytest.raises(ReceivedMessage.DoesNotExist):
        receive.await_outcome(uuid.uuid4(), seconds=0)


def test_nobody_makes_a_version_of_another_laboratorys_report(nordlab):
    fjordlab = people.FJORDLAB.organization
    register_organization(name=fjordlab.name, her_id=fjordlab.her_id)
    theirs = a_message(sent_by=people.FJORDLAB)
    own = people.NORDLAB.organization
    mixed = theirs.replace(
        f"<Id>{fjordlab.organization_number}</Id>".encode(),
        f"<Id>{own.organization_number}</Id>".encode(),
    )
    mixed = mixed.replace(
        fjordlab.organization_number.encode(), own.organization_number.encode()
    )

    with pytest.raises(receive.WrongSender):
        receive.receive(mixed, channel=nordlab)


def test_over_a_channel_the_report_is_the_channels_own(nordlab):
    receive.receive(a_message(), channel=nordlab)
    inbox.drain(seconds=5)

    assert DiagnosticReport.objects.get().sender_id == nordlab.organization_id
