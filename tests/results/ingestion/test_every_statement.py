"""Nordlab's messages, with a database that fails once: at the first statement, at the
second, and so on, until it fails at none. Each time all ends as if it never had."""

import datetime
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from typing import TypeVar

import pytest
from django.apps import apps
from django.db import (
    DatabaseError,
    InternalError,
    OperationalError,
    connection,
    connections,
    transaction,
)
from django.utils import timezone

from portal.demo import people
from results.ingestion import inbox, receive
from results.ingestion.watch import pressure
from results.models import (
    Alarm,
    DiagnosticReportVersion,
    OptOut,
    OutgoingMessage,
    ProcessingAttempt,
    ReceivedMessage,
    SourceSystem,
    WorkerProgress,
)
from results.operations import ensure_patient
from results.vocabulary import MessageOutcome
from tests import cast
from tests.builders import NOON, a_message, a_number, a_person
from tests.results.ingestion.failing import ALIASES, Fault, as_after_an_answer, failing

pytestmark = pytest.mark.django_db(databases=ALIASES)

HOUR = datetime.timedelta(hours=1)
# No story has fewer statements, or more: one that never ends has failed.
FEWEST, MOST = 5, 400
T = TypeVar("T")
# How many rows each table has, also that of attempts, which count as deaths if left.
COUNTS = ", ".join(
    f'(SELECT count(*) FROM "{model._meta.db_table}")'
    for model in apps.get_app_config("results").get_models()
    if model is not WorkerProgress
)
VERSIONS = {MessageOutcome.STORED: 1}
RECEIPTS = {
    MessageOutcome.STORED: 1,
    MessageOutcome.REJECTED: 1,
    MessageOutcome.WITHHELD: 1,
}


def numbered(number: int, **said) -> bytes:
    return a_message(
        id=f"00000000-0000-4000-8000-{number:012}",
        generated_at=NOON + number * HOUR,
        **said,
    )


def nobody() -> None:
    """Nothing is otherwise than usual."""


def kari_wants_nothing_stored() -> None:
    OptOut.objects.create(
        patient_id=ensure_patient(cast.number_of(people.KARI)),
        valid_from=timezone.now(),
    )


@dataclass(frozen=True)
class Story:
    """What is there before, what comes, and what becomes of it."""

    sent: tuple[bytes, ...]
    ends: tuple[str, ...]
    before: tuple[bytes, ...] = ()
    given: Callable[[], object] = nobody


ORIGINAL = numbered(1)
CHANGE = numbered(2, service_type="M", results=[a_number(number="13.4")])
CANCELLATION = numbered(3, service_type="C", status="F")
STORIES = {
    "original": Story((ORIGINAL,), ("stored",)),
    "change": Story((CHANGE,), ("stored",) * 2, before=(ORIGINAL,)),
    "cancellation": Story((CANCELLATION,), ("stored",) * 2, before=(ORIGINAL,)),
    "change first": Story((CHANGE, ORIGINAL), ("stored",) * 2),
    "duplicate": Story((ORIGINAL,), ("stored",), before=(ORIGINAL,)),
    "rejected": Story((numbered(4, about=a_person(name="")),), ("rejected",)),
    "unreadable": Story((b"<a>",), ("unreadable",)),
    "wrong patient": Story(
        (numbered(5, about=people.PER),), ("quarantined", "stored"), before=(ORIGINAL,)
    ),
    "same id, other content": Story(
        (numbered(1, results=[a_number(number="9.9")]),),
        ("quarantined", "stored"),
        before=(ORIGINAL,),
    ),
    "withheld": Story((ORIGINAL,), ("withheld",), given=kari_wants_nothing_stored),
    "several": Story(
        (CANCELLATION, ORIGINAL, numbered(4, about=a_person(name="")), CHANGE),
        ("rejected", "stored", "stored", "stored"),
    ),
}


@pytest.fixture(scope="module", autouse=True)
def _journal_is_closed(django_db_setup):
    """Else the database cannot be removed."""
    yield
    connections["journal"].close()


@pytest.fixture(autouse=True)
def nordlab(monkeypatch, settings):
    """Nordlab may send, has an address for receipts, and wakes nobody."""
    settings.JOURNAL_DATABASE = "journal"
    monkeypatch.setattr(receive.tasks, "wake", nobody)
    pressure.forget()
    cast.a_laboratory_that_may_send(cast.NORDLAB)
    SourceSystem.objects.update(apprec_url="https://nordlab.invalid/apprec")


@contextmanager
def undone():
    """What is done within is undone afterwards, on both connections."""
    with ExitStack() as stack:
        for name in ALIASES:
            stack.enter_context(transaction.atomic(using=name))
        yield
        for name in ALIASES:
            transaction.set_rollback(True, using=name)


def carry_out(sent: tuple[bytes, ...], fault: Fault | None = None) -> None:
    """Nordlab sends each until it has an answer, and a worker goes on until all is
    done; whenever something fails, nothing is left half done."""
    for content in sent:
        kept = again_and_again(lambda content=content: nordlab_sends(content), fault)
        assert ReceivedMessage.objects.filter(pk=kept.id).exists(), "answered, not kept"
    again_and_again(lambda: inbox.drain(seconds=60), fault)
    assert_all_or_nothing()


def nordlab_sends(content: bytes) -> receive.Received:
    channel = receive.channel_of(people.NORDLAB.client_id)
    return receive.receive(content, channel=channel)


def again_and_again(work: Callable[[], T], fault: Fault | None) -> T:
    try:
        with failing(fault) if fault else nullcontext():
            return work()
    except (DatabaseError, ArithmeticError):
        as_after_an_answer()
        assert_all_or_nothing()
        return work()
    finally:
        as_after_an_answer()


def assert_all_or_nothing() -> None:
    """Undecided, and nothing is there of it; or decided, and all is."""
    versions = Counter(
        DiagnosticReportVersion.objects.values_list("received_message", flat=True)
    )
    receipts = Counter(
        OutgoingMessage.objects.filter(kind="apprec").values_list(
            "received_message", flat=True
        )
    )
    for message in ReceivedMessage.objects.all():
        assert versions[message.pk] == VERSIONS.get(message.outcome, 0)
        assert receipts[message.pk] == RECEIPTS.get(message.outcome, 0)


def standing() -> dict[str, object]:
    """All that must not depend on whether anything failed on the way."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COUNTS}")
        rows = cursor.fetchone()
    heads = DiagnosticReportVersion.objects.filter(is_current=True)
    alarms = Alarm.objects.values_list("kind", "count")
    return {
        "rows": rows,
        "outcomes": sorted(ReceivedMessage.objects.values_list("outcome", flat=True)),
        "heads": sorted(heads.values_list("message_key", "status")),
        "alarms": sorted(alarms),
    }


def tell(story: Story) -> None:
    story.given()
    carry_out(story.before)


@pytest.mark.parametrize("name", STORIES)
def test_without_a_fault_it_ends_as_told(name):
    story = STORIES[name]
    tell(story)
    carry_out(story.sent)

    assert standing()["outcomes"] == list(story.ends)
    assert not ProcessingAttempt.objects.using("journal").exists()


@pytest.mark.parametrize(
    ("name", "error"),
    [
        *((name, OperationalError) for name in STORIES),
        ("change first", ArithmeticError),
    ],
)
def test_whichever_statement_fails_it_ends_the_same(name, error):
    story = STORIES[name]
    tell(story)
    with undone():
        carry_out(story.sent)
        expected = standing()
    for n in range(1, MOST):
        with undone():
            fault = Fault(n, error)
            carry_out(story.sent, fault)
            assert standing() == expected, f"statement {n} failed"
        if not fault.has_struck:
            break
    assert FEWEST < n < MOST


def test_the_fault_is_the_databases_own():
    """Whoever goes on in a transaction that has failed is found out."""
    with (
        undone(),
        failing(Fault(2, OperationalError)),
        pytest.raises(InternalError),
    ):
        carry_on_after_a_fault()


def carry_on_after_a_fault():
    with transaction.atomic():
        with suppress(OperationalError):
            ReceivedMessage.objects.exists()
        ReceivedMessage.objects.exists()
