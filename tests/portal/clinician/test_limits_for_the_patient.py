"""Kari asks Ola to close something for her; what he may do, and what she is told."""

import uuid

import pytest

from access.models import AccessLogEntry, AccessRestriction, Notice, PractitionerBlock
from results.models import DiagnosticReport
from tests import cast
from tests.access.test_limits import nobody_is_to_know
from tests.builders import a_message
from tests.portal.visiting import (
    CLINICIAN,
    a_visitor,
    has_arrived,
    somebody,
    state_need,
)

pytestmark = pytest.mark.django_db

SURE = {"bekreftet": "1"}
CHANGES = {
    "all": ("svar/", {"scope": "all", **SURE}),
    "discipline": ("svar/", {"scope": "discipline", "category": "PAT", **SURE}),
    "person": ("person/", {"hpr_number": "9100022", **SURE}),
    "lift": (f"{uuid.UUID(int=1)}/opphev/", SURE),
}
EMERGENCY = {"basis": "AKUTT", "purpose": "ETREAT"}
REFUSED = {
    "ola-without-need": (cast.OLA, None),
    "ola-in-an-emergency": (cast.OLA, EMERGENCY),
    "ola-by-law": (cast.OLA, {"basis": "UNNTAK"}),
    "arne-in-an-emergency": (cast.ARNE, EMERGENCY),
    "hege-the-secretary": (cast.HEGE, {}),
    "siri-the-administrator": (cast.SIRI, {}),
    "jonas-another-citizen": (cast.JONAS, None),
}


@pytest.fixture(autouse=True)
def _reported():
    has_arrived(a_message())


@pytest.fixture
def page() -> str:
    kari = cast.the_viewer(cast.KARI).patient_id
    return f"/helsepersonell/pasient/{kari}/sperringer/"


@pytest.fixture
def ola():
    visitor = a_visitor(cast.OLA)
    state_need(visitor, cast.KARI)
    return visitor


def read(visitor, path) -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


class TestWhoMay:
    @pytest.mark.parametrize("who", REFUSED)
    def test_who_may_not_sees_nothing_and_changes_nothing(self, who, page):
        persona, need = REFUSED[who]
        visitor = a_visitor(persona)
        if need is not None:
            state_need(visitor, cast.KARI, **need)

        answer = visitor.client.get(page, headers={"host": CLINICIAN})

        assert answer.status_code == 403
        assert "Sperr alle svar" not in answer.content.decode()

    @pytest.mark.parametrize("change", CHANGES)
    @pytest.mark.parametrize("who", REFUSED)
    def test_who_may_not_changes_nothing(self, who, change, page):
        persona, need = REFUSED[who]
        visitor = a_visitor(persona)
        if need is not None:
            state_need(visitor, cast.KARI, **need)
        path, said = CHANGES[change]

        answer = visitor.client.post(page + path, said, headers={"host": CLINICIAN})

        assert answer.status_code == 403
        assert not AccessRestriction.objects.exists()
        assert not PractitionerBlock.objects.exists()
        last = AccessLogEntry.objects.latest("at")
        assert (last.action, last.is_permitted) in {
            ("set-limit", False),
            ("lift-limit", False),
        }

    def test_nobody_is_led_to_the_login_page(self, page):
        assert somebody(CLINICIAN).get(page).status_code == 302

    @pytest.mark.parametrize("persona", [cast.OLA, cast.INGRID], ids=["ola", "ingrid"])
    def test_a_doctor_with_the_patients_consent_may(self, persona, page):
        visitor = a_visitor(persona)
        state_need(visitor, cast.KARI)

        assert "Sperr alle svar" in read(visitor, page)


class TestSetting:
    def test_nothing_is_closed_before_ola_has_asked_kari(self, ola, page):
        asked = ola.post(f"{page}svar/", {"scope": "all"}).content.decode()

        assert "Ønsker pasienten dette?" in asked
        assert not AccessRestriction.objects.exists()

    def test_it_is_signed_by_personnel_told_kari_and_in_her_log(self, ola, page):
        answer = ola.post(f"{page}svar/", {"scope": "all", **SURE})

        assert answer["Location"] == page
        limit = AccessRestriction.objects.get()
        assert (limit.set_by, limit.set_by_name) == ("personnel", cast.OLA.name)
        assert Notice.objects.filter(kind="limit-changed").count() == 1
        kari = a_visitor(cast.KARI)
        assert "Sperret eller blokkerte" in read(kari, "/innbygger/hvem-har-sett/")
        assert "Satt på ditt ønske av andre" in read(kari, "/innbygger/sperre/")
        assert "på pasientens ønske" in read(ola, page)

    def test_a_report_is_closed_from_its_own_page(self, ola, page):
        report = DiagnosticReport.objects.get()
        own = read(ola, page.replace("sperringer/", f"svar/{report.pk}/"))
        assert "Sperr på pasientens ønske" in own

        ola.post(f"{page}svar/", {"scope": "report", "report_id": report.pk, **SURE})

        assert AccessRestriction.objects.get().report_id == report.pk

    def test_a_person_is_shut_out_and_let_in_again(self, ola, page):
        ola.post(f"{page}person/", {"hpr_number": cast.INGRID.hpr_number, **SURE})
        limit = PractitionerBlock.objects.get()
        assert "HPR-nummer 9100022" in read(ola, page)

        ola.post(f"{page}{limit.pk}/opphev/", SURE)

        limit.refresh_from_db()
        assert (limit.lifted_by, limit.valid_to is not None) == ("personnel", True)
        assert Notice.objects.filter(kind="limit-changed").count() == 2

    @pytest.mark.parametrize("said", [{"scope": "discipline"}, {"scope": "alt"}, {}])
    def test_what_is_not_understood_closes_nothing(self, said, ola, page):
        assert ola.post(f"{page}svar/", {**said, **SURE}).status_code == 422
        assert not AccessRestriction.objects.exists()

    def test_another_patients_limit_is_as_one_that_is_not(self, ola, page):
        per = a_visitor(cast.PER)
        per.post("/innbygger/sperre/svar/", {"scope": "all", **SURE})
        limit = AccessRestriction.objects.get()

        assert ola.post(f"{page}{limit.pk}/opphev/", SURE).status_code == 403
        limit.refresh_from_db()
        assert limit.valid_to is None


class TestWhatIsTold:
    def test_ola_is_not_told_who_else_has_looked(self, ola, page):
        ingrid = a_visitor(cast.INGRID)
        state_need(ingrid, cast.KARI)

        assert cast.INGRID.name not in read(ola, page)

    def test_where_nobody_is_to_know_he_may_set_and_not_see(self, ola, page):
        nobody_is_to_know()
        kari = a_visitor(cast.KARI)
        kari.post("/innbygger/sperre/person/", {"hpr_number": "9100022", **SURE})

        shown = read(ola, page)

        assert "9100022" not in shown
        assert "vises ikke for helsepersonell" in shown
        ola.post(f"{page}svar/", {"scope": "all", **SURE})
        assert AccessRestriction.objects.count() == 1
