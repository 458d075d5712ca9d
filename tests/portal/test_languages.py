"""Kari reads English, Ola chose a language his pages are not in; nothing is mixed."""

import datetime
import re

import pytest
from django.conf import settings
from django.utils.translation import override

from deploy.translations import texts_to_translate
from portal import languages
from portal.charts import number_line, read_interval
from portal.languages import day_in_digits
from portal.presenting.dates import clock, day_in_words
from portal.presenting.values import as_decimal, present_number, present_range
from results.models import DiagnosticReport
from tests import cast
from tests.builders import a_message, a_number
from tests.portal.test_translations import Literals
from tests.portal.visiting import CLINICIAN, a_visitor, has_arrived, somebody

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 5, 17)
LATE = datetime.datetime(2026, 5, 17, 22, 5, tzinfo=datetime.UTC)
PAGES = ("", "svar/{report}/", "sperre/", "hvem-har-sett/", "hvem-har-sett/sporsmal/")


@pytest.fixture(autouse=True)
def the_language_of_the_next_test():
    """A request leaves its language behind in the thread."""
    with override("nb"):
        yield


def speaks(client, code: str):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = code
    return client


def head_of(page: str) -> str:
    return " ".join(re.search(r"<html[^>]*>", page)[0].split())


@pytest.fixture
def kari():
    ferritin = a_number("NPU19763", "11.0", name="P-Ferritin", reference="18 - 240")
    has_arrived(a_message(results=[ferritin]))
    return a_visitor(cast.KARI)


class Said(Literals):
    """What stands in the page's own language: nothing inside another `lang`."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[bool] = []

    def handle_starttag(self, tag, attrs):
        if tag in {"input", "meta", "link", "img", "br", "hr", "path", "use"}:
            return
        super().handle_starttag(tag, attrs)
        self.inside.append(dict(attrs).get("lang") not in (None, "en"))

    def handle_endtag(self, tag):
        if self.inside and tag not in {"path", "use"}:
            self.inside.pop()

    def handle_data(self, data):
        if not any(self.inside):
            super().handle_data(data)


def said_in(page: str) -> set[str]:
    parser = Said()
    parser.feed(page)
    return {" ".join(text.split()) for text in parser.found}


def test_what_stands_in_another_language_is_told_apart():
    page = '<p>Ja <br><input></p><p lang="nb">Nei <b>og</b></p><i title="Hei">!</i>'

    assert said_in(page) == {"Ja", "Hei"}


class TestEnglish:
    @pytest.mark.parametrize("page", PAGES)
    def test_every_page_is_english_and_no_norwegian_sentence_is_left(self, page, kari):
        speaks(kari.client, "en")
        path = page.format(report=DiagnosticReport.objects.get().pk)

        shown = kari.get(f"/innbygger/{path}").content.decode()

        assert 'lang="en" dir="ltr"' in head_of(shown)
        same = {"HelseID", "ID-porten", "Person"}
        norwegian = {
            text
            for _path, _line, text, *_rest in texts_to_translate()
            if isinstance(text, str)
        }
        assert said_in(shown) & (norwegian - same) == set()

    def test_it_is_chosen_in_the_menu_and_kept(self, kari):
        answer = kari.post("/sprak/", {"language": "en", "next": "/innbygger/"})

        assert answer.status_code == 302
        assert "My answers" in kari.get("/innbygger/").content.decode()

    def test_numbers_and_dates_are_as_in_english(self, kari):
        speaks(kari.client, "en")
        report = DiagnosticReport.objects.get().pk

        shown = kari.get(f"/innbygger/svar/{report}/").content.decode()

        assert "11.0" in shown
        assert "11,0" not in shown

    def test_what_the_laboratory_wrote_is_marked_as_norwegian(self, kari):
        speaks(kari.client, "en")
        report = DiagnosticReport.objects.get().pk

        shown = kari.get(f"/innbygger/svar/{report}/").content.decode()

        assert re.search(r'lang="nb"[^>]*>\s*P-Ferritin', shown)


class TestWhereItIsNotAllThere:
    def test_a_page_for_personnel_is_norwegian_as_a_whole_and_says_so(self):
        ola = a_visitor(cast.OLA)
        speaks(ola.client, "en")

        shown = ola.get("/helsepersonell/").content.decode()

        assert 'lang="nb"' in head_of(shown)
        assert 'finnes ikke på <span lang="en">English</span>' in shown
        assert "Log out" not in shown

    def test_a_language_nobody_has_vouched_for_is_marked(self, kari):
        speaks(kari.client, "se")

        shown = kari.get("/innbygger/").content.decode()

        assert 'lang="nb"' in head_of(shown)
        assert '<span lang="se">Davvisámegiella</span>' in shown
        assert "Mine svar" in shown

    @pytest.mark.parametrize("code", ["xx", "", "en-US", "../nb"])
    def test_a_language_that_is_not_is_bokmaal(self, code, kari):
        speaks(kari.client, code)

        assert 'lang="nb"' in head_of(kari.get("/innbygger/").content.decode())


@pytest.mark.parametrize(
    ("wished", "shown"),
    [("nn,nb;q=0.8", "nn"), ("en-US,en;q=0.9", "nb"), ("se", "nb"), ("no", "nb")],
)
def test_a_browser_chooses_between_forms_of_norwegian_alone(wished, shown):
    page = somebody(CLINICIAN).get("/innlogging/", headers={"accept-language": wished})

    assert f'lang="{shown}"' in head_of(page.content.decode())


def test_a_language_from_right_to_left_is_a_row_and_no_code(kari, monkeypatch):
    row = {"name": "العربية", "translates": "citizen", "complete": True, "rtl": True}
    arabic = languages.read_languages({"ar": row})
    monkeypatch.setitem(languages.LANGUAGES, "ar", arabic["ar"])
    speaks(kari.client, "ar")

    shown = kari.get("/innbygger/").content.decode()

    assert 'lang="ar" dir="rtl"' in head_of(shown)


class TestWritten:
    @pytest.mark.parametrize(
        ("language", "digits", "words", "time", "number", "limits"),
        [
            ("nb", "17.05.2026", "17. mai 2026", "kl. 00.05", "4,10", "3,5–4,4"),
            ("nn", "17.05.2026", "17. mai 2026", "kl. 00.05", "4,10", "3,5–4,4"),
            ("en", "17/05/2026", "17 May 2026", "at 00:05", "4.10", "3.5–4.4"),
        ],
    )
    def test_days_times_and_numbers(
        self, language, digits, words, time, number, limits
    ):
        with override(language):
            assert day_in_digits(DAY) == digits
            assert day_in_words(DAY) == words
            assert clock(LATE) == time
            assert present_number("4.10") == present_number("4,10") == number
            assert present_range("3.5 - 4.4") == present_range("3,5-4,4") == limits

    def test_of_a_moment_the_day_is_that_in_norway(self):
        assert day_in_words(LATE) == "18. mai 2026"

    def test_the_number_line_speaks_the_same_language(self):
        interval = read_interval("3.5-4.4")
        with override("en"):
            drawn = number_line(
                as_decimal("4.1"), interval, label="", value_text="4.1", tone="own"
            )

        assert "3.5" in drawn
        assert "3,5" not in drawn


def test_scopes_lie_within_each_other():
    assert languages.SCOPES == ("control", "citizen", "all")
    assert languages.scope_of("citizen:limits") == "control"
    assert languages.scope_of("citizen:report") == "citizen"
    assert languages.scope_of("accounts:login") == "citizen"
    assert languages.scope_of("clinician:search") == "all"
    assert set(languages.files_of("control")) < set(languages.files_of("citizen"))
