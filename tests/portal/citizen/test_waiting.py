"""What a citizen reads of an answer that is not shown: in the list, and by itself."""

import datetime
import re

import pytest

from access.release import Confidentiality, DecisionKind
from tests import cast
from tests.builders import a_message, a_text
from tests.portal.releasing import ola_decides
from tests.portal.visiting import a_visitor, has_arrived

pytestmark = pytest.mark.django_db

LIST = "/innbygger/"
SECRET = "Karsinom"


@pytest.fixture
def kari():
    has_arrived(a_message(type_code="PAT", results=[a_text(SECRET, code="")]))
    return a_visitor(cast.KARI)


@pytest.fixture
def address(kari):
    return re.search(r'href="(/innbygger/svar/[^"]*)"', page_of(kari.get(LIST)))[1]


def page_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_the_list_says_that_it_waits_for_whom_and_not_what(kari):
    page = page_of(kari.get(LIST))

    assert "Svar som ikke vises ennå" in page
    assert "skal vurdere svaret før det vises her." in page
    assert "Ola Lind" in page
    assert "Patologi" in page
    assert SECRET not in page
    assert "0 svar" in page


def test_its_page_says_what_happens_next_and_no_word_of_it(kari, address):
    answer = kari.get(address)

    assert answer.status_code == 403
    page = page_of(answer)
    assert "Svaret venter på å bli vurdert" in page
    assert "skal vurdere svaret før det vises her" in page
    assert SECRET not in page


def test_released_it_is_read_with_the_comment_on_top(kari, address):
    ola_decides(DecisionKind.RELEASED, comment="Vi tar det på onsdag.")

    page = page_of(kari.get(f"{address}?les=ja"))

    assert SECRET in page
    assert page.index("Vi tar det på onsdag.") < page.index(SECRET)
    assert "Svar som ikke vises ennå" not in page_of(kari.get(LIST))


def test_delayed_it_says_from_when_and_why_in_the_doctors_words(kari, address):
    until = datetime.datetime(2199, 6, 1, 7, tzinfo=datetime.UTC)
    ola_decides(DecisionKind.DELAYED, until=until, comment="Vi snakkes mandag.")

    page = page_of(kari.get(address))

    assert "Svaret vises fra 1. juni 2199 kl. 09.00." in page
    assert "Vi snakkes mandag." in page
    assert SECRET not in page


def test_refused_it_says_by_whom_why_in_law_and_how_to_complain(kari, address):
    ola_decides(
        DecisionKind.WITHHELD,
        code=Confidentiality.DANGER_TO_LIFE,
        reasons="Hemmelig begrunnelse",
        review_date=datetime.date(2199, 6, 1),
    )

    page = page_of(kari.get(address))

    assert "Du er nektet innsyn i dette svaret" in page
    assert "Bestemt av: Ola Lind, Lillevik legesenter" in page
    assert "pasient- og brukerrettighetsloven § 5-1" in page
    assert "Klag til statsforvalteren" in page
    assert "innsyn på papir" in page
    assert "senest 1. juni 2199" in page
    assert SECRET not in page
    assert "Hemmelig begrunnelse" not in page


def test_anothers_waiting_answer_is_as_one_that_is_not(kari, address):
    per = a_visitor(cast.PER)
    nobodys = "/innbygger/svar/00000000-0000-0000-0000-000000000001/"

    theirs, none = per.get(address), per.get(nobodys)

    assert theirs.status_code == none.status_code == 403
    assert page_of(theirs).split("<main")[1] == page_of(none).split("<main")[1]


def test_a_long_answer_waits_with_as_short_a_page_as_a_short_one(kari, address):
    """Nothing of what it says is told by how much it says."""
    short = page_of(kari.get(address))
    has_arrived(
        a_message(
            id="11111111-7a52-4c0e-9a51-1f6d7f1c2a01",
            type_code="PAT",
            generated_at=datetime.datetime(2026, 3, 3, 12, 5),
            results=[a_text(SECRET * 200, code="")] * 20,
        )
    )

    def main(page):
        return page.split("<main")[1].split("</main>")[0]

    assert main(page_of(kari.get(address))) == main(short)
