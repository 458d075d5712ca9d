"""What the pages people open most cost, however many answers there are."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.lookup import Analyte
from portal.demo.generator.drafts import Message
from portal.demo.generator.writer import write
from results.models import DiagnosticReport
from tests import cast
from tests.builders import NOON, a_number, a_report, a_susceptibility, a_text
from tests.portal.visiting import a_visitor, has_arrived, state_need

pytestmark = pytest.mark.django_db

# Beside what the door asks (see tests/access/test_lookup.py): the cookie's session, the
# user, and the session itself with its role; what opens and closes the transaction too.
COSTS = {
    "doctors-table": 14,
    "doctors-list": 13,
    "doctors-report": 18,
    "doctors-curve": 13,
    "doctors-search": 11,
    "own-list": 17,
    "own-report": 28,
    "own-log": 11,
}
FERRITIN = Analyte("2.16.578.1.12.4.1.1.7280", "NPU19763", "", "ug/L")


def nordlab_has_reported(*, reports: int, results: int) -> None:
    """So many reports on Kari, each with so many numbers beside words and an agent."""
    for index in range(reports):
        sent = [a_number("NPU19763", str(11 + n)) for n in range(results)]
        sent += [a_text("Escherichia coli"), a_susceptibility("Trimetoprim", "R")]
        report = a_report(id=f"NL-{index}", results=sent)
        has_arrived(write(Message(str(uuid.uuid4()), NOON, report)))


def every_page():
    """Who asks for what, when Ola has Kari open and she looks herself."""
    ola, kari = a_visitor(cast.OLA), a_visitor(cast.KARI)
    address = state_need(ola, cast.KARI)["Location"]
    report = f"svar/{DiagnosticReport.objects.earliest('id').pk}/"
    return {
        "doctors-table": (ola, address),
        "doctors-list": (ola, f"{address}svar/"),
        "doctors-report": (ola, address + report),
        "doctors-curve": (ola, f"{address}over-tid/?rad={FERRITIN.key}"),
        "doctors-search": (ola, f"{address}sok/"),
        "own-list": (kari, "/innbygger/"),
        "own-report": (kari, f"/innbygger/{report}"),
        "own-log": (kari, "/innbygger/hvem-har-sett/"),
    }


def cost_of(visitor, path: str) -> int:
    """Asked once before it is counted, so that codes and settings are remembered."""
    assert visitor.get(path).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as asked:
        visitor.get(path)
    return len(asked)


@pytest.mark.parametrize(("reports", "results"), [(1, 1), (5, 12)])
def test_a_page_costs_the_same_however_much_it_shows(reports, results):
    nordlab_has_reported(reports=reports, results=results)

    costs = {name: cost_of(*page) for name, page in every_page().items()}

    assert costs == COSTS


def test_the_log_costs_the_same_however_long_it_is():
    nordlab_has_reported(reports=1, results=1)
    kari, path = every_page()["own-log"]
    short = cost_of(kari, path)

    for _look in range(12):
        kari.get("/innbygger/")

    assert cost_of(kari, path) == short == COSTS["own-log"]
