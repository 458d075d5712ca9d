"""What it costs to decide and to list a patient's reports."""

import datetime
import statistics
import time
import uuid

from django.db import connection
from django.test.utils import CaptureQueriesContext

from access import lookup
from access.decision import decide
from access.facts import load_facts
from access.limits import RestrictionScope
from access.terms import (
    AccessBasis,
    AccessRequest,
    Action,
    PurposeOfUse,
    Viewer,
    ViewerKind,
)
from portal.demo.generator.messages import Plan, messages
from portal.demo.people import KARI
from results.identity import parse
from results.ingestion import inbox
from results.operations import ensure_patient
from tests import cast
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
    measure_a_doctors_decision(patient_id)
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


def measure_a_doctors_decision(patient_id: uuid.UUID) -> None:
    """Facts and decision for Ola reading one of Kari's reports, with limits set: the
    queries, and the time that is Python's own and not the database's."""
    ola, kari = cast.the_viewer(cast.OLA), cast.the_viewer(cast.KARI)
    need = {"basis": AccessBasis.CONSENT, "purpose": PurposeOfUse.TREAT}
    lookup.open_patient(ola, number=KARI.number, **need)
    own = {"patient_id": kari.patient_id}
    lookup.restrict(kari, **own, scope=RestrictionScope.DISCIPLINE, category="PAT")
    lookup.block(kari, **own, hpr_number="9199999")
    request = AccessRequest(
        action=Action.OPEN_REPORT,
        viewer=ola,
        patient_id=patient_id,
        at=datetime.datetime.now(datetime.UTC),
        report_id=lookup.list_reports(ola, patient_id=patient_id).value.reports[0].id,
    )
    with CaptureQueriesContext(connection) as queries:
        decide(request, load_facts(request))
    spent = [_own_time(request) for _ in range(4 * ROUNDS)]
    say(
        "access.decide_ms",
        statistics.median(total for total, _python in spent) * 1000,
        "ms",
        "facts and decision for a doctor, whole",
    )
    say(
        "access.decide_python_ms",
        statistics.median(python for _total, python in spent) * 1000,
        "ms",
        "of that, outside the database's driver",
    )
    say("access.queries", len(queries), "queries", "facts and decision for a doctor")


def _own_time(request: AccessRequest) -> tuple[float, float]:
    waited = 0.0

    def waiting(execute, sql, params, many, context):
        nonlocal waited
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            waited += time.perf_counter() - start

    with connection.execute_wrapper(waiting):
        total = seconds(lambda: decide(request, load_facts(request)))
    return total, total - waited
