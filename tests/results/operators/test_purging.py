"""What is past its days is erased, and only that; the record proves it."""

import datetime
import json
import logging

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from portal.demo import people
from results.ingestion import purge as task
from results.models import (
    OutgoingMessage,
    PurgeRecord,
    ReceivedMessage,
    RetentionRule,
    SharingRule,
)
from results.operations import purging
from results.queries.retention import display_window, retention_terms
from results.vocabulary import Discipline, MessageOutcome, RetentionKind
from tests.results.operators.conftest import reported

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_rule_but_the_tests():
    RetentionRule.objects.all().delete()


DAY = datetime.date(2026, 11, 1)


def a_rule(kind=RetentionKind.CONTENT, days=30, **said) -> RetentionRule:
    return RetentionRule.objects.create(
        kind=kind,
        days=days,
        valid_from=said.pop("valid_from", DAY),
        decided_by="Helsedirektoratet",
        reason="Forskriften.",
        **said,
    )


def at(days: int):
    """So many days after the first of November."""
    return time_machine.travel(
        datetime.datetime(2026, 11, 1, 12, tzinfo=datetime.UTC)
        + datetime.timedelta(days=days),
        tick=False,
    )


@pytest.fixture
def sent_on_the_first(send):
    with at(0):
        return send()


def has_content(received) -> bool:
    received.refresh_from_db()
    return received.content_encrypted is not None


def test_without_a_rule_nothing_is_ever_erased(sent_on_the_first):
    with at(4000):
        assert purging.purge() == []

    assert has_content(sent_on_the_first)


def test_for_ever_is_for_ever(sent_on_the_first):
    a_rule(days=None)

    with at(4000):
        assert purging.purge() == []

    assert has_content(sent_on_the_first)


@pytest.mark.parametrize(("day", "is_left"), [(29, True), (30, True), (31, False)])
def test_it_is_erased_when_its_days_are_over(sent_on_the_first, day, is_left):
    a_rule()

    with at(day):
        purging.purge()

    assert has_content(sent_on_the_first) is is_left


def test_a_rule_that_is_over_or_has_not_begun_erases_nothing(sent_on_the_first):
    a_rule(days=1, valid_to=datetime.date(2026, 11, 20))
    a_rule(days=1, valid_from=datetime.date(2027, 6, 1))

    with at(60):
        assert purging.purge() == []

    assert has_content(sent_on_the_first)


def test_what_waits_for_a_worker_is_never_erased(sent_on_the_first):
    for kind in RetentionKind:
        a_rule(kind, days=1)
    ReceivedMessage.objects.update(outcome="received", processed_at=None)

    with at(60):
        purging.purge()

    assert has_content(sent_on_the_first)


def test_what_stays_is_enough_to_count_and_to_know_it_again(sent_on_the_first, send):
    a_rule()
    with at(31):
        purging.purge()
        again = send()

    assert again.pk == sent_on_the_first.pk
    assert again.deliveries == 2
    assert again.purged_at
    assert bytes(again.content_sha256)
    assert again.message_id


def test_the_receipt_goes_with_the_message(sent_on_the_first):
    a_rule()

    with at(31):
        purging.purge()

    receipt = OutgoingMessage.objects.get()
    assert (receipt.content_encrypted, receipt.due_at) == (None, None)
    assert receipt.status == 1


def test_each_sort_has_its_own_rule(send):
    with at(0):
        stored, unread = (
            send(),
            send(
                reported("NL-2", about=people.PER),
            ),
        )
        quarantined = send(reported("NL-2"))
        SharingRule.objects.update(is_shared=False)
        withheld = send(reported("NL-3"))
    a_rule(RetentionKind.WITHHELD, days=7)
    a_rule(RetentionKind.QUARANTINE, days=90)

    with at(8):
        purging.purge()
    assert not has_content(withheld)
    assert has_content(quarantined)

    with at(91):
        purging.purge()
    assert not has_content(quarantined)
    assert has_content(stored)
    assert has_content(unread)
    assert quarantined.outcome == MessageOutcome.QUARANTINED


def test_a_discipline_with_its_own_rule_is_left_by_the_rule_for_all(send):
    with at(0):
        biochemistry = send(reported("NL-1"))
        microbiology = send(reported("NL-2", type_code="MBIO"))
    a_rule(days=10)
    a_rule(days=100, category=Discipline.MBIO)

    with at(50):
        purging.purge()

    assert not has_content(biochemistry)
    assert has_content(microbiology)


class TestProof:
    def test_each_run_tells_of_each_rule(self, send):
        with at(0):
            first = send(reported("NL-1"))
        with at(2):
            last = send(reported("NL-2"))
        rule = a_rule()

        with at(40):
            purging.purge(batch=1)
            purging.purge()

        took, found_none = PurgeRecord.objects.order_by("id")
        assert (took.kind, took.rule_id) == (RetentionKind.CONTENT, rule.pk)
        assert (took.removed, took.remaining) == (2, 0)
        assert (took.oldest_at, took.newest_at) == (first.received_at, last.received_at)
        assert (found_none.removed, found_none.oldest_at) == (0, None)

    def test_none_past_its_days_is_left(self, sent_on_the_first):
        a_rule()

        with at(40):
            purging.purge()

        assert not ReceivedMessage.objects.filter(
            content_encrypted__isnull=False,
            received_at__lt=sent_on_the_first.received_at + datetime.timedelta(days=10),
        ).exists()

    def test_a_dry_run_erases_and_records_nothing(self, sent_on_the_first):
        a_rule()

        with at(40):
            (found,) = purging.purge(is_dry_run=True)

        assert (found.removed, found.remaining) == (1, 1)
        assert has_content(sent_on_the_first)
        assert PurgeRecord.objects.count() == 0

    def test_the_index_for_it_is_used_by_name(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT indexdef FROM pg_indexes WHERE indexname = %s",
                ["message_with_content"],
            )
            (definition,) = cursor.fetchone()

        assert "content_encrypted IS NOT NULL" in definition


class TestCommand:
    def test_a_dry_run_says_what_it_would_take(self, sent_on_the_first, capsys):
        a_rule()

        with at(40):
            call_command("purge", "--dry-run")

        line = json.loads(capsys.readouterr().out)
        assert (line["kind"], line["removed"]) == ("content", 1)
        assert line["is_dry_run"] is True
        assert has_content(sent_on_the_first)

    def test_it_erases_and_says_how_much(self, sent_on_the_first, capsys):
        a_rule()

        with at(40):
            call_command("purge")

        assert json.loads(capsys.readouterr().out)["remaining"] == 0
        assert not has_content(sent_on_the_first)

    def test_it_fails_when_something_is_left(self, sent_on_the_first, monkeypatch):
        """Somebody held it all the while."""
        a_rule()
        monkeypatch.setattr(purging, "_erase_batch", lambda *held: [])

        with at(40), pytest.raises(SystemExit):
            call_command("purge")


def test_the_clock_does_the_same_and_logs_counts_alone(sent_on_the_first, caplog):
    a_rule()

    with at(40), caplog.at_level(logging.INFO):
        task.purge()

    assert not has_content(sent_on_the_first)
    assert "purged content: 1 removed, 0 remain" in caplog.text


class TestWindows:
    def test_without_rules_everything_is_shown(self):
        assert set(display_window(DAY).values()) == {None}

    def test_a_rule_for_all_and_one_for_some(self):
        a_rule(RetentionKind.DISPLAY, days=3650)
        a_rule(RetentionKind.DISPLAY, days=None, category=Discipline.PAT)
        a_rule(RetentionKind.DISPLAY, days=365, category=Discipline.CLIN)

        window = display_window(DAY)

        assert window[Discipline.CLIN] == 365
        assert window[Discipline.PAT] is None
        assert window[Discipline.RAD] == 3650

    def test_of_two_that_say_as_much_the_longer_prevails(self):
        for days in (10, None, 30):
            a_rule(RetentionKind.DISPLAY, days=days)

        (terms,) = retention_terms(RetentionKind.DISPLAY, timezone.localdate())

        assert terms.days is None
