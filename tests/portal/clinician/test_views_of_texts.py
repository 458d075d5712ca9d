"""Ola reads Kari's cultures, searches her texts, and is told what nothing means."""

import pytest

from tests import cast
from tests.builders import a_message, a_susceptibility, a_text
from tests.portal.visiting import CLINICIAN, a_visitor, has_arrived, state_need

pytestmark = pytest.mark.django_db
VIEWS = ("over-tid/", "mikrobiologi/", "patologi/", "bilder/", "sok/")


@pytest.fixture
def kari_open():
    """Ola, and where Kari's pages are."""
    ola = a_visitor(cast.OLA)
    return ola, state_need(ola, cast.KARI)["Location"]


def test_what_grew_and_what_bites_on_it_stand_on_one_page(kari_open):
    sent = [a_text("Escherichia coli"), a_susceptibility("Trimetoprim", "R")]
    has_arrived(a_message(type_code="MBIO", results=sent))
    ola, address = kari_open

    page = ola.get(f"{address}mikrobiologi/").content.decode()

    assert "Escherichia coli" in page
    assert "Trimetoprim" in page
    assert "Resistent" in page
    assert "ingen resultater ennå" not in page


def test_words_are_posted_found_and_marked(kari_open):
    has_arrived(a_message(results=[a_text("Liten knute i <b>lungen</b>")]))
    ola, address = kari_open

    page = ola.client.post(
        f"{address}sok/", {"words": "knuter lunge"}, headers={"host": CLINICIAN}
    ).content.decode()

    assert "<mark>knute</mark>" in page
    assert "<mark>lungen</mark>" in page
    assert "<b>lungen" not in page


def test_a_search_for_nothing_is_a_fault_with_words(kari_open):
    ola, address = kari_open

    answer = ola.client.post(f"{address}sok/", {}, headers={"host": CLINICIAN})

    assert answer.status_code == 422
    assert "Skriv minst ett ord" in answer.content.decode()


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_never_looks_like_health(view, kari_open):
    ola, address = kari_open

    page = ola.get(f"{address}{view}").content.decode()

    assert "betyr ikke" in page
