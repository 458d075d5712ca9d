"""By the door: Kari and her daughter Nora, Per and whoever he trusts."""

import datetime

import pytest
import time_machine

from access import lookup, operations
from access.facts import load_facts
from access.lookup import PowerOrder, answers
from access.models import AccessLogEntry, MarkedReport, Representation
from access.operations import Origin, Terms
from access.representation import (
    FactKind,
    RegisterSource,
    ReportMarking,
    RepresentationBasis,
    RepresentationFault,
    RepresentationRefused,
    Scope,
)
from access.terms import Action, Reason
from results.identity import InvalidIdentityNumber
from tests import cast
from tests.access.representing import (
    is_parent,
    it_is_told,
    key_of,
    represents,
    the_register,
)
from tests.results.stories import store

pytestmark = pytest.mark.django_db

# Nora is eleven; her twelfth birthday is 21 June 2024.
THEN = datetime.datetime(2024, 6, 20, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def clock():
    with time_machine.travel(THEN, tick=False) as moved:
        yield moved


@pytest.fixture
def noras(clock):
    """A report on Nora, and Kari who has parental responsibility."""
    report_id = store(about=cast.number_of(cast.NORA)).report_id
    is_parent(cast.KARI, cast.NORA)
    return report_id


def reads(viewer, report_id, whose) -> Reason:
    answer = lookup.open_report(viewer, patient_id=key_of(whose), report_id=report_id)
    assert (answer.value is not None) is answer.verdict.is_permitted
    return answer.verdict.reason


def lists(viewer, whose):
    return lookup.list_reports(viewer, patient_id=key_of(whose))


def last_entry() -> AccessLogEntry:
    return AccessLogEntry.objects.latest("id")


class TestAMother:
    def test_reads_until_the_birthday_and_it_is_logged_as_a_parents(self, noras, clock):
        kari = cast.the_viewer(cast.KARI)

        assert reads(kari, noras, cast.NORA) == Reason.PERMITTED
        entry = last_entry()
        assert (entry.basis, entry.is_own) == ("FORELDREREPRESENTASJON", False)
        assert entry.viewer_name == "Kari Prøve"

        clock.move_to(datetime.datetime(2024, 6, 20, 21, 59, 59, tzinfo=datetime.UTC))
        assert reads(kari, noras, cast.NORA) == Reason.PERMITTED
        clock.move_to(datetime.datetime(2024, 6, 20, 22, tzinfo=datetime.UTC))
        assert reads(kari, noras, cast.NORA) == Reason.AGE_12_15

    def test_nora_lets_her_and_takes_it_back(self, noras, clock):
        clock.shift(2 * DAY)
        kari, nora = cast.the_viewer(cast.KARI), cast.the_viewer(cast.NORA)
        (parent,) = lookup.read_powers(nora).value.parents

        lookup.decide_for_parent(nora, parent_id=parent.patient_id, may_see=True)
        assert reads(kari, noras, cast.NORA) == Reason.PERMITTED

        lookup.decide_for_parent(nora, parent_id=parent.patient_id, may_see=False)
        assert reads(kari, noras, cast.NORA) == Reason.AGE_12_15
        assert last_entry().reason == Reason.CONSENT_REVOKED

    @pytest.mark.parametrize("kind", [FactKind.ADDRESS_PROTECTION, FactKind.CARE_ORDER])
    def test_is_not_told_why_when_it_would_tell_of_the_child(self, kind, noras):
        it_is_told(kind, cast.NORA)
        kari, jonas = cast.the_viewer(cast.KARI), cast.the_viewer(cast.JONAS)

        hers, strangers = lists(kari, cast.NORA), lists(jonas, cast.NORA)

        assert hers.verdict.reason is strangers.verdict.reason is Reason.NOT_REPRESENTED

    def test_is_not_shown_nor_told_of_what_is_not_for_parents(self, noras, clock):
        kari = cast.the_viewer(cast.KARI)
        MarkedReport.objects.create(
            patient_id=key_of(cast.NORA),
            report_id=noras,
            marking=ReportMarking.NOT_FOR_PARENTS,
            set_by="test",
            set_at=THEN,
        )

        found = lists(kari, cast.NORA).value

        assert (found.reports, found.waiting) == ((), ())
        assert reads(kari, noras, cast.NORA) == Reason.NOT_FOUND

    def test_does_not_see_the_log(self, noras):
        kari = cast.the_viewer(cast.KARI)

        answer = lookup.read_access_log(kari, patient_id=key_of(cast.NORA))

        assert answer.verdict.reason == Reason.LOG_WITHHELD


class TestAPower:
    @pytest.fixture
    def per(self):
        return cast.the_viewer(cast.PER)

    @pytest.fixture
    def kari(self):
        return cast.the_viewer(cast.KARI)

    def gives(self, viewer, to=cast.KARI, *, until=None, **scope):
        order = PowerOrder(until, Scope(**scope))
        return lookup.give_power(viewer, number=to.number, order=order).value

    def test_is_given_and_ended_at_once(self, per, kari):
        report = store(about=cast.number_of(cast.PER)).report_id
        assert reads(kari, report, cast.PER) == Reason.NOT_REPRESENTED

        given = self.gives(per)
        assert reads(kari, report, cast.PER) == Reason.PERMITTED
        assert [line.patient_id for line in lookup.seen_for(kari)] == [key_of(cast.PER)]

        lookup.end_power(per, power_id=given.key)
        assert reads(kari, report, cast.PER) == Reason.REPRESENTATION_EXPIRED
        assert lookup.seen_for(kari) == ()

    def test_may_be_laid_down_by_whoever_has_it_and_by_nobody_else(self, per, kari):
        given = self.gives(per)
        jonas = cast.the_viewer(cast.JONAS)

        assert lookup.end_power(jonas, power_id=given.key).value is None
        assert lookup.end_power(kari, power_id=given.key).value.key == given.key

    def test_is_limited_to_a_discipline(self, per, kari):
        report = store(about=cast.number_of(cast.PER)).report_id
        given = self.gives(per)
        order = PowerOrder(None, Scope(frozenset({"MBIO"})))

        lookup.limit_power(per, power_id=given.key, order=order)

        assert lists(kari, cast.PER).value.reports == ()
        assert reads(kari, report, cast.PER) == Reason.NOT_FOUND

    @pytest.mark.parametrize(
        ("to", "fault"),
        [
            (cast.PER, RepresentationFault.ONESELF),
            (cast.NORA, RepresentationFault.RECEIVER_TOO_YOUNG),
        ],
        ids=["himself", "a child"],
    )
    def test_is_not_given_to(self, to, fault, per):
        assert self.gives(per, to).fault is fault
        assert not Representation.objects.exists()
        entry = last_entry()
        assert (entry.is_permitted, entry.reason) == (False, Reason.NOT_REGISTERED)

    def test_is_not_given_twice_nor_backwards(self, per):
        today = datetime.date.today()
        reversed_ = {"reports_from": today, "reports_to": today - DAY}

        assert self.gives(per, until=today).fault is RepresentationFault.IN_THE_PAST
        assert self.gives(per, **reversed_).fault is RepresentationFault.DATES_REVERSED
        assert self.gives(per).key
        assert self.gives(per).fault is RepresentationFault.OVERLAPS

    def test_is_not_given_by_a_child(self):
        nora = cast.the_viewer(cast.NORA)

        with time_machine.travel(THEN):
            assert self.gives(nora).fault is RepresentationFault.GIVER_TOO_YOUNG

    def test_a_receiver_at_a_protected_address_is_not_told_of(self, per, kari):
        it_is_told(FactKind.ADDRESS_PROTECTION, cast.KARI)

        assert self.gives(per).key
        assert lists(kari, cast.PER).verdict.reason == Reason.NOT_REPRESENTED

    def test_there_are_only_so_many(self, per, monkeypatch):
        monkeypatch.setattr("access.lookup.representing.MOST_POWERS", 1)
        self.gives(per)

        assert self.gives(per, cast.JONAS).fault is RepresentationFault.TOO_MANY

    def test_what_is_no_number_is_none(self, per):
        with pytest.raises(InvalidIdentityNumber):
            lookup.give_power(per, number="123", order=PowerOrder(None, Scope()))

    def test_ends_with_a_death_and_the_bereaved_come_by_a_ground_of_their_own(
        self, per, kari
    ):
        self.gives(per)
        it_is_told(FactKind.DEATH, cast.PER)

        assert lists(kari, cast.PER).verdict.reason == Reason.DECEASED
        assert lists(per, cast.PER).verdict.reason == Reason.DECEASED
        with pytest.raises(RepresentationRefused):
            represents(cast.JONAS, cast.PER, RepresentationBasis.GUARDIANSHIP)

        represents(cast.JONAS, cast.PER, RepresentationBasis.AFTER_DEATH)
        assert lists(cast.the_viewer(cast.JONAS), cast.PER).value is not None


def test_a_document_counts_when_another_has_approved_it():
    operations.register_representation(
        RepresentationBasis.GUARDIANSHIP,
        representative_id=key_of(cast.KARI),
        represented_id=key_of(cast.PER),
        terms=Terms(datetime.date(2020, 1, 1)),
        origin=Origin(RegisterSource.DOCUMENT, by="a", at=the_register().at),
    )

    kari = cast.the_viewer(cast.KARI)
    assert lists(kari, cast.PER).verdict.reason == Reason.NOT_REPRESENTED


def test_nothing_leaves_after_a_power_has_ended(monkeypatch):
    """Kari's first attempt decides on what was so before Per ended it."""
    key = represents(cast.KARI, cast.PER, RepresentationBasis.POWER_OF_ATTORNEY)
    kari = cast.the_viewer(cast.KARI)
    load = answers.load_facts
    request = answers.request_for(Action.LIST_REPORTS, kari, key_of(cast.PER))
    stale = [load(request)]
    operations.end_representation(key, by="per", at=the_register().at)
    monkeypatch.setattr(
        answers, "load_facts", lambda asked: stale.pop() if stale else load(asked)
    )

    answer = lists(kari, cast.PER)

    assert (answer.value, stale) == (None, [])
    assert answer.verdict.reason == Reason.REPRESENTATION_EXPIRED


def test_what_was_ended_is_over_also_for_whoever_asked_just_before():
    key = represents(cast.KARI, cast.PER, RepresentationBasis.POWER_OF_ATTORNEY)
    kari = cast.the_viewer(cast.KARI)
    asked = answers.request_for(Action.LIST_REPORTS, kari, key_of(cast.PER))
    operations.end_representation(key, by="per", at=the_register().at)

    assert all(one.is_over for one in load_facts(asked).people.held)
