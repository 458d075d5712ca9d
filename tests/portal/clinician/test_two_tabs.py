"""Two tabs with two patients: the address says whose, and only the last is open."""

import uuid

import pytest

from portal.demo.generator.drafts import Message
from portal.demo.generator.writer import write
from tests import cast
from tests.builders import NOON, a_message, a_number, a_report
from tests.portal.visiting import a_visitor, has_arrived, state_need

pytestmark = pytest.mark.django_db


@pytest.fixture
def ola():
    ferritin = a_number("NPU19763", "11.0", name="P-Ferritin")
    has_arrived(a_message(results=[ferritin]))
    crp = a_number("NPU19748", "4.0", name="P-CRP")
    about_per = a_report(id="NL-2", about=cast.PER, results=[crp])
    has_arrived(write(Message(str(uuid.uuid4()), NOON, about_per)))
    return a_visitor(cast.OLA)


def test_opening_per_ends_kari_and_her_tab_says_so_in_words(ola):
    kari = state_need(ola, cast.KARI)["Location"]
    per = state_need(ola, cast.PER)["Location"]

    refused, opened = ola.get(f"{kari}svar/"), ola.get(f"{per}svar/")

    assert refused.status_code == 403
    assert [
        w for w in ("Kari", "PRØVE", "Ferritin", "Per") if w in words(refused)
    ] == []
    assert "bare for én pasient om gangen" in words(refused)
    assert opened.status_code == 200
    assert "CRP" in words(opened)


def test_whose_it_is_stands_in_the_address_and_not_in_the_session(ola):
    """Going back and forth shows each under their own name, after a need for each."""
    kari = state_need(ola, cast.KARI)["Location"]
    per = state_need(ola, cast.PER)["Location"]
    state_need(ola, cast.KARI)

    assert "Ferritin" in words(ola.get(f"{kari}svar/"))
    assert ola.get(f"{per}svar/").status_code == 403
    assert kari != per


def test_a_report_of_one_is_not_found_under_the_other(ola):
    kari = state_need(ola, cast.KARI)["Location"]
    page = words(ola.get(f"{kari}svar/"))
    report = page.split(f"{kari}svar/")[-1].split("/")[0]
    per = state_need(ola, cast.PER)["Location"]

    for what in ("", "pdf/", "tekst/"):
        answer = ola.get(f"{per}svar/{report}/{what}")
        assert answer.status_code == 403
        assert "Ferritin" not in words(answer)


def test_the_browser_forgets_who_was_open_before(ola):
    state_need(ola, cast.KARI)

    answer = state_need(ola, cast.PER)

    assert answer["Clear-Site-Data"] == '"cache"'


def words(answer) -> str:
    return answer.content.decode()
