"""Kari agrees once, for the course of treatment; Ola's next visit is one click."""

import datetime

import pytest
import time_machine

from access import lookup
from access.models import AccessLogEntry, CareRelationship, Consent
from access.terms import AccessBasis, PurposeOfUse, Reason
from results.models import PatientIdentifier
from tests import cast

pytestmark = pytest.mark.django_db

MONDAY = datetime.datetime(2026, 11, 2, 9, tzinfo=datetime.UTC)
AGREED = {"basis": AccessBasis.CONSENT, "purpose": PurposeOfUse.TREAT}
NOTHING = {"basis": None, "purpose": None}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ola():
    """Kari has agreed that Ola looks."""
    viewer = cast.the_viewer(cast.OLA)
    opens(viewer, **AGREED)
    return viewer


def opens(viewer, persona=cast.KARI, **need):
    return lookup.open_patient(viewer, number=persona.number, **need)


class TestTheNextVisit:
    def test_is_one_click(self, ola, clock):
        clock.shift(datetime.timedelta(days=30))

        answer = opens(ola, **NOTHING)

        assert answer.verdict.is_permitted
        need = CareRelationship.objects.get(ended_at=None)
        assert (need.basis, need.purpose_of_use) == ("SAMTYKKE", "TREAT")
        assert AccessLogEntry.objects.latest("at").basis == "SAMTYKKE"

    def test_with_a_purpose_of_its_own(self, ola):
        opens(ola, basis=None, purpose=PurposeOfUse.COC)

        assert CareRelationship.objects.get(ended_at=None).purpose_of_use == "COC"

    def test_after_the_course_it_is_asked_again(self, ola, clock):
        clock.shift(datetime.timedelta(days=90))

        assert opens(ola, **NOTHING).verdict.reason is Reason.BASIS_REQUIRED

    def test_to_the_second(self, ola, clock):
        clock.shift(datetime.timedelta(days=89, hours=23, minutes=59, seconds=59))

        assert opens(ola, **NOTHING).verdict.is_permitted

    def test_using_it_does_not_make_it_longer(self, ola, clock):
        clock.shift(datetime.timedelta(days=60))
        opens(ola, **NOTHING)
        clock.shift(datetime.timedelta(days=30))

        assert opens(ola, **NOTHING).verdict.reason is Reason.BASIS_REQUIRED

    def test_agreeing_again_does(self, ola, clock):
        clock.shift(datetime.timedelta(days=91))
        opens(ola, **AGREED)

        assert Consent.objects.get().given_at == MONDAY + datetime.timedelta(days=91)


class TestWhoseItIs:
    def test_a_colleague_asks_for_their_own(self, ola):
        ingrid = cast.the_viewer(cast.INGRID)

        assert opens(ingrid, **NOTHING).verdict.reason is Reason.BASIS_REQUIRED

    def test_it_is_for_one_patient(self, ola):
        other = opens(ola, cast.PER, **NOTHING)

        assert other.verdict.reason is Reason.BASIS_REQUIRED

    @pytest.mark.parametrize(
        ("basis", "purpose"),
        [
            (AccessBasis.EXEMPT, PurposeOfUse.TREAT),
            (AccessBasis.EMERGENCY, PurposeOfUse.ETREAT),
        ],
    )
    def test_what_is_no_consent_keeps_none(self, basis, purpose):
        viewer = cast.the_viewer(cast.OLA)
        opens(viewer, basis=basis, purpose=purpose)

        assert not Consent.objects.exists()


class TestWithdrawing:
    def consents_of(self, kari):
        return lookup.read_limits(kari, patient_id=kari.patient_id).value.consents

    def test_it_ends_at_once_and_what_is_open_with_it(self, ola):
        kari = cast.the_viewer(cast.KARI)
        consent = self.consents_of(kari)[0]
        assert consent.name == cast.OLA.name

        lookup.lift(kari, patient_id=kari.patient_id, limit_id=consent.id)

        listed = lookup.list_reports(ola, patient_id=kari.patient_id)
        assert listed.verdict.reason is Reason.GRANT_EXPIRED
        assert opens(ola, **NOTHING).verdict.reason is Reason.BASIS_REQUIRED
        assert self.consents_of(kari) == ()

    def test_nobody_withdraws_anothers(self, ola):
        per = cast.the_viewer(cast.PER)
        answer = lookup.lift(
            per, patient_id=per.patient_id, limit_id=Consent.objects.get().id
        )

        assert answer.verdict.reason is Reason.NOT_FOUND
        assert Consent.objects.get().withdrawn_at is None


class TestRefusedSearches:
    @pytest.fixture
    def hege(self):
        """A secretary, who may open nothing."""
        return cast.the_viewer(cast.HEGE)

    def test_make_nobody_known(self, hege):
        before = PatientIdentifier.objects.count()

        opens(hege, cast.JONAS, **AGREED)

        assert PatientIdentifier.objects.count() == before
        entry = AccessLogEntry.objects.get()
        assert entry.search_hash
        assert not entry.is_permitted

    def test_tell_the_same_of_who_is_known_and_who_is_not(self, hege):
        cast.the_viewer(cast.KARI)

        assert opens(hege, **AGREED) == opens(hege, cast.JONAS, **AGREED)

    def test_that_are_many_are_stopped_for_an_hour(self, clock):
        viewer = cast.the_viewer(cast.OLA)
        for _search in range(30):
            assert opens(viewer, **NOTHING).verdict.reason is Reason.BASIS_REQUIRED

        assert opens(viewer, **AGREED).verdict.reason is Reason.TOO_MANY_SEARCHES
        clock.shift(datetime.timedelta(hours=1, seconds=1))
        assert opens(viewer, **AGREED).verdict.is_permitted

    def test_stop_nobody_in_an_emergency(self):
        viewer = cast.the_viewer(cast.OLA)
        for _search in range(31):
            opens(viewer, **NOTHING)

        answer = opens(viewer, basis=AccessBasis.EMERGENCY, purpose=PurposeOfUse.ETREAT)
        assert answer.verdict.is_permitted
