"""What Nordlab took back: a tombstone, and for personnel a look of its own."""

import datetime

import pytest
from django.utils import timezone

from access.models import AccessLogEntry
from access.terms import Action
from results.models import DiagnosticReport
from tests import cast
from tests.builders import NOON, a_message, a_number
from tests.portal.visiting import a_visitor, has_arrived, state_need

pytestmark = pytest.mark.django_db

WRONG_VALUE = "11.0"
SHOWN = "11,0"


@pytest.fixture
def report() -> str:
    """Kari's ferritin, sent and taken back: the address of the report."""
    ferritin = a_number("NPU19763", WRONG_VALUE, name="P-Ferritin")
    has_arrived(a_message(results=[ferritin]))
    has_arrived(
        a_message(
            id="3f0c1f5e-7a52-4c0e-9a51-1f6d7f1c2a02",
            generated_at=NOON + datetime.timedelta(hours=1),
            service_type="C",
            results=[],
            comment="Prøven var forbyttet.",
        )
    )
    kari = cast.the_viewer(cast.KARI).patient_id
    found = DiagnosticReport.objects.get()
    return f"/helsepersonell/pasient/{kari}/svar/{found.pk}/"


@pytest.fixture
def ola():
    visitor = a_visitor(cast.OLA)
    state_need(visitor, cast.KARI)
    return visitor


def test_the_tombstone_says_why_and_shows_no_value(ola, report):
    page = ola.get(report).content.decode()

    assert "Svaret er trukket tilbake" in page
    assert "Prøven var forbyttet." in page
    assert SHOWN not in page


def test_what_it_said_is_one_look_further_and_logged_as_that(ola, report):
    page = ola.get(f"{report}trukket/").content.decode()

    assert SHOWN in page
    assert "skal ikke brukes i behandlingen" in page
    last = AccessLogEntry.objects.order_by("at", "id").last()
    assert (last.action, last.is_permitted) == (Action.OPEN_WITHDRAWN, True)
    assert len(last.report_ids) == 1


def test_without_a_need_it_stays_closed(report):
    answer = a_visitor(cast.INGRID).get(f"{report}trukket/")

    assert answer.status_code == 403
    assert SHOWN not in answer.content.decode()


def test_a_citizen_has_no_such_page(report):
    kari = a_visitor(cast.KARI)
    page = kari.get(f"/innbygger/svar/{report.split('/')[-2]}/").content.decode()

    assert "Svaret er trukket tilbake" in page
    assert SHOWN not in page
    assert "trukket/" not in page
    assert kari.get(f"{report}trukket/").status_code in (403, 404)


def test_a_report_about_someone_else_is_opened_by_nobody(ola, report):
    DiagnosticReport.objects.update(wrong_patient_at=timezone.now())

    tombstone = ola.get(report).content.decode()
    answer = ola.get(f"{report}trukket/")

    assert "Svaret gjaldt en annen person" in tombstone
    assert "trukket/" not in tombstone
    assert answer.status_code == 403
    assert SHOWN not in answer.content.decode()


def test_a_report_in_force_has_nothing_of_the_kind(ola):
    has_arrived(a_message())
    kari = cast.the_viewer(cast.KARI).patient_id
    found = DiagnosticReport.objects.get()

    answer = ola.get(f"/helsepersonell/pasient/{kari}/svar/{found.pk}/trukket/")

    assert answer.status_code == 403
