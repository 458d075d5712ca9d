"""Turid at the help desk does what Kari asks for, and sees none of her answers."""

import pytest

from access.limits import LimitSetBy
from access.models import (
    AccessLogEntry,
    AccessRestriction,
    DigitalOptOut,
    Notice,
    User,
)
from access.models.log import JUSTIFICATION_CONTEXT
from results.encryption import decrypt
from results.models import DiagnosticReport, OptOut, Patient
from tests import cast
from tests.builders import a_message
from tests.portal.visiting import CLINICIAN, a_visitor, has_arrived, somebody

pytestmark = pytest.mark.django_db

DESK = "/helsepersonell/brukerstotte/"
FIND = {"number": cast.KARI.number, "identified": "document"}


@pytest.fixture
def kari():
    """Her key, after Nordlab has reported on her."""
    has_arrived(a_message())
    return cast.the_viewer(cast.KARI).patient_id


@pytest.fixture
def desk():
    """Siri, who works at the help desk too."""
    visitor = a_visitor(cast.SIRI)
    User.objects.filter(name=cast.SIRI.name).update(is_help_desk=True)
    return visitor


def asks(visitor, kari, deed, **rest):
    said = {"deed": deed, "identified": "called-back", **rest}
    return visitor.post(f"{DESK}{kari}/", said)


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def last_entry() -> AccessLogEntry:
    return AccessLogEntry.objects.order_by("-at", "-id")[0]


class TestWhoMay:
    def test_nobody_who_has_not_signed_in(self, kari):
        assert somebody(CLINICIAN).post(DESK, FIND).status_code == 302

    @pytest.mark.parametrize(
        "persona", [cast.OLA, cast.INGRID, cast.HEGE, cast.ARNE, cast.SIRI]
    )
    def test_no_personnel_and_no_administrator(self, persona, kari):
        visitor = a_visitor(persona)

        for answer in (visitor.post(DESK, FIND), asks(visitor, kari, "reserve")):
            assert answer.status_code == 403
            assert not last_entry().is_permitted
        assert DiagnosticReport.objects.exists()
        assert not OptOut.objects.exists()

    def test_whoever_is_refused_makes_nobody_known(self):
        visitor = a_visitor(cast.OLA)
        before = Patient.objects.count()
        visitor.post(DESK, FIND)

        assert Patient.objects.count() == before

    def test_not_for_oneself(self, desk):
        own = cast.the_viewer(cast.SIRI).patient_id

        assert asks(desk, own, "reserve").status_code == 403
        assert not OptOut.objects.exists()

    def test_a_key_nobody_has_is_refused(self, desk):
        answer = asks(desk, "00000000-0000-4000-8000-000000000001", "close-digital")

        assert answer.status_code == 403
        assert not DigitalOptOut.objects.exists()

    def test_a_citizen_has_no_such_page(self, kari):
        assert a_visitor(cast.KARI).post(DESK, FIND).status_code == 404

    def test_they_open_no_answers(self, desk, kari):
        report = DiagnosticReport.objects.get().pk

        for path in (f"/{kari}/", f"/{kari}/{report}/"):
            assert desk.get(f"/helsepersonell{path}").status_code in (403, 404)


class TestFinding:
    def test_who_it_is_and_nothing_of_what_was_reported(self, desk, kari):
        text = text_of(desk.post(DESK, FIND))

        assert "Viste gyldig legitimasjon" in text
        assert cast.KARI.number not in text
        for word in ("Hemoglobin", "13,2", "Nordlab"):
            assert word not in text

    def test_how_they_were_identified_is_in_the_log(self, desk, kari):
        desk.post(DESK, FIND)

        entry = last_entry()
        assert (entry.viewer_kind, entry.is_permitted) == ("help-desk", True)
        assert entry.viewer_name == cast.SIRI.name
        said = decrypt(entry.justification_encrypted, context=JUSTIFICATION_CONTEXT)
        assert said.decode() == "Viste gyldig legitimasjon ved oppmøte"

    @pytest.mark.parametrize(
        "said", [{"number": "123"}, {"identified": ""}, {"number": ""}]
    )
    def test_what_is_missing_is_told(self, said, desk):
        answer = desk.post(DESK, {**FIND, **said})

        assert answer.status_code == 422
        assert 'class="fault"' in text_of(answer)


class TestDoing:
    def test_digital_access_is_opened_again(self, desk, kari):
        asks(desk, kari, "close-digital")
        visitor = a_visitor(cast.KARI)
        assert visitor.get("/innbygger/").status_code == 403

        assert asks(desk, kari, "open-digital").status_code == 200
        assert visitor.get("/innbygger/").status_code == 200
        row = DigitalOptOut.objects.get()
        assert (row.set_by, row.lifted_by) == (LimitSetBy.HELP_DESK,) * 2

    def test_all_is_closed_and_opened_and_she_is_told_both_times(self, desk, kari):
        asks(desk, kari, "restrict")
        limit = AccessRestriction.objects.get()
        assert limit.set_by == LimitSetBy.HELP_DESK
        asks(desk, kari, "lift", limit_id=str(limit.pk))

        limit.refresh_from_db()
        assert limit.valid_to
        assert Notice.objects.filter(patient_id=kari).count() == 2

    def test_she_is_reserved_and_regrets(self, desk, kari):
        asks(desk, kari, "reserve")
        assert not DiagnosticReport.objects.exists()
        asks(desk, kari, "end-reservation")

        assert OptOut.objects.get().valid_to

    def test_nothing_is_done_without_saying_who_it_is(self, desk, kari):
        answer = asks(desk, kari, "reserve", identified="")

        assert answer.status_code == 422
        assert DiagnosticReport.objects.exists()

    def test_she_reads_in_her_log_that_they_did(self, desk, kari):
        asks(desk, kari, "restrict")

        log = text_of(a_visitor(cast.KARI).get("/innbygger/hvem-har-sett/"))
        assert "Brukerstøtte endret noe du ba om" in log
