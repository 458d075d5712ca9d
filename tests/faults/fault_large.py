"""F20: ten thousand answers in one report, and two thousand versions of another."""

import time
from dataclasses import replace

from access import lookup
from portal.demo import people
from results.ingestion import inbox
from results.ingestion.reading import read
from results.models import DiagnosticReportVersion, ReceivedMessage
from tests import cast
from tests.builders import NOON, a_message, a_number
from tests.faults.invariant import say
from tests.faults.messages import MINUTE
from tests.faults.sending import by_hand

ITEMS, VERSIONS = 10_000, 2_000
# Seconds, for a machine with other work to do.
SOON = 10.0


class Watch:
    """How long each step took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.monotonic()

    def lap(self, name: str) -> None:
        now = time.monotonic()
        self.seconds[name] = round(now - self._last, 2)
        self._last = now


def reads_her_own(watch: Watch) -> lookup.ReportDetail:
    """Kari opens her list, and the one report in it."""
    viewer = cast.the_viewer(people.KARI)
    listed = lookup.list_reports(viewer, patient_id=viewer.patient_id).value
    watch.lap("list")
    (summary,) = listed.reports
    opened = lookup.open_report(
        viewer, patient_id=viewer.patient_id, report_id=summary.id
    )
    watch.lap("open")
    return opened.value


def fault_ten_thousand_answers():
    results = [replace(a_number(), number=f"{n % 90}.{n % 10}") for n in range(ITEMS)]
    content = a_message(results=results)
    watch = Watch()
    assert len(read(content).report.observations) == ITEMS
    watch.lap("parse")
    by_hand(content)
    watch.lap("receive")
    inbox.drain(seconds=60)
    watch.lap("store")
    assert len(reads_her_own(watch).observations) == ITEMS
    say("ten thousand answers", megabytes=len(content) / 1e6, seconds=watch.seconds)
    assert max(watch.seconds.values()) < SOON


def fault_two_thousand_versions(rng):
    places = list(range(VERSIONS))
    rng.shuffle(places)
    for place in places:
        by_hand(
            a_message(
                id=f"00000000-0000-4000-8000-{place:012}",
                generated_at=NOON + place * MINUTE,
                service_type="M" if place else "N",
            )
        )
    watch = Watch()
    inbox.drain(seconds=120)
    watch.lap("store")
    detail = reads_her_own(watch)
    say("two thousand versions", seconds=watch.seconds)
    head = DiagnosticReportVersion.objects.get(is_current=True)
    assert head.message_key.endswith(str(VERSIONS - 1))
    assert detail.summary.version_count == VERSIONS
    assert not ReceivedMessage.objects.exclude(outcome="stored").exists()
    assert watch.seconds["list"] + watch.seconds["open"] < SOON
