"""The figures: one JSON line each, {"name", "value", "unit", "note"}.

Machines differ, so trust the ratios; exit status 0 also when a figure is poor.
"""

import datetime
import json
import statistics
import time
import uuid
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from access import lookup
from access.decision import decide
from access.facts import load_facts
from access.terms import AccessRequest, Action, Viewer, ViewerKind
from portal.demo.generator.messages import Plan, Prepared, messages
from portal.demo.people import KARI, LABORATORIES, Laboratory
from results.identity import parse
from results.ingestion import inbox, receive
from results.kith.read import read
from results.operations import ensure_patient, register_organization

PLAN = Plan(patients=12, years=6, seed=1, until=datetime.date(2026, 11, 1))
ROUNDS = 50


def say(name: str, value: float, unit: str, note: str) -> None:
    line = {"name": name, "value": round(value, 3), "unit": unit, "note": note}
    print(json.dumps(line, ensure_ascii=False), flush=True)  # noqa: T201


def seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def percentile_99(figures: list[float]) -> float:
    return statistics.quantiles(figures, n=100)[98]


def measure_ingestion(prepared: list[Prepared]) -> None:
    channels = {
        laboratory.client_id: _channel(laboratory) for laboratory in LABORATORIES
    }
    receiving = [
        seconds(lambda m=m: receive.receive(m.content, channel=channels[m.client_id]))
        for m in prepared
    ]
    processing = seconds(lambda: inbox.drain(seconds=600))
    reading = seconds(lambda: [read(m.content) for m in prepared])

    count = len(prepared)
    size = sum(len(m.content) for m in prepared) / count / 1000
    say("receive.p99_ms", percentile_99(receiving) * 1000, "ms", f"{count} messages")
    say("ingest.reports_per_s", count / processing, "1/s", f"{size:.1f} kB each")
    say("ingest.read_share", reading / processing, "ratio", "reading within processing")


def _channel(laboratory: Laboratory) -> receive.Channel:
    known = laboratory.organization
    organization = register_organization(
        name=known.name,
        her_id=known.her_id,
        organization_number=known.organization_number,
    )
    return receive.Channel(organization.id)


def measure_access(number: str) -> None:
    patient_id = ensure_patient(parse(number, allow_test_numbers=True))
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
    listing = [
        seconds(lambda: lookup.list_reports(kari, patient_id=patient_id))
        for _ in range(ROUNDS)
    ]
    with CaptureQueriesContext(connection) as queries:
        answer = lookup.list_reports(kari, patient_id=patient_id)
    reports = answer.value.reports if answer.value else ()
    say("access.decide_us", deciding * 1000, "µs", "the pure decision")
    middle = statistics.median(listing) * 1000
    say("access.list_ms", middle, "ms", f"{len(reports)} reports")
    say("access.list_queries", len(queries), "queries", "decide, fetch, log")


def measure() -> None:
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        measure_ingestion(list(messages(PLAN)))
        measure_access(KARI.number)
    finally:
        connection.creation.destroy_test_db("provesvar", verbosity=0)
