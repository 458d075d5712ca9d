"""What the doctor's landing page costs: a patient of 200 reports, among many others."""

import datetime
import gc
import random
import statistics
import time
import uuid
from collections.abc import Iterator
from itertools import cycle, islice

from django.db import connection
from django.test.utils import CaptureQueriesContext

from access import lookup
from access.terms import Viewer
from portal.demo.generator.analytes import ANALYTES
from portal.demo.generator.messages import Prepared
from portal.presenting.cumulative.selection import READ_AT_FIRST
from results.ingestion import inbox
from results.models import DiagnosticReport
from tests import cast
from tests.bench.database import throw_away, use
from tests.bench.figures import say, seconds
from tests.bench.mix import mix, receive_all
from tests.bench.own_landing import tell_of_own
from tests.bench.pages import CONTROL, first_load
from tests.bench.rows import multiply
from tests.builders import a_message, a_number, a_specimen
from tests.portal.visiting import Visitor, a_visitor, state_need

REPORTS, RESULTS = 200, 12
SMALL, LARGE = 10_000, 100_000
TEMPLATE = 2_000
ROUNDS = 60
_FIRST = datetime.datetime(2020, 1, 6, 8, 30)


def measure(*, scale: int) -> None:
    with throw_away("few") as small, throw_away("many") as large:
        doctors = {}
        for name, size in ((small, SMALL), (large, max(LARGE, scale))):
            use(name)
            doctors[name] = _filled(size)
        gc.collect()
        gc.freeze()  # as portal.wsgi does
        times: dict[str, list[float]] = {small: [], large: []}
        for _round in range(ROUNDS):
            for name in (small, large):
                use(name)
                _page(*doctors[name])  # connects anew
                times[name].append(_page(*doctors[name]))
        use(large)
        _told(times[large], DiagnosticReport.objects.count())
        growth = statistics.median(times[large]) / statistics.median(times[small])
        say("clinician.landing_growth_ratio", growth, "ratio", "goal 1.15 or less")
        _told_of_door(*doctors[large])
        _told_of_weight(*doctors[large])
        tell_of_own(reports=REPORTS, rounds=ROUNDS)


def _told(times: list[float], stored: int) -> None:
    note = f"{REPORTS} reports of {RESULTS} results, {stored} reports stored"
    middle, high = statistics.median(times), statistics.quantiles(times, n=20)[18]
    say("clinician.landing_p50_ms", middle * 1000, "ms", f"{note}; goal 25")
    say("clinician.landing_p95_ms", high * 1000, "ms", "goal 60")


def _told_of_door(ola: Visitor, address: str) -> None:
    """What the door asks the database, and how long it waits for it."""
    viewer = ola.client.get(address).wsgi_request.viewer
    patient_id = uuid.UUID(address.rstrip("/").rsplit("/", 1)[1])
    with CaptureQueriesContext(connection) as asked:
        lookup.follow(viewer, patient_id=patient_id, newest=READ_AT_FIRST)
    queries = [q["sql"] for q in asked if not CONTROL.match(q["sql"])]
    say("clinician.landing_queries", len(queries), "queries", "in the door; goal 8")
    waits = [_waited(viewer, patient_id) * 1000 for _ in range(ROUNDS)]
    say("clinician.landing_db_ms", statistics.median(waits), "ms", "goal 5")


def _waited(viewer: Viewer, patient_id: uuid.UUID) -> float:
    waited = 0.0

    def waiting(execute, sql, params, many, context):
        nonlocal waited
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            waited += time.perf_counter() - start

    with connection.execute_wrapper(waiting):
        lookup.follow(viewer, patient_id=patient_id, newest=READ_AT_FIRST)
    return waited


def _told_of_weight(ola: Visitor, address: str) -> None:
    page = ola.get(address).content
    say("clinician.landing_html_kb", len(page) / 1000, "kB", "uncompressed; goal 150")
    whole, files = first_load(page)
    note = f"compressed, with {files} files and the font; goal 200"
    say("clinician.landing_first_load_kb", whole / 1000, "kB", note)


def _page(ola: Visitor, address: str) -> float:
    return seconds(lambda: ola.get(address))


def _filled(size: int) -> tuple[Visitor, str]:
    """So many reports, Kari's among them; Ola has her open, and has asked once."""
    receive_all(mix(TEMPLATE))
    inbox.drain(seconds=600)
    multiply(size // TEMPLATE - 1)
    receive_all(_about_kari())
    inbox.drain(seconds=600)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    ola = a_visitor(cast.OLA)
    address = state_need(ola, cast.KARI)["Location"]
    assert b"over-time" in ola.get(address).content
    return ola, address


def _about_kari() -> Iterator[Prepared]:
    """Ten days apart, panels that come round again: some hundred analyses in all."""
    chance = random.Random(1)
    measured = cycle(ANALYTES.values())
    for number in range(REPORTS):
        taken = _FIRST + datetime.timedelta(days=10 * number)
        results = [
            a_number(
                analyte.code,
                f"{analyte.usual * chance.uniform(0.7, 1.3):.{analyte.decimals}f}",
                name=analyte.name,
                unit=analyte.unit,
                reference=f"{analyte.women[0] or 0} - {analyte.women[1] or 999}",
            )
            for analyte in islice(measured, RESULTS)
        ]
        content = a_message(
            id=str(uuid.UUID(int=number + 1)),
            generated_at=taken + datetime.timedelta(hours=4),
            about=cast.KARI,
            results=results,
            specimens=(a_specimen(collected_at=taken),),
        ).replace(b"NL-2026-000417", f"NL-{number:06}".encode())
        yield Prepared(
            name=f"kari-{number}",
            client_id=cast.NORDLAB.client_id,
            generated_at=taken,
            content=content,
        )
