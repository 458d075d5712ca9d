"""Kari closes, blocks and opens again; Ola meets it on his pages."""

import uuid

import pytest

from access.models import AccessLogEntry, AccessRestriction, PractitionerBlock
from results.models import DiagnosticReport
from tests import cast
from tests.builders import a_message
from tests.portal.visiting import a_visitor, has_arrived, state_need

pytestmark = pytest.mark.django_db

PAGE = "/innbygger/sperre/"
CLOSE, BLOCK = f"{PAGE}svar/", f"{PAGE}person/"
SURE = {"bekreftet": "1"}


@pytest.fixture(autouse=True)
def _reported():
    has_arrived(a_message())


@pytest.fixture
def ola():
    visitor = a_visitor(cast.OLA)
    state_need(visitor, cast.KARI)
    return visitor


@pytest.fixture
def kari(ola):
    """After Ola has looked."""
    return a_visitor(cast.KARI)


def page_of(visitor, path=PAGE) -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


class TestAskedFirst:
    @pytest.mark.parametrize(
        ("path", "said"),
        [
            (CLOSE, {"scope": "all"}),
            (CLOSE, {"scope": "discipline", "category": "PAT"}),
            (BLOCK, {"hpr_number": "9100011"}),
        ],
        ids=["all", "discipline", "person"],
    )
    def test_nothing_is_closed_before_kari_is_sure(self, path, said, kari):
        asked = kari.post(path, said).content.decode()

        assert "Er du sikker?" in asked
        for value in said.values():
            assert f'value="{value}"' in asked
        assert not AccessRestriction.objects.exists()
        assert not PractitionerBlock.objects.exists()

    def test_nothing_is_opened_before_she_is(self, kari):
        kari.post(CLOSE, {"scope": "all", **SURE})
        limit = AccessRestriction.objects.get()

        asked = kari.post(f"{PAGE}{limit.pk}/opphev/").content.decode()

        assert "Er du sikker?" in asked
        limit.refresh_from_db()
        assert limit.valid_to is None


class TestWhatIsNotUnderstood:
    @pytest.mark.parametrize(
        "said",
        [
            {},
            {"scope": "everything"},
            {"scope": "discipline"},
            {"scope": "discipline", "category": "XX"},
            {"scope": "report"},
            {"scope": "report", "report_id": "1"},
            {"scope": "all", "organization_id": "1"},
        ],
        ids=lambda said: " ".join(said.values()) or "nothing",
    )
    def test_it_closes_nothing(self, said, kari):
        assert kari.post(CLOSE, {**said, **SURE}).status_code == 422
        assert not AccessRestriction.objects.exists()

    @pytest.mark.parametrize("number", ["", "abc", "1234567890", "1 2"])
    def test_it_blocks_nobody(self, number, kari):
        answer = kari.post(BLOCK, {"hpr_number": number, **SURE})

        assert answer.status_code == 422
        assert not PractitionerBlock.objects.exists()

    def test_what_is_not_hers_is_as_what_is_not(self, kari):
        nobodys = {"scope": "report", "report_id": uuid.uuid4(), **SURE}
        where = {"scope": "all", "organization_id": uuid.uuid4(), **SURE}

        assert kari.post(CLOSE, nobodys).status_code == 403
        assert kari.post(CLOSE, where).status_code == 403
        assert kari.post(f"{PAGE}{uuid.uuid4()}/opphev/", SURE).status_code == 403

    def test_another_citizen_lifts_nothing(self, kari):
        kari.post(CLOSE, {"scope": "all", **SURE})
        limit = AccessRestriction.objects.get()

        answer = a_visitor(cast.PER).post(f"{PAGE}{limit.pk}/opphev/", SURE)

        assert answer.status_code == 403
        limit.refresh_from_db()
        assert limit.valid_to is None


class TestClosing:
    def test_all_is_listed_for_her_and_gone_for_ola(self, kari, ola):
        answer = kari.post(CLOSE, {"scope": "all", **SURE})

        assert answer["Location"] == PAGE
        assert "Satt av deg" in page_of(kari)
        assert "Pasienten har sperret alle svar." in page_of(ola, opened_by(ola))
        assert "Hemoglobin" not in page_of(ola, opened_by(ola))

    def test_a_report_is_closed_from_its_own_page(self, kari, ola):
        report = DiagnosticReport.objects.get()
        own = page_of(kari, f"/innbygger/svar/{report.pk}/")
        assert "Sperr dette svaret" in own

        kari.post(CLOSE, {"scope": "report", "report_id": report.pk, **SURE})

        assert f"/innbygger/svar/{report.pk}/" in page_of(kari)
        assert "enkeltsvar" in page_of(ola, opened_by(ola))
        refused = ola.get(f"{opened_by(ola)}svar/{report.pk}/")
        assert refused.status_code == 403
        assert "/sperret/" in refused.content.decode()

    def test_an_organisation_that_has_looked_is_offered(self, kari):
        assert cast.LILLEVIK_LEGESENTER.name in page_of(kari)
        where = AccessLogEntry.objects.exclude(organization_id=None).first()

        said = {"scope": "all", "organization_id": where.organization_id, **SURE}
        kari.post(CLOSE, said)

        assert AccessRestriction.objects.get().organization_id == where.organization_id

    def test_it_is_lifted_again(self, kari, ola):
        kari.post(CLOSE, {"scope": "all", **SURE})
        kari.post(f"{PAGE}{AccessRestriction.objects.get().pk}/opphev/", SURE)

        assert "Satt av deg" not in page_of(kari)
        assert "Hemoglobin" in page_of(ola, opened_by(ola))


class TestBlocking:
    def test_who_has_looked_is_offered_by_name_and_blocked(self, kari, ola):
        assert cast.OLA.name in page_of(kari)

        kari.post(BLOCK, {"hpr_number": cast.OLA.hpr_number, **SURE})

        refused = ola.get(opened_by(ola))
        assert refused.status_code == 403
        assert "blokkert deg" in refused.content.decode()
        assert "kollega" in refused.content.decode()

    def test_who_is_blocked_is_not_offered_again(self, kari):
        kari.post(BLOCK, {"hpr_number": cast.OLA.hpr_number, **SURE})

        assert f'<option value="{cast.OLA.hpr_number}"' not in page_of(kari)

    def test_each_step_is_in_her_log(self, kari):
        kari.post(BLOCK, {"hpr_number": "9100011", **SURE})
        log = page_of(kari, "/innbygger/hvem-har-sett/")

        assert "Sperret eller blokkerte" in log


def opened_by(ola) -> str:
    """Where Ola has Kari open."""
    key = ola.client.session["last_opened"]
    return f"/helsepersonell/pasient/{key}/"
