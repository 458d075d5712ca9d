"""F30: Kari shuts Ola out while he reads, again and again; nothing leaves after."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from django.db import connection

from access import lookup
from access.lookup import answers
from access.terms import AccessBasis, PurposeOfUse
from results.ingestion.receive import receive_from_operator
from tests import cast
from tests.builders import a_message
from tests.faults.invariant import say

READERS = 6
READS = 4_200
# The wrong way is seen to be wrong well before that.
WRONG_READS = 1_200


@dataclass
class Story:
    """When each block was confirmed and when it began to be lifted, and when each
    answer was decided on for good."""

    confirmed: list[tuple[float, float]] = field(default_factory=list)
    shown_at: list[float] = field(default_factory=list)
    reads: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def shown_after_confirmed(self) -> int:
        return sum(
            any(since < at < until for since, until in self.confirmed)
            for at in self.shown_at
        )


@pytest.fixture
def moment(monkeypatch):
    """When this thread's answer passed the late check."""
    passed = threading.local()
    holds = answers.still_holds

    def checking(request, facts):
        holds(request, facts)
        passed.at = time.monotonic()

    monkeypatch.setattr(answers, "still_holds", checking)
    return passed


@pytest.fixture
def without_the_check(monkeypatch):
    """Check, then read: what everybody writes first."""
    monkeypatch.setattr(answers, "still_holds", lambda request, facts: None)


def reads(story: Story, moment, until: int) -> None:
    ola = cast.the_viewer(cast.OLA)
    kari = cast.a_signed_in(cast.KARI).patient_id
    need = {"basis": AccessBasis.CONSENT, "purpose": PurposeOfUse.TREAT}
    opened = False
    while story.reads < until:
        if not opened:
            answer = lookup.open_patient(ola, number=cast.KARI.number, **need)
            opened = answer.value is not None
        answer = lookup.list_reports(ola, patient_id=kari)
        with story.lock:
            story.reads += 1
            if answer.value is not None:
                story.shown_at.append(moment.at)
    connection.close()


def toggles(story: Story, until: int) -> None:
    kari = cast.the_viewer(cast.KARI)
    own = {"patient_id": kari.patient_id}
    while story.reads < until:
        limit = lookup.block(kari, **own, hpr_number=cast.OLA.hpr_number).value
        confirmed = time.monotonic()
        time.sleep(0.02)
        with story.lock:
            story.confirmed.append((confirmed, time.monotonic()))
        lookup.lift(kari, **own, limit_id=limit)
        time.sleep(0.1)
    connection.close()


def told(moment, *, until: int) -> Story:
    story = Story()
    receive_from_operator(a_message(), sender_her_id=None)
    cast.the_viewer(cast.OLA)
    cast.the_viewer(cast.KARI)
    with ThreadPoolExecutor(READERS + 1) as threads:
        running = [threads.submit(reads, story, moment, until) for _ in range(READERS)]
        running.append(threads.submit(toggles, story, until))
        for each in running:
            each.result()
    say(
        "limits",
        reads=story.reads,
        shown=len(story.shown_at),
        blocks=len(story.confirmed),
        shown_after_confirmed=story.shown_after_confirmed(),
    )
    return story


def fault_nothing_is_shown_after_a_block_is_confirmed(moment):
    story = told(moment, until=READS)

    assert story.reads >= 4_000
    assert len(story.confirmed) >= 50
    assert len(story.shown_at) >= 100
    assert story.shown_after_confirmed() == 0


def fault_without_the_late_check_something_is(without_the_check, moment):
    """Or the story above could not have told."""
    assert told(moment, until=WRONG_READS).shown_after_confirmed() > 0
