"""A doctor reads: the patient on top, each value whole, and what is missing said."""

import re
import uuid

import pytest

from access.models import AccessLogEntry
from access.terms import Action
from tests import cast
from tests.builders import a_message, a_number, a_text
from tests.portal.visiting import a_visitor, has_arrived, state_need

pytestmark = pytest.mark.django_db

FERRITIN = {"name": "P-Ferritin", "unit": "µg/L", "reference": "18 - 240"}


@pytest.fixture
def ola():
    return a_visitor(cast.OLA)


@pytest.fixture
def address(ola):
    """Kari's list, opened by Ola, with one report from Nordlab."""
    has_arrived(
        a_message(
            results=[
                a_number("NPU19763", "11.0", deviation="2", **FERRITIN),
                a_text("<i>ord</i> " * 20, heading="VU", name="Vurdering"),
            ]
        )
    )
    return state_need(ola, cast.KARI)["Location"]


def page_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def report_in(page: str) -> str:
    return re.search(r'href="([^"]*/svar/[^"]+)"', page)[1]


def test_without_a_need_for_this_patient_the_list_is_closed(ola, address):
    per = cast.the_viewer(cast.PER).patient_id

    answer = ola.get(f"/helsepersonell/pasient/{per}/")

    assert answer.status_code == 403
    assert "Oppgi et tilgangsgrunnlag" in page_of(answer)


def test_opening_another_patient_closes_the_first(ola, address):
    state_need(ola, cast.PER)

    answer = ola.get(address)

    assert answer.status_code == 403
    assert "Nordlab" not in page_of(answer)


def test_another_doctors_need_opens_nothing_for_this_one(ola, address):
    ingrid = a_visitor(cast.INGRID)

    assert ingrid.get(address).status_code == 403


def test_a_report_of_somebody_else_is_refused_as_one_that_is_not(ola, address):
    report = report_in(page_of(ola.get(address)))
    per = state_need(ola, cast.PER)["Location"]

    someone_elses = ola.get(per + report.split("/", 4)[-1])
    nobodys = ola.get(f"{per}svar/{uuid.uuid4()}/")

    assert someone_elses.status_code == nobodys.status_code == 403
    assert "Vi fant ikke svaret" in page_of(someone_elses)


def test_the_list_says_whose_it_is_and_until_when(ola, address):
    page = page_of(ola.get(address))

    assert "PRØVE, Kari" in page
    assert "•••••" in page
    assert "åpen til kl." in page
    assert "Lillevik legesenter" in page


def test_the_list_says_what_is_not_here(ola, address):
    assert "Ikke alle laboratorier og bildeavdelinger" in page_of(ola.get(address))


def test_a_report_shows_each_value_whole(ola, address):
    page = page_of(ola.get(report_in(page_of(ola.get(address)))))

    assert "P-Ferritin" in page
    assert "11,0" in page
    assert "µg/L" in page
    assert "18–240" in page
    assert "Under referanseområdet" in page
    assert "NPU19763" in page


def test_the_laboratorys_text_is_shown_as_text(ola, address):
    page = page_of(ola.get(report_in(page_of(ola.get(address)))))

    assert "&lt;i&gt;ord&lt;/i&gt;" in page
    assert "<i>ord</i>" not in page


def test_every_page_leaves_one_line_in_the_log(ola, address):
    before = AccessLogEntry.objects.count()

    ola.get(report_in(page_of(ola.get(address))))

    actions = AccessLogEntry.objects.order_by("at", "id").values_list(
        "action", flat=True
    )
    assert list(actions)[before:] == [Action.FOLLOW_RESULTS, Action.OPEN_REPORT]


def test_closing_the_patient_ends_the_need_and_empties_the_browser(ola, address):
    answer = ola.post(f"{address}lukk/")

    assert answer["Location"] == "/helsepersonell/"
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert ola.get(address).status_code == 403


def test_a_patient_is_closed_by_a_form_never_by_a_link(ola, address):
    assert ola.get(f"{address}lukk/").status_code == 405
    assert ola.get(address).status_code == 200
