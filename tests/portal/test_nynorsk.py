"""Kari reads nynorsk: every word follows the reader, not the start of the process."""

import re

import pytest
from django.utils.translation import override
from rest_framework.exceptions import NotFound

from access.authentication import Refusal
from access.roles import role_name
from access.terms import AccessBasis, Action, PurposeOfUse, Reason
from portal.accounts.sentences import explain
from portal.api.errors import handle
from portal.clinician.forms import SearchForm
from portal.presenting.refusals import present_refusal
from results.identity import NumberFault
from results.vocabulary import Discipline, Interpretation, ReportStatus
from tests.builders import a_message, a_number
from tests.cast import KARI
from tests.portal.visiting import a_visitor, has_arrived

CONSENTS = "Pasienten samtykkjer"
WRITTEN = "Prøven ble ikke tatt fastende, og kan være noe for høy."


@pytest.fixture(autouse=True)
def the_language_of_the_next_test():
    """A request leaves its language behind in the thread."""
    with override("nb"):
        yield


def wrong_number() -> str:
    form = SearchForm({"number": "0"})
    form.add_number_fault(NumberFault.TEST_NUMBER)
    return form.errors["number"][0]


@pytest.mark.parametrize(
    ("said", "in_nynorsk"),
    [
        (lambda: role_name("SP"), "Sjukepleiar"),
        (lambda: AccessBasis.EMERGENCY.label, "Augeblikkeleg hjelp"),
        (lambda: PurposeOfUse.BTG.label, "Naudtilgang"),
        (lambda: Action.OPEN_REPORT.label, "Las eit svar"),
        (lambda: Discipline.OTHER.label, "Anna"),
        (lambda: ReportStatus.PRELIMINARY.label, "Førebels"),
        (lambda: Interpretation.ABNORMAL.label, "Utanfor referanseområdet"),
        (lambda: present_refusal(Reason.GRANT_EXPIRED).title, "Tilgangen har gått ut"),
        (lambda: explain(Refusal.CANCELLED).text, "Innlogginga vart avbroten."),
        (lambda: SearchForm().fields["purpose"].label, "Føremål"),
        (lambda: dict(SearchForm().fields["basis"].choices)["SAMTYKKE"], CONSENTS),
        (wrong_number, "Testnummer kan ikkje brukast her."),
        (lambda: handle(NotFound(), {}).data["message"], "Det finst ikkje noko her."),
    ],
    ids=lambda value: value if isinstance(value, str) else "said",
)
def test_a_word_follows_the_reader(said, in_nynorsk):
    in_bokmaal = str(said())

    with override("nn"):
        assert str(said()) == in_nynorsk
    assert str(said()) == in_bokmaal != in_nynorsk


def test_a_role_without_words_is_shown_by_its_code():
    with override("nn"):
        assert role_name("XX") == "XX"


@pytest.fixture
def kari():
    """Kari, signed in; Nordlab has answered with a comment of its own."""
    visitor = a_visitor(KARI)
    has_arrived(a_message(results=[a_number(comment=WRITTEN)]))
    return visitor


def choose(visitor, language):
    form = {"language": language, "next": "/innbygger/"}
    answer = visitor.post("/sprak/", form)
    assert (answer.status_code, answer["Location"]) == (302, "/innbygger/")


def page_of(visitor, path="/innbygger/") -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def the_report(visitor) -> str:
    link = re.search(r'href="(/innbygger/[^"]*[0-9a-f-]{36}/)"', page_of(visitor))
    return page_of(visitor, link[1])


@pytest.mark.django_db
def test_a_language_that_is_not_offered_changes_nothing(kari):
    choose(kari, "se")

    assert '<html lang="nb"' in page_of(kari)


@pytest.mark.django_db
def test_kari_chooses_nynorsk_and_the_pages_follow(kari):
    assert "Finner du ikke svaret ditt?" in page_of(kari)

    choose(kari, "nn")

    page = page_of(kari)
    assert '<html lang="nn"' in page
    assert "Finn du ikkje svaret ditt?" in page
    assert "Finner du ikke" not in page
    assert "Kven har sett svara mine" in page_of(kari, "/innbygger/hvem-har-sett/")


@pytest.mark.django_db
def test_the_laboratorys_words_stay_as_sent_and_say_their_language(kari):
    choose(kari, "nn")

    page = the_report(kari)
    assert "Kommentar frå laboratoriet" in page
    assert re.search(rf'lang="nb"[^>]*>{WRITTEN}<', page)
