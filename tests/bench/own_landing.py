"""What the citizen's first page costs: Kari with 200 reports of her own."""

import statistics

from django.db import connection
from django.test.utils import CaptureQueriesContext

from access import lookup
from tests import cast
from tests.bench.figures import say, seconds
from tests.bench.pages import CONTROL, first_load
from tests.portal.visiting import a_visitor

_ADDRESS = "/innbygger/"


def tell_of_own(*, reports: int, rounds: int) -> None:
    """In the database in use, which holds them among many others'."""
    kari = a_visitor(cast.KARI)
    page = kari.get(_ADDRESS).content
    assert "svar, nyeste først".encode() in page, page[:300]
    times = [seconds(lambda: kari.get(_ADDRESS)) for _round in range(rounds)]
    note = f"{reports} reports, decided and logged; goal 20"
    say("citizen.landing_p50_ms", statistics.median(times) * 1000, "ms", note)
    viewer = kari.get(_ADDRESS).wsgi_request.viewer
    with CaptureQueriesContext(connection) as asked:
        lookup.list_reports(viewer, patient_id=viewer.patient_id)
    queries = [q["sql"] for q in asked if not CONTROL.match(q["sql"])]
    say("citizen.landing_queries", len(queries), "queries", "in the door; goal 8")
    whole, files = first_load(page)
    note = f"compressed, with {files} files and the font; goal 150"
    say("citizen.landing_first_load_kb", whole / 1000, "kB", note)
