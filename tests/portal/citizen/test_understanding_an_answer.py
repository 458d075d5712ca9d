"""An answer explained: everyday names, what a test is, and difficult words."""

import pytest
from django.utils.html import strip_tags

from access.release import DecisionKind
from portal.demo.explanations import load_explanations
from results import codes
from results.models import DiagnosticReport
from tests import cast
from tests.builders import a_message, a_number, a_text
from tests.portal.releasing import ola_decides
from tests.portal.visiting import a_visitor, has_arrived

pytestmark = pytest.mark.django_db

FERRITIN = "Ferritin viser hvor mye jern kroppen har på lager."
FINDINGS = "Rift i bakre horn av mediale menisk.\nMenisk for øvrig hel <b>. Cyste."


@pytest.fixture
def kari():
    codes.load_seed()
    load_explanations()
    return a_visitor(cast.KARI)


def opened(visitor, *results, **fields) -> str:
    has_arrived(a_message(results=list(results), **fields))
    if fields.get("type_code") == "MR":
        ola_decides(DecisionKind.RELEASED)
    address = f"/innbygger/svar/{DiagnosticReport.objects.get().pk}/?les=ja"
    answer = visitor.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def ferritin(**fields):
    return a_number("NPU19763", "11", name="P-Ferritin", unit="µg/L", **fields)


def test_a_test_has_its_everyday_name_beside_the_laboratorys(kari):
    page = opened(kari, ferritin(deviation="2"))

    assert "<h3>Jernlager</h3>" in page
    assert "P-Ferritin" in page
    assert ">Jernlager</a>" in page


def test_what_a_test_is_stands_with_it_with_its_source_and_who_vouches(kari):
    page = opened(kari, ferritin())

    assert FERRITIN in page
    assert "Kilde: Skrevet for demonstrasjonen." in page
    assert "<strong>Ikke gjennomgått av fagperson.</strong>" in page


def test_a_real_citizen_never_meets_what_nobody_has_vouched_for(kari, settings):
    settings.IS_DEMONSTRATION = False

    page = opened(kari, ferritin())

    assert FERRITIN not in page
    assert "Hva er dette?" not in page


def test_what_is_outside_is_explained_without_a_click(kari):
    assert '<details class="more" open>' in opened(kari, ferritin(deviation="2"))


def test_what_is_within_is_explained_on_a_click(kari):
    page = opened(kari, ferritin(reference="5 - 240"))

    assert '<details class="more" >' in page


def test_difficult_words_are_explained_once_and_the_text_stands_as_written(kari):
    text = a_text(FINDINGS, heading="FU", code="X", name="Beskrivelse")

    page = opened(kari, text, type_code="MR")

    assert page.count('class="word"') == 3
    assert 'href="#ord-1-1">mediale</a>' in page
    assert "Bruskskive i kneleddet." in page
    assert 'id="ord-1-1"' in page
    assert 'id="ord-1-1-her"' in page
    written = page.split('as-written" lang="nb">')[1].split("</div>")[0]
    assert strip_tags(written).replace("&lt;b&gt;", "<b>") == FINDINGS


def test_words_in_a_blood_test_are_left_alone(kari):
    text = a_text(FINDINGS, heading="FU", code="X", name="Kommentar")

    assert 'class="word"' not in opened(kari, text)


@pytest.mark.parametrize(
    ("sent", "said"), [("Negativ", "Ikke påvist"), ("POS", "Påvist")]
)
def test_positive_is_said_as_found(kari, sent, said):
    page = opened(kari, a_text(sent, heading="LR"), type_code="MBIO")

    assert sent in page
    assert f"<strong>{said}</strong>" in page


def test_a_blood_group_is_neither_found_nor_not(kari):
    page = opened(kari, a_text("Positiv", heading="LR", name="RhD"), type_code="IMTR")

    assert "Det betyr:" not in page
