"""Kari reserves herself on her own pages: told first, asked, done, and told again."""

import pytest

from access.models import AccessLogEntry, DigitalOptOut
from results.models import DiagnosticReport, OptOut
from tests import cast
from tests.builders import a_message
from tests.portal.visiting import CITIZEN, a_visitor, has_arrived, somebody, state_need

pytestmark = pytest.mark.django_db

PAGE = "/innbygger/reservasjon/"
STORING = "/innbygger/reservasjon/lagring/"
REGRET = "/innbygger/reservasjon/lagring/opphev/"
DIGITAL = "/innbygger/reservasjon/nett/"
SURE = {"understood": "on"}


@pytest.fixture
def kari():
    has_arrived(a_message())
    return a_visitor(cast.KARI)


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


class TestWhoMay:
    @pytest.mark.parametrize("path", [STORING, REGRET, DIGITAL])
    def test_nobody_who_has_not_signed_in(self, path, kari):
        assert somebody(CITIZEN).post(path, SURE).status_code == 302
        assert DiagnosticReport.objects.exists()

    @pytest.mark.parametrize("path", [PAGE, STORING, REGRET, DIGITAL])
    @pytest.mark.parametrize("persona", [cast.OLA, cast.SIRI])
    def test_no_personnel(self, persona, path, kari):
        client = a_visitor(persona).client
        answer = client.post(path, SURE, headers={"host": CITIZEN})

        assert answer.status_code in (403, 405)
        assert DiagnosticReport.objects.exists()
        assert not OptOut.objects.exists()

    def test_per_reserves_himself_and_not_kari(self, kari):
        a_visitor(cast.PER).post(STORING, SURE)

        assert DiagnosticReport.objects.exists()
        owner = cast.the_viewer(cast.PER).patient_id
        assert OptOut.objects.get().patient_id == owner

    def test_not_at_a_lower_level(self, kari):
        answer = a_visitor(cast.KARI, security_level=3).post(STORING, SURE)

        assert answer.status_code == 403
        assert DiagnosticReport.objects.exists()


class TestStoring:
    def test_what_it_erases_and_that_regret_brings_nothing_back_is_said_first(
        self, kari
    ):
        text = text_of(kari.get(STORING))

        assert "slettes for godt" in text
        assert "De slettede svarene kommer ikke tilbake" in text
        assert DiagnosticReport.objects.exists()

    def test_nothing_happens_before_she_has_said_that_she_understands(self, kari):
        answer = kari.post(STORING)

        assert answer.status_code == 422
        assert "Kryss av for at du forstår dette" in text_of(answer)
        assert DiagnosticReport.objects.exists()

    def test_it_is_done_and_said_and_logged(self, kari):
        answer = kari.post(STORING, SURE)

        assert (answer.status_code, answer["Location"]) == (302, PAGE)
        assert answer["Clear-Site-Data"] == '"cache"'
        assert not DiagnosticReport.objects.exists()
        assert "Ingen svar lagres her" in text_of(kari.get(PAGE))
        log = text_of(kari.get("/innbygger/hvem-har-sett/"))
        assert "Reserverte seg mot lagring" in log

    def test_the_doctor_is_told_that_she_has_reserved_herself(self, kari):
        kari.post(STORING, SURE)
        ola = a_visitor(cast.OLA)

        page = ola.get(state_need(ola, cast.KARI)["Location"])

        assert "Pasienten har reservert seg" in text_of(page)

    def test_regret_is_of_what_comes_from_now_and_says_so_first(self, kari):
        kari.post(STORING, SURE)

        assert "De slettede svarene kommer ikke tilbake" in text_of(kari.get(REGRET))
        assert OptOut.objects.get().valid_to is None
        kari.post(REGRET)
        assert OptOut.objects.get().valid_to
        assert "Reserver deg mot lagring" in text_of(kari.get(PAGE))


class TestDigital:
    def test_how_to_open_again_is_said_before_and_after(self, kari):
        assert "brukerstøtte" in text_of(kari.get(DIGITAL))
        assert not DigitalOptOut.objects.exists()

        assert "brukerstøtte" in text_of(kari.post(DIGITAL))
        assert DigitalOptOut.objects.get().set_by_name == cast.KARI.name

    def test_afterwards_every_page_of_hers_is_closed(self, kari):
        kari.post(DIGITAL)

        for path in ("/innbygger/", PAGE, "/innbygger/hvem-har-sett/", STORING):
            answer = kari.get(path)
            assert answer.status_code == 403
            assert "Tilgangen på nett er stengt" in text_of(answer)
        assert not AccessLogEntry.objects.order_by("-at", "-id")[0].is_permitted
