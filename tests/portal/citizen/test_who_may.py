"""Who may read as a citizen: one's own and nobody else's, whoever one is."""

import pytest

from access.models import AccessLogEntry
from results.models import DiagnosticReport
from tests import cast
from tests.builders import a_message, a_number
from tests.portal.visiting import CITIZEN, a_visitor, has_arrived, somebody

pytestmark = pytest.mark.django_db

PAGES = {
    "list": "/innbygger/",
    "tests": "/innbygger/analyser/",
    "images": "/innbygger/bilder-og-vev/",
    "report": "/innbygger/svar/{report}/",
    "log": "/innbygger/hvem-har-sett/",
}
PERSONNEL = [cast.OLA, cast.INGRID, cast.MONA, cast.ARNE, cast.HEGE, cast.SIRI]
OTHERS = [cast.JONAS, cast.NORA, cast.PER]
GROWN = [cast.JONAS, cast.PER]
CLINICAL = ("Ferritin", "11,0", "18–240", "Nordlab", "Kari")


def keys(personas):
    return [persona.key for persona in personas]


@pytest.fixture
def address():
    """Where each page is, after Nordlab has reported on Kari's ferritin."""
    ferritin = a_number("NPU19763", "11.0", name="P-Ferritin", reference="18 - 240")
    has_arrived(a_message(results=[ferritin]))
    report = DiagnosticReport.objects.get().pk
    return lambda page: PAGES[page].format(report=report)


def look(client, path: str):
    """The answer, and what the look left in the log."""
    before = AccessLogEntry.objects.count()
    answer = client.get(path, headers={"host": CITIZEN})
    return answer, list(AccessLogEntry.objects.order_by("at", "id"))[before:]


def words_of_kari_in(answer) -> list[str]:
    return [word for word in CLINICAL if word in answer.content.decode()]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("persona", PERSONNEL, ids=keys(PERSONNEL))
def test_personnel_read_nothing_here_not_even_of_themselves(persona, page, address):
    answer, entries = look(a_visitor(persona).client, address(page))

    assert answer.status_code == 403
    assert words_of_kari_in(answer) == []
    assert [e.is_permitted for e in entries] == [False]


@pytest.mark.parametrize("persona", OTHERS, ids=keys(OTHERS))
def test_another_citizen_is_refused_karis_answer(persona, address):
    """Also her daughter, and also as if the answer were not there."""
    answer, entries = look(a_visitor(persona).client, address("report"))

    assert answer.status_code == 403
    assert words_of_kari_in(answer) == []
    assert [(e.is_permitted, e.report_ids) for e in entries] == [(False, [])]


@pytest.mark.parametrize("page", ["list", "tests", "images", "log"])
@pytest.mark.parametrize("persona", GROWN, ids=keys(GROWN))
def test_another_citizen_sees_their_own_pages_without_kari(persona, page, address):
    answer, entries = look(a_visitor(persona).client, address(page))

    assert answer.status_code == 200
    assert words_of_kari_in(answer) == []
    own = cast.the_viewer(persona).patient_id
    assert [(e.is_permitted, e.patient_id) for e in entries] == [(True, own)]


@pytest.mark.parametrize(("page", "status"), [("list", 403), ("log", 200)])
def test_nora_is_fourteen_and_sees_who_looked_but_no_answers(page, status, address):
    answer, entries = look(a_visitor(cast.NORA).client, address(page))

    assert answer.status_code == status
    assert [e.is_permitted for e in entries] == [status == 200]


@pytest.mark.parametrize("page", PAGES)
def test_below_the_highest_level_even_kari_is_refused(page, address):
    answer, entries = look(a_visitor(cast.KARI, security_level=3).client, address(page))

    assert answer.status_code == 403
    assert [e.is_permitted for e in entries] == [False]


@pytest.mark.parametrize("page", PAGES)
def test_nobody_is_led_to_the_login_page_and_leaves_no_entry(page, address):
    answer, entries = look(somebody(CITIZEN), address(page))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/innlogging/")
    assert entries == []


@pytest.mark.parametrize(
    ("page", "word"),
    [("tests", "11,0"), ("list", "Nordlab"), ("report", "11,0"), ("log", "Deg selv")],
)
def test_kari_reads_her_own_and_each_look_is_one_entry(page, word, address):
    kari = a_visitor(cast.KARI)
    kari.get(address("list"))

    answer, entries = look(kari.client, address(page))

    assert answer.status_code == 200
    assert word in answer.content.decode()
    assert [(e.is_permitted, e.viewer_name) for e in entries] == [(True, "Kari Prøve")]


@pytest.mark.parametrize("persona", PERSONNEL, ids=keys(PERSONNEL))
def test_personnel_search_nothing_here(persona, address):
    client = a_visitor(persona).client
    address("list")

    answer = client.post(
        "/innbygger/sok/", {"ord": "ferritin"}, headers={"host": CITIZEN}
    )

    assert answer.status_code == 403
    assert words_of_kari_in(answer) == []


def test_another_citizen_searches_their_own_alone(address):
    address("list")

    answer = a_visitor(cast.PER).post("/innbygger/sok/", {"ord": "nordlab"})

    assert answer.status_code == 200
    assert "Ingen treff" in answer.content.decode()
