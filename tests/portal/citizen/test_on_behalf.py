"""Whose answers a page is about stands in its address; each look asks who may."""

import re
import uuid

import pytest

from access.models import AccessLogEntry
from access.representation import RepresentationBasis
from results.models import DiagnosticReport
from tests import cast
from tests.access.representing import key_of, represents
from tests.builders import a_message
from tests.portal.visiting import (
    CITIZEN,
    CLINICIAN,
    a_visitor,
    has_arrived,
    somebody,
)

pytestmark = pytest.mark.django_db

POWER = RepresentationBasis.POWER_OF_ATTORNEY
READS = (
    "",
    "analyser/",
    "bilder-og-vev/",
    "svar/{report}/",
    "svar/{report}/pdf/",
    "ta-med/pdf/",
)
# What an own page leads to, whoever it is asked for.
OWN = ("fullmakter/", "fullmakter/gi/", "hvem/", "hvem-har-sett/sporsmal/")
CHANGES = (
    ("sperre/svar/", {"scope": "all", "bekreftet": "1"}),
    ("sperre/person/", {"hpr_number": "9100011", "bekreftet": "1"}),
    ("reservasjon/lagring/", {"understood": "on"}),
)


@pytest.fixture
def pers():
    """Nordlab has reported on Per; gives where his pages are."""
    has_arrived(a_message(about=cast.PER))
    report = DiagnosticReport.objects.get().pk
    key = key_of(cast.PER)
    return lambda page: f"/for/{key}/innbygger/{page.format(report=report)}"


@pytest.fixture
def kari(pers):
    """With a power from Per."""
    represents(cast.KARI, cast.PER, POWER)
    return a_visitor(cast.KARI)


def seen(visitor, path):
    return visitor.client.get(path, headers={"host": CITIZEN})


def without(answer, key: str) -> str:
    """The page less what was asked for, and the form's own secret."""
    words = answer.content.decode().replace(key, "-")
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", words)


class TestWhoMay:
    @pytest.mark.parametrize("page", ["", "svar/{report}/"])
    def test_kari_reads_pers_and_the_page_says_whose(self, page, kari, pers):
        answer = seen(kari, pers(page))

        assert answer.status_code == 200
        words = answer.content.decode()
        assert "Du ser svarene til" in words
        assert "Per Nordmann" in words
        entry = AccessLogEntry.objects.latest("id")
        assert (entry.patient_id, entry.basis) == (key_of(cast.PER), "FULLMAKT")

    @pytest.mark.parametrize(
        "persona",
        [cast.JONAS, cast.NORA, cast.OLA],
        ids=["stranger", "youth", "doctor"],
    )
    @pytest.mark.parametrize("page", READS)
    def test_others_are_told_as_of_nobody(self, page, persona, pers):
        visitor = a_visitor(persona)
        key = str(key_of(cast.PER))
        nobodys = pers(page).replace(key, str(uuid.UUID(int=5)))

        real, none = seen(visitor, pers(page)), seen(visitor, nobodys)

        assert real.status_code == none.status_code == 403
        assert "Nordmann" not in real.content.decode()
        assert without(real, key) == without(none, str(uuid.UUID(int=5)))

    @pytest.mark.parametrize(("page", "said"), CHANGES, ids=[p for p, _ in CHANGES])
    def test_to_see_is_not_to_change(self, page, said, kari, pers):
        answer = kari.client.post(pers(page), said)

        assert answer.status_code == 403
        assert AccessLogEntry.objects.latest("id").reason == "MAY_ONLY_SEE"

    def test_the_log_is_not_for_kari(self, kari, pers):
        assert seen(kari, pers("hvem-har-sett/")).status_code == 403

    def test_nobody_is_led_to_the_login_and_back(self, pers):
        answer = somebody(CITIZEN).get(pers(""))

        assert answer.status_code == 302
        assert answer["Location"].endswith(f"?next={pers('')}")

    def test_on_other_hosts_there_is_no_such_address(self, pers):
        assert somebody(CLINICIAN).get(pers("")).status_code == 404


class TestTwoTabs:
    def test_every_address_on_the_page_is_about_the_same_person(self, kari, pers):
        words = seen(kari, pers("")).content.decode()

        report = DiagnosticReport.objects.get().pk
        assert f'href="{pers("svar/{report}/")}"' in words
        assert f'href="/innbygger/svar/{report}/"' not in words

    def test_the_next_page_is_about_whom_it_says(self, kari, pers):
        seen(kari, pers(""))

        own = seen(kari, "/innbygger/").content.decode()

        assert "Du ser dine egne svar" in own
        assert "Per Nordmann" not in own

    def test_ones_own_key_is_oneself(self, kari):
        words = seen(kari, f"/for/{key_of(cast.KARI)}/innbygger/").content.decode()

        assert "Du ser dine egne svar" in words

    @pytest.mark.parametrize("page", OWN)
    def test_what_is_about_oneself_leads_there(self, page, kari, pers):
        assert seen(kari, pers(page))["Location"] == f"/innbygger/{page}"

    def test_signing_out_is_where_it_always_is(self, kari, pers):
        out = pers("").replace("/innbygger/", "/innlogging/ut/")

        assert seen(kari, out)["Location"] == "/innlogging/ut/"
        assert kari.client.post(out).status_code == 200


class TestChoosing:
    PAGE = "/innbygger/hvem/"

    def test_those_one_sees_for_are_offered_by_name(self, kari):
        words = seen(kari, self.PAGE).content.decode()

        assert "Per Nordmann" in words
        assert "Fullmakt" in words

    def test_the_choice_is_logged_and_what_was_kept_is_cleared(self, kari, pers):
        answer = kari.post(self.PAGE, {"person": key_of(cast.PER)})

        assert answer["Location"] == pers("")
        assert answer["Clear-Site-Data"] == '"cache", "storage"'
        assert AccessLogEntry.objects.latest("id").action == "choose-person"

    def test_back_to_oneself(self, kari):
        answer = kari.post(self.PAGE, {"person": key_of(cast.KARI)})

        assert answer["Location"] == "/innbygger/"

    @pytest.mark.parametrize(("said", "status"), [("", 422), ("x", 422)])
    def test_what_is_nobody_is_asked_again(self, said, status, kari):
        assert kari.post(self.PAGE, {"person": said}).status_code == status

    def test_a_stranger_is_refused(self, pers):
        jonas = a_visitor(cast.JONAS)

        answer = jonas.post(self.PAGE, {"person": key_of(cast.PER)})

        assert answer.status_code == 403
