"""Kari asks who has looked; Ingrid, who follows up looks there, answers her."""

import html
import re
import uuid

import pytest

from access.models import AccessCase, AccessLogEntry
from tests import cast
from tests.access.following import a_controller
from tests.portal.visiting import a_visitor, state_need

pytestmark = pytest.mark.django_db

LOG = "/innbygger/hvem-har-sett/"
QUESTIONS = f"{LOG}sporsmal/"
CASES = "/helsepersonell/saker/"
CONCLUDED = {
    "outcome": "justified",
    "reasons": "Kari ringte samme dag.",
    "answer": "Du ringte oss, og Ola svarte deg.",
}


def page_of(answer) -> str:
    return html.unescape(" ".join(answer.content.decode().split()))


@pytest.fixture
def kari():
    """Ola has opened Kari; she finds the line."""
    state_need(a_visitor(cast.OLA), cast.KARI)
    return a_visitor(cast.KARI)


def address_to_ask_at(kari) -> str:
    return re.search(rf'href="({LOG}[0-9a-f-]+/sporsmal/)"', page_of(kari.get(LOG)))[1]


@pytest.fixture
def case(kari) -> AccessCase:
    kari.post(address_to_ask_at(kari), {"question": "Hvem er Ola Lind?"})
    return AccessCase.objects.get()


@pytest.fixture
def ingrid():
    a_controller(cast.INGRID)
    return a_visitor(cast.INGRID)


def test_per_asks_about_no_look_of_karis(kari):
    address = address_to_ask_at(kari)
    per = a_visitor(cast.PER)

    assert per.get(address).status_code == 404
    assert per.post(address, {"question": "Hvem?"}).status_code == 404
    assert not AccessCase.objects.exists()


def test_a_look_that_is_not_answers_as_anothers(kari):
    theirs = a_visitor(cast.PER).get(address_to_ask_at(kari))
    none = a_visitor(cast.PER).get(f"{LOG}{uuid.uuid4()}/sporsmal/")

    assert theirs.status_code == none.status_code == 404
    assert len(theirs.content) == len(none.content)


def test_ones_own_looks_have_nobody_to_ask(kari):
    kari.get("/innbygger/")
    own = AccessLogEntry.objects.filter(is_own=True).first()

    assert str(own.id) not in page_of(kari.get(LOG))
    assert kari.get(f"{LOG}{own.id}/sporsmal/").status_code == 404


def test_a_question_without_words_is_sent_back(kari):
    answer = kari.post(address_to_ask_at(kari), {"question": " "})

    assert answer.status_code == 422
    assert "Skriv hva du vil vite." in page_of(answer)


def test_she_sees_what_she_asks_about(kari):
    page = page_of(kari.get(address_to_ask_at(kari)))

    assert "Ola Lind" in page
    assert "Lege, Lillevik legesenter" in page
    assert "Åpnet pasienten" in page


def test_she_follows_her_question_until_it_is_answered(kari, case, ingrid):
    before = page_of(kari.get(QUESTIONS))
    ingrid.post(f"{CASES}{case.id}/", CONCLUDED)
    after = page_of(kari.get(QUESTIONS))

    assert "Hvem er Ola Lind?" in before
    assert "Svar innen" in before
    assert "Oppslaget var i orden" in after
    assert CONCLUDED["answer"] in after
    assert CONCLUDED["reasons"] not in after


def test_others_questions_are_not_shown(case):
    page = page_of(a_visitor(cast.PER).get(QUESTIONS))

    assert "Hvem er Ola Lind?" not in page
    assert "Du har ikke spurt om noen oppslag." in page


@pytest.mark.parametrize("who", [cast.OLA, cast.MONA], ids=["ola", "mona"])
def test_those_who_follow_up_for_nobody_find_no_cases(case, who):
    visitor = a_visitor(who)

    assert "Du følger ikke opp oppslag for noen" in page_of(visitor.get(CASES))
    assert visitor.get(f"{CASES}{case.id}/").status_code == 404
    assert visitor.post(f"{CASES}{case.id}/", CONCLUDED).status_code == 404
    case.refresh_from_db()
    assert case.closed_at is None


def test_ola_who_follows_up_too_does_not_conclude_about_himself(case):
    a_controller(cast.OLA)
    ola = a_visitor(cast.OLA)

    assert "Ingen saker." in page_of(ola.get(CASES))
    assert ola.post(f"{CASES}{case.id}/", CONCLUDED).status_code == 404


def test_ingrid_finds_the_case_and_the_looks(case, ingrid):
    listed = page_of(ingrid.get(CASES))
    read = page_of(ingrid.get(f"{CASES}{case.id}/"))

    assert "Spørsmål fra innbygger: Ola Lind" in listed
    assert "Kari" not in listed
    assert "Innbyggeren spør: Hvem er Ola Lind?" in read
    assert "Åpnet pasienten" in read
    assert cast.KARI.number not in read


def test_that_ingrid_read_it_is_told_to_kari(kari, case, ingrid):
    ingrid.get(f"{CASES}{case.id}/")

    assert "Gikk gjennom oppslag på vegne av virksomheten" in page_of(kari.get(LOG))


@pytest.mark.parametrize(
    ("left_out", "fault"),
    [("outcome", "Velg en konklusjon."), ("reasons", "Skriv en begrunnelse.")],
)
def test_a_conclusion_has_an_outcome_and_reasons(case, ingrid, left_out, fault):
    said = {k: v for k, v in CONCLUDED.items() if k != left_out}

    answer = ingrid.post(f"{CASES}{case.id}/", said)

    assert answer.status_code == 422
    assert fault in page_of(answer)


def test_a_case_that_is_concluded_has_no_form(case, ingrid):
    ingrid.post(f"{CASES}{case.id}/", CONCLUDED)

    page = page_of(ingrid.get(f"{CASES}{case.id}/"))

    assert "Avslutt saken" not in page
    assert CONCLUDED["reasons"] in page
    assert ingrid.post(f"{CASES}{case.id}/", CONCLUDED).status_code == 404
