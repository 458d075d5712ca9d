"""What it costs to decide and to list a patient's reports."""

import datetime
import statistics
import uuid

from django.db import connection
from django.test.utils import CaptureQueriesContext

from access import lookup
from access.decision import decide
from access.facts import load_facts
from access.terms import AccessRequest, Action, Viewer, ViewerKind
from portal.demo.generator.messages import Plan, messages
from portal.demo.people import KARI
from results.identity import parse
from results.ingestion import inbox
from results.operations import ensure_patient
from tests.bench.figures import say, seconds
from tests.bench.mix import receive_all

ROUNDS = 50
PLAN = Plan(patients=12, years=6, seed=1, until=datetime.date(2026, 11, 1))


def measure() -> None:
    receive_all(messages(PLAN))
    inbox.drain(seconds=600)
    patient_id = ensure_patient(parse(KARI.number, allow_test_numbers=True))
    kari = Viewer(
        kind=ViewerKind.CITIZEN,
        user_id=uuid.uuid4(),
        patient_id=patient_id,
        security_level=4,
    )
    request = AccessRequest(
        action=Action.LIST_REPORTS,
        viewer=kari,
        patient_id=patient_id,
        at=datetime.datetime.now(datetime.UTC),
    )
    facts = load_facts(request)
    deciding = seconds(lambda: [decide(request, facts) for _ in range(10_000)]) / 10
    say("access.decide_us", deciding * 1000, "µs", "the pure decision")
    listing = [
        seconds(lambda: lookup.list_reports(kari, patient_id=patient_id))
        for _ in range(ROUNDS)
    ]
    with CaptureQueriesContext(connection) as queries:
        answer = lookup.list_reports(kari, patient_id=patient_id)
    reports = answer.value.reports if answer.value else ()
    middle = statistics.median(listing) * 1000
    say("access.list_ms", middle, "ms", f"{len(reports)} reports")
    say("access.list_queries", len(queries), "queries", "decide, fetch, log")
