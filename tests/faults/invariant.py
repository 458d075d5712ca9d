"""What must hold whatever was killed: printed, and asserted."""

import json
import sys
from collections import Counter

from django.db.models import Count

from results.ingestion import journal
from results.models import (
    Alarm,
    DiagnosticReport,
    DiagnosticReportVersion,
    OutgoingMessage,
    ProcessingAttempt,
    ReceivedMessage,
)
from tests.faults.messages import GOOD, INVALID, MISPLACED, POISONED, Sent, heads

OUTCOMES = {
    GOOD: "stored",
    INVALID: "rejected",
    POISONED: "quarantined",
    MISPLACED: "quarantined",
}
ALARMS = {POISONED: "quarantine", MISPLACED: "wrong-patient"}


def say(name: str, **figures: object) -> None:
    sys.stdout.write(json.dumps({"fault": name, **figures}) + "\n")
    sys.stdout.flush()


def everything_is_decided() -> bool:
    return not ReceivedMessage.objects.filter(outcome="received").exists()


def check(sent: list[Sent], acknowledged: Counter[str]) -> dict[str, int]:
    """The figures of the invariant, each as it must be."""
    held = {m.message_id: m for m in ReceivedMessage.objects.all()}
    figures = {
        "acknowledged": acknowledged.total(),
        "lost": len(set(acknowledged) - set(held)),
        "twice": ReceivedMessage.objects.count() - len(held),
        "wrong outcome": len(_wrong_outcomes(sent, held)),
        "wrong heads": len(heads(sent).items() ^ _stored_heads().items()),
        "wrong receipts": len(_wrong_receipts(sent, held)),
        "no alarm": len(_without_alarm(sent, held)),
        "attempts left": _attempts_left(),
    }
    wrong = {name: n for name, n in figures.items() if n and name != "acknowledged"}
    assert not wrong, wrong
    assert acknowledged.total() == sum(m.deliveries for m in held.values())
    return figures


def _wrong_outcomes(sent: list[Sent], held: dict[str, ReceivedMessage]) -> list[Sent]:
    """Of the good ones, those that are not stored in one version, among them."""
    versions = Counter(
        DiagnosticReportVersion.objects.values_list("received_message", flat=True)
    )
    return [
        s
        for s in sent
        if held[s.id].outcome != OUTCOMES[s.kind]
        or versions[held[s.id].pk] != (s.kind == GOOD)
        or held[s.id].content_encrypted is None
        or (s.kind == POISONED and held[s.id].attempts < 5)
    ]


def _stored_heads() -> dict[str, str]:
    current = DiagnosticReportVersion.objects.filter(is_current=True)
    found = list(current.values_list("report__report_key", "message_key"))
    assert len(found) == DiagnosticReport.objects.count(), "one head a report"
    return dict(found)


def _wrong_receipts(sent: list[Sent], held: dict[str, ReceivedMessage]) -> list[Sent]:
    """One a message that is answered; none for what waits for an operator."""
    rows = OutgoingMessage.objects.filter(kind="apprec").values_list("received_message")
    made = dict(rows.annotate(n=Count("pk")))
    return [
        s for s in sent if made.get(held[s.id].pk, 0) != (s.kind in (GOOD, INVALID))
    ]


def _without_alarm(sent: list[Sent], held: dict[str, ReceivedMessage]) -> list[Sent]:
    raised = set(Alarm.objects.values_list("kind", "key"))
    return [
        s
        for s in sent
        if s.kind in ALARMS and (ALARMS[s.kind], str(held[s.id].pk)) not in raised
    ]


def _attempts_left() -> int:
    journal.tidy()
    return ProcessingAttempt.objects.count()
