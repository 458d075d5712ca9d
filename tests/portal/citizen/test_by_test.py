"""A citizen's answers by test, over time, and found with everyday words."""

import datetime
import re
import uuid

import pytest

from access.models import AccessLogEntry
from portal.demo.explanations import load_explanations
from portal.demo.generator.drafts import Message
from portal.demo.generator.writer import write
from results import codes
from tests import cast
from tests.builders import (
    NOON,
    a_message,
    a_number,
    a_report,
    a_specimen,
    a_text,
)
from tests.portal.visiting import a_visitor, has_arrived

pytestmark = pytest.mark.django_db

LIST, TESTS, SEARCH = "/innbygger/", "/innbygger/analyser/", "/innbygger/sok/"
FIRST = datetime.datetime(2024, 3, 4, 8, 0)


def has_ferritin(*values: str, sent_by=cast.NORDLAB, unit="µg/L", since=FIRST) -> None:
    """One report a value, a hundred days apart."""
    for place, value in enumerate(values):
        taken = since + datetime.timedelta(days=100 * place)
        result = a_number(
            "NPU19763", value, name="P-Ferritin", unit=unit, reference="18 - 240"
        )
        report = a_report(
            id=f"F-{taken:%Y%m%d%H}",
            sent_by=sent_by,
            specimens=[a_specimen(collected_at=taken)],
            results=[result],
        )
        has_arrived(write(Message(str(uuid.uuid4()), NOON, report)))


@pytest.fixture
def kari():
    codes.load_seed()
    return a_visitor(cast.KARI)


def page(answer) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def first_test(kari) -> str:
    return re.search(r'href="(/innbygger/analyser/[0-9a-f]+/)"', page(kari.get(TESTS)))[
        1
    ]


def test_another_citizen_gets_nothing_at_an_address_of_mine(kari):
    has_ferritin("11")
    per = a_visitor(cast.PER)

    answer = per.get(first_test(kari))

    assert answer.status_code == 403
    assert "Ferritin" not in answer.content.decode()
    assert AccessLogEntry.objects.latest("at").is_permitted is False


def test_an_address_tells_nobody_which_test_it_is(kari):
    has_ferritin("11")

    assert "19763" not in first_test(kari)


def test_a_search_leaves_no_word_in_an_address(kari):
    assert kari.get(f"{SEARCH}?ord=hiv").status_code == 405
    assert f'method="post" action="{SEARCH}"' in page(kari.get(LIST))


def test_each_test_has_one_line_with_its_newest_value_as_sent(kari):
    has_ferritin("31", "11.0")

    shown = page(kari.get(TESTS))

    assert shown.count(">Jernlager</a>") == 1
    assert "<strong>11,0</strong>" in shown
    assert "<strong>31</strong>" not in shown
    assert "Under referanseområdet" in shown
    assert "2 svar" in shown


def test_another_unit_is_another_line(kari):
    has_ferritin("31")
    has_ferritin("70", unit="nmol/L", since=FIRST + datetime.timedelta(days=9))

    assert page(kari.get(TESTS)).count(">Jernlager</a>") == 2


def test_over_time_there_is_a_curve_and_the_same_in_a_table(kari):
    has_ferritin("31", "23", "11")
    load_explanations()

    shown = page(kari.get(first_test(kari)))

    assert shown.count('class="point"') == 3
    assert shown.count('class="line"') == 1
    assert [v for v in ("11", "23", "31") if f"{v}&nbsp;µg/L" in shown] == [
        "11",
        "23",
        "31",
    ]
    assert "Ferritin viser hvor mye jern" in shown


def test_two_laboratories_have_each_its_mark_and_no_line_between(kari):
    has_ferritin("31", "23")
    has_ferritin("11", sent_by=cast.FJORDLAB, since=datetime.datetime(2025, 6, 1, 8))

    shown = page(kari.get(first_test(kari)))

    assert shown.count('class="line"') == 1
    assert shown.count('class="marker"') == 2
    assert "ikke bundet sammen" in shown


def test_one_value_is_no_curve(kari):
    has_ferritin("31")

    assert 'class="course"' not in page(kari.get(first_test(kari)))


@pytest.mark.parametrize("words", ["jernlager", "ferritin", "NPU19763", "P-FERR"])
def test_everyday_words_and_laboratory_names_find_the_same(kari, words):
    has_ferritin("31")

    shown = page(kari.post(SEARCH, {"ord": words}))

    assert ">Jernlager</a>" in shown
    assert f"Treff på «{words}»" in shown


def test_a_laboratorys_name_finds_its_answers(kari):
    has_ferritin("31")

    assert "Blodprøve" in page(kari.post(SEARCH, {"ord": "nordlab"}))


def test_what_is_not_there_says_so_and_what_to_try(kari):
    shown = page(kari.post(SEARCH, {"ord": "<b>enhjørning"}))

    assert "Ingen treff på «&lt;b&gt;enhjørning»" in shown
    assert "Prøv et annet ord" in shown


def test_no_word_leads_back_to_the_list(kari):
    assert kari.post(SEARCH, {"ord": "  "})["Location"] == LIST


def test_what_is_asked_about_first_is_in_no_list_of_values(kari):
    hiv = a_text("Ikke påvist", code="NPU19649", name="P-HIV-1+HIV-2")
    has_arrived(a_message(results=[hiv]))

    before = page(kari.get(TESTS))
    found = page(kari.post(SEARCH, {"ord": "hiv"}))
    report = re.search(r'href="(/innbygger/svar/[^"]*)"', before)[1]
    kari.get(f"{report}?les=ja")

    assert "Svar du ikke har åpnet" in before
    assert "Ikke påvist" not in before + found
    assert "Ikke påvist" in page(kari.get(TESTS))


def test_an_answer_has_what_its_tests_have_shown_before(kari):
    has_ferritin("31", "11")
    report = re.search(r'href="(/innbygger/svar/[^"]*)"', page(kari.get(LIST)))[1]

    shown = page(kari.get(report))

    assert "Jernlager over tid" in shown
    assert "31&nbsp;µg/L" in shown
    assert first_test(kari) in shown


def test_images_and_tissue_have_a_list_of_their_own(kari):
    has_ferritin("31")

    shown = page(kari.get("/innbygger/bilder-og-vev/"))

    assert "Ingen bilder eller vevsprøver her ennå" in shown
    assert 'aria-current="page">Bilder og vevsprøver' in shown


def test_nothing_measured_is_said_to_be_so(kari):
    assert "Ingen målte svar her ennå" in page(kari.get(TESTS))
