"""The doctor's landing page: chosen from, turned, swapped in part, and never silent."""

import datetime
import re

import pytest
from django.utils import timezone

from access.models import AccessLogEntry, RepeatAdvice, UserPreferences
from access.terms import Action
from portal.clinician import presenters
from portal.presenting.cumulative import selection
from results import codes
from results.ingestion.watch import coverage
from results.models import Alarm, Organization, RepeatInterval
from results.vocabulary import AlarmKind
from tests import cast
from tests.builders import a_message, a_number, a_specimen
from tests.portal.visiting import a_visitor, has_arrived, state_need

pytestmark = pytest.mark.django_db

FERRITIN = {"name": "P-Ferritin", "unit": "µg/L", "reference": "18 - 240"}


@pytest.fixture
def ola():
    return a_visitor(cast.OLA)


def sampled(days_ago: int, number: str, *, id: str) -> None:
    """Ferritin from so long ago has come in."""
    taken = datetime.datetime.now() - datetime.timedelta(days=days_ago)
    message = a_message(
        id=f"3f0c1f5e-7a52-4c0e-9a51-{id:>012}",
        results=[a_number("NPU19763", number, **FERRITIN)],
        specimens=(a_specimen(collected_at=taken.replace(microsecond=0)),),
    )
    has_arrived(message.replace(b"NL-2026-000417", f"NL-{id}".encode()))


@pytest.fixture
def address(ola):
    sampled(400, "31.0", id="1")
    sampled(3, "11.0", id="2")
    return state_need(ola, cast.KARI)["Location"]


def page_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def values_in(page: str) -> list[str]:
    return re.findall(r"\b(?:31|11),0\b", page[page.index("<tbody") :])


def test_ola_sees_what_has_changed_newest_first(ola, address):
    page = page_of(ola.get(address))

    assert values_in(page) == ["11,0", "31,0"]
    assert "under referanseområdet" in page
    assert "PRØVE, Kari" in page


def test_ola_turns_the_table_once_and_it_stays_so(ola, address):
    answer = ola.post(f"{address}rekkefolge/", {"eldst": "1", "sok": "ferritin"})

    assert answer["Location"] == f"{address}?sok=ferritin"
    assert values_in(page_of(ola.get(address))) == ["31,0", "11,0"]
    assert UserPreferences.objects.get().oldest_first

    ola.post(f"{address}rekkefolge/", {"eldst": "0"})

    assert values_in(page_of(ola.get(address))) == ["11,0", "31,0"]


def test_what_is_chosen_stands_in_the_form_and_in_the_table(ola, address):
    page = page_of(ola.get(f"{address}?periode=30d&sok=FERRITIN&avvik=1"))

    assert values_in(page) == ["11,0"]
    assert 'value="FERRITIN"' in page
    assert '<option value="30d" selected>' in page
    assert "ikke alt vises" in page


def test_what_is_chosen_away_is_not_called_empty(ola, address):
    page = page_of(ola.get(f"{address}?sok=troponin"))

    assert "Ingen av svarene her passer med det du har valgt" in page
    assert "Ingen svar på denne pasienten" not in page


def test_htmx_is_given_the_table_alone(ola, address):
    part = page_of(ola.get(address, **{"HX-Request": "true"}))

    assert "<html" not in part
    assert values_in(part) == ["11,0", "31,0"]


def test_a_search_is_written_back_as_text(ola, address):
    page = page_of(ola.get(f"{address}?sok=<script>"))

    assert "<script>" not in page.split("</head>")[1]


def test_the_page_is_one_line_in_the_log(ola, address):
    before = AccessLogEntry.objects.count()

    ola.get(address)

    entry = AccessLogEntry.objects.latest("at")
    assert AccessLogEntry.objects.count() == before + 1
    assert (entry.action, entry.report_count) == (Action.FOLLOW_RESULTS, 2)


def test_what_came_while_ola_was_away_is_new(ola, address):
    ola.get(address)
    sampled(1, "12.0", id="3")
    state_need(ola, cast.KARI)

    page = page_of(ola.get(address))
    news = page_of(ola.get(f"{address}nytt/"))

    assert page.count("<small>Ny</small>") == 1
    assert '<span class="badge">1</span>' in page
    assert "Du hadde pasienten åpen sist" in news
    assert news.count('class="report-row"') == 1


def test_to_whoever_never_looked_the_last_month_is_shown(ola, address):
    news = page_of(ola.get(f"{address}nytt/"))

    assert "Du har ikke hatt denne pasienten åpen før" in news
    assert news.count('class="report-row"') == 1


def test_what_was_taken_lately_is_told_quietly_and_counted(ola, address):
    codes.load_seed()
    RepeatInterval.objects.create(
        system=codes.NLK,
        code="NPU19763",
        days=21,
        source="Laboratoriets råd",
        valid_from=datetime.date(2020, 1, 1),
        decided_by="Fagrådet",
        reason="Vedtatt",
    )
    codes.forget()

    closed = page_of(ola.get(address))
    opened = page_of(ola.get(f"{address}?nylig=1"))

    assert "Tatt nylig" in closed
    assert "Laboratoriets råd" not in closed
    assert "Laboratoriets råd" in opened
    rows = RepeatAdvice.objects.values_list("shown", "opened")
    assert [sum(column) for column in zip(*rows, strict=True)] == [1, 1]


def test_the_page_says_who_sends_and_who_has_fallen_silent(ola, address):
    nordlab = cast.a_laboratory_that_may_send() and Organization.objects.get(
        her_id=cast.NORDLAB.organization.her_id
    )
    Alarm.objects.create(
        kind=AlarmKind.SILENCE, key=str(nordlab.pk), organization=nordlab, text="-"
    )
    coverage.forget()

    page = page_of(ola.get(address))

    assert f"siden {timezone.localdate():%d.%m.%Y}" in page
    assert "har ikke sendt noe siden" in page
    assert "Svar derfra kan mangle" in page


def test_of_very_many_reports_the_newest_are_read_and_the_page_says_so(
    ola, address, monkeypatch
):
    monkeypatch.setattr(selection, "READ_AT_FIRST", 1)

    page = page_of(ola.get(address))
    logged = AccessLogEntry.objects.latest("at").report_count
    whole = page_of(ola.get(f"{address}?alt=1"))
    searched = page_of(ola.get(f"{address}?sok=ferritin"))

    assert values_in(page) == ["11,0"]
    assert "De 1 nyeste av 2 svarrapporter er med i tabellen" in page
    assert 'href="?alt=1&amp;side=2"' in page
    assert logged == 1
    assert values_in(whole) == values_in(searched) == ["11,0", "31,0"]
    assert "svarrapporter er med" not in whole


def test_a_long_list_is_a_page_at_a_time(ola, address, monkeypatch):
    monkeypatch.setattr(presenters, "LINES_ON_A_PAGE", 1)

    first = page_of(ola.get(f"{address}svar/"))
    last = page_of(ola.get(f"{address}svar/?side=9"))

    assert "2 svarrapporter, nyeste prøve først" in first
    assert first.count('class="report-row"') == last.count('class="report-row"') == 1
    assert 'rel="next" href="?side=2"' in first
    assert 'rel="prev" href="?side=1"' in last


def test_a_test_leads_to_its_own_course_over_time(ola, address):
    page = page_of(ola.get(address))
    course = re.search(r'href="(over-tid/\?rad=[^"]+)"', page)[1]

    answer = ola.get(address + course.replace("&amp;", "&"))

    assert answer.status_code == 200
    assert "P-Ferritin" in page_of(answer)
