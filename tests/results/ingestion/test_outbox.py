"""Receipts find their way to Nordlab, however often Nordlab's receiver is away."""

import datetime

import pytest
import time_machine
from django.db import connection

from portal.demo import people
from results.ingestion import inbox, outbox, receive
from results.models import OutgoingMessage, SourceSystem
from results.operations import register_organization, register_source_system
from tests.builders import a_message
from tests.results.ingestion.receivers import a_receiver

pytestmark = pytest.mark.django_db

MONDAY = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
SECOND, HOUR = datetime.timedelta(seconds=1), datetime.timedelta(hours=1)


@pytest.fixture
def nordlab_receives(monkeypatch):
    """Nordlab has given an address for receipts, and listens there."""
    monkeypatch.setattr(receive.tasks, "wake", lambda: None)
    with a_receiver() as receiver:
        nordlab = register_organization(
            name="Nordlab", her_id=people.NORDLAB.organization.her_id
        )
        register_source_system(
            name="Nordlab", client_id="nordlab-send", organization_id=nordlab.id
        )
        SourceSystem.objects.update(apprec_url=receiver.address)
        yield receiver


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def nordlab_sends(*ids: str) -> None:
    """So many messages from Nordlab, taken in; their receipts lie in the outbox."""
    for id in ids or ("00000000-0000-4000-8000-000000000001",):
        receive.receive(a_message(id=id), channel=receive.channel_of("nordlab-send"))
    inbox.drain(seconds=5)


def three_ids() -> tuple[str, ...]:
    return tuple(f"00000000-0000-4000-8000-00000000000{n}" for n in range(3))


def send(jitter: float = 0.0) -> int:
    return outbox.send_due(seconds=5, jitter=lambda: jitter)


def letter() -> OutgoingMessage:
    return OutgoingMessage.objects.get(kind="apprec")


def test_a_receiver_that_refuses_has_not_received(nordlab_receives, clock):
    nordlab_sends()
    nordlab_receives.status = 500

    assert send() == 0
    assert letter().sent_at is None
    assert letter().problem == "Mottakeren svarte 500."


def test_a_redirect_is_not_followed(nordlab_receives, clock):
    with a_receiver() as stranger:
        nordlab_sends()
        nordlab_receives.status, nordlab_receives.location = 307, stranger.address

        assert send() == 0
        assert stranger.got == []
    assert letter().problem == "Mottakeren svarte 307."


@pytest.mark.parametrize(
    "address",
    ["http://nordlab.example/apprec", "ftp://127.0.0.1/", "file:///etc/passwd", "x"],
)
def test_outside_the_demonstration_nothing_leaves_unencrypted(
    nordlab_receives, clock, settings, address
):
    settings.IS_DEMONSTRATION = False
    SourceSystem.objects.update(apprec_url=address)
    nordlab_sends()

    assert send() == 0
    assert letter().problem == "Adressen er ikke https."


def test_this_machine_may_be_sent_to_as_it_is(nordlab_receives, clock, settings):
    settings.IS_DEMONSTRATION = False
    nordlab_sends()

    assert send() == 1


def test_nobody_there_is_told_of_without_the_address(nordlab_receives, clock):
    SourceSystem.objects.update(apprec_url="http://127.0.0.1:9/secret-in-the-path")
    nordlab_sends()

    assert send() == 0
    assert letter().problem == "Ingen svarte (ConnectionError)."


def test_a_receipt_arrives_once(nordlab_receives, clock):
    nordlab_sends()

    assert [send(), send()] == [1, 0]
    (body,) = nordlab_receives.bodies
    assert b"<AppRec" in body
    assert letter().sent_at == MONDAY
    headers, _body = nordlab_receives.got[0]
    assert headers["Content-Type"] == "application/xml; charset=utf-8"
    assert headers["Idempotency-Key"] == f'"{letter().id}"'


def test_what_is_to_be_fetched_is_not_sent(nordlab_receives, clock):
    SourceSystem.objects.update(apprec_url="")
    nordlab_sends()

    assert send() == 0
    assert letter().due_at is None


@pytest.mark.parametrize(
    ("jitter", "longer"), [(0.0, 1.0), (0.5, 1.1), (1.0, 1.2)], ids=str
)
def test_it_is_tried_again_later_and_later_and_for_ever(
    nordlab_receives, clock, jitter, longer
):
    nordlab_sends()
    nordlab_receives.status = 503
    waits = []
    for _attempt in range(8):
        send(jitter)
        waits.append((letter().due_at - datetime.datetime.now(datetime.UTC)) / longer)
        clock.move_to(letter().due_at)

    seconds = [10, 60, 300, 1800, 7200, 21600, 21600, 21600]
    assert waits == [SECOND * n for n in seconds]
    assert letter().attempts == len(nordlab_receives.got) == 8


def test_before_its_time_it_is_not_tried(nordlab_receives, clock):
    nordlab_sends()
    nordlab_receives.status = 503
    send()
    clock.shift(9 * SECOND)

    send()

    assert len(nordlab_receives.got) == 1


def test_one_is_enough_to_see_that_nordlab_is_away(nordlab_receives, clock):
    nordlab_sends(*three_ids())
    nordlab_receives.status = 503

    send()

    assert len(nordlab_receives.got) == 1
    receipts = OutgoingMessage.objects.filter(kind="apprec")
    due = receipts.values_list("due_at", flat=True)
    assert set(due) == {MONDAY + 10 * SECOND}


def test_after_three_days_away_everything_arrives_once(nordlab_receives, clock):
    nordlab_sends(*three_ids())
    nordlab_receives.status = 503
    for _hour in range(72):
        send()
        clock.shift(HOUR)
    nordlab_receives.status = 200
    nordlab_receives.got.clear()
    clock.shift(6 * HOUR)

    assert send() == 3
    assert send() == 0
    assert len(set(nordlab_receives.keys)) == 3


def test_fjordlab_does_not_wait_for_nordlab(nordlab_receives, clock):
    nordlab_sends()
    nordlab_receives.status = 503
    with a_receiver() as fjordlab:
        OutgoingMessage.objects.create(
            kind="apprec",
            destination=fjordlab.address,
            content_encrypted=letter().content_encrypted,
            received_message=letter().received_message,
            due_at=MONDAY + SECOND,
        )
        clock.shift(SECOND)

        assert send() == 1
        assert len(fjordlab.got) == 1


def test_a_worker_that_dies_while_sending_is_taken_over_from(nordlab_receives, clock):
    """Nordlab sees the same key twice, and may tell."""
    nordlab_sends()
    send()
    OutgoingMessage.objects.update(
        sent_at=None, claimed_until=MONDAY + outbox.queue.LEASE
    )

    assert send() == 0
    clock.shift(outbox.queue.LEASE)
    assert send() == 1
    assert len(set(nordlab_receives.keys)) == 1
    assert len(nordlab_receives.keys) == 2


def test_who_comes_too_late_does_not_disturb_who_took_over(nordlab_receives, clock):
    nordlab_sends()
    slow = outbox.queue.claim([])
    clock.shift(outbox.queue.LEASE)
    quick = outbox.queue.claim([])

    outbox.queue.put_off(slow, wait=HOUR, problem="Ingen svarte.")

    assert letter().claimed_until == quick.claimed_until
    assert letter().problem == ""


def test_nothing_is_locked_while_the_receiver_thinks(nordlab_receives, clock):
    """The claim is written before, and the row is free for whoever looks."""
    nordlab_sends()
    claimed = outbox.queue.claim([])

    with connection.cursor() as cursor:
        cursor.execute("SELECT claimed_until, attempts FROM results_outgoingmessage")
        assert cursor.fetchall() == [(MONDAY + outbox.queue.LEASE, 1)]
    assert outbox.queue.claim([]) is None
    assert claimed.id == letter().id


def test_a_receipt_tells_no_number_in_its_trouble(nordlab_receives, clock, caplog):
    nordlab_sends()
    nordlab_receives.status = 500
    send()

    assert people.KARI.number not in caplog.text + letter().problem
