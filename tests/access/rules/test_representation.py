"""Who may see for whom, told by ages, bases and what registers say; to the second."""

import datetime
import uuid
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from access.decision import decide
from access.representation import (
    Held,
    PeopleFacts,
    PersonFacts,
    ReportMarking,
    RepresentationBasis,
    Scope,
)
from access.switches import Policies
from access.terms import Action, Facts, Reason
from tests.access.situations import KARI, a_request, kari

OSLO = ZoneInfo("Europe/Oslo")
NILS = uuid.UUID(int=30)
REPORT = uuid.UUID(int=70)
NOW = datetime.datetime(2026, 11, 24, 12, tzinfo=OSLO)
GROWN = PersonFacts(datetime.date(1984, 4, 12))
PARENT = Held(
    uuid.UUID(int=50), RepresentationBasis.PARENTAL_RESPONSIBILITY, may_change=True
)
POWER = Held(uuid.UUID(int=51), RepresentationBasis.POWER_OF_ATTORNEY)
GUARDIAN = Held(uuid.UUID(int=52), RepresentationBasis.GUARDIANSHIP)
BEREAVED = Held(uuid.UUID(int=53), RepresentationBasis.AFTER_DEATH)


def aged(years: int) -> PersonFacts:
    """Someone who turned so old today."""
    return PersonFacts(NOW.date().replace(year=NOW.year - years))


def people(held=PARENT, **changed) -> PeopleFacts:
    standing = {
        "patient": aged(8),
        "viewer": GROWN,
        "held": (held,) if held else (),
        "does_parent_share_address": True,
    }
    return PeopleFacts(**{**standing, **changed})


def asked(
    who: PeopleFacts, action=Action.LIST_REPORTS, *, at=NOW, policies=None, **more
) -> Reason:
    """What Kari is told when she asks for Nils' answers."""
    request = a_request(
        action=action, viewer=kari(patient_id=KARI), patient_id=NILS, at=at, **more
    )
    facts = Facts(people=who, policies=policies or Policies(), report_category="CLIN")
    return decide(request, facts).reason


def own(patient: PersonFacts, action=Action.LIST_REPORTS, *, at=NOW, **policies):
    request = a_request(action=action, viewer=kari(), patient_id=KARI, at=at)
    facts = Facts(people=PeopleFacts(patient=patient), policies=Policies(**policies))
    return decide(request, facts).reason


CASES = {
    "a parent of a child": (people(), "PERMITTED"),
    "a parent, and nobody at the child's address": (
        people(does_parent_share_address=False),
        "NO_SHARED_ADDRESS",
    ),
    "a parent of a child in care": (
        people(patient=replace(aged(8), is_in_care=True)),
        "CARE_ORDER",
    ),
    "a parent of a youth": (people(patient=aged(13)), "AGE_12_15"),
    "a parent the youth lets see": (
        people(patient=aged(13), consent=True),
        "PERMITTED",
    ),
    "a parent the youth no longer lets see": (
        people(patient=aged(13), consent=False),
        "CONSENT_REVOKED",
    ),
    "a parent of a grown child": (
        people(patient=aged(16), consent=True),
        "REPRESENTATION_EXPIRED",
    ),
    "a parent of someone without a birth date": (
        people(patient=PersonFacts()),
        "NOT_REPRESENTED",
    ),
    "whoever has a power of attorney": (people(POWER, patient=aged(75)), "PERMITTED"),
    "with one from somebody of fifteen": (
        people(POWER, patient=aged(15)),
        "NOT_REPRESENTED",
    ),
    "with one, and seventeen": (
        people(POWER, patient=aged(75), viewer=aged(17)),
        "NOT_REPRESENTED",
    ),
    "a guardian": (people(GUARDIAN, patient=aged(40)), "PERMITTED"),
    "a stranger": (people(None), "NOT_REPRESENTED"),
    "one who once might": (
        people(replace(POWER, is_over=True)),
        "REPRESENTATION_EXPIRED",
    ),
    "a patient at a protected address": (
        people(patient=replace(aged(8), is_address_protected=True)),
        "ADDRESS_PROTECTED",
    ),
    "a parent at a protected address": (
        people(viewer=replace(GROWN, is_address_protected=True)),
        "ADDRESS_PROTECTED",
    ),
    "a power from someone who has died": (
        people(POWER, patient=replace(aged(75), is_dead=True)),
        "DECEASED",
    ),
    "access after death": (
        people(BEREAVED, patient=replace(aged(75), is_dead=True)),
        "PERMITTED",
    ),
    "access after death to the living": (
        people(BEREAVED, patient=aged(75)),
        "NOT_REPRESENTED",
    ),
}


@pytest.mark.parametrize(("who", "expected"), CASES.values(), ids=CASES)
def test_who_sees(who, expected):
    assert asked(who) == expected


def test_one_that_counts_is_enough():
    both = replace(people(patient=aged(16)), held=(PARENT, POWER))

    assert asked(both) == "PERMITTED"


MIDNIGHT = datetime.datetime(2026, 11, 24, tzinfo=OSLO)
SECOND = datetime.timedelta(seconds=1)


class TestToTheSecond:
    """Born so that the birthday is 24 November 2026, in Norway."""

    @pytest.mark.parametrize(
        ("years", "before", "after"),
        [(12, "PERMITTED", "AGE_12_15"), (16, "AGE_12_15", "REPRESENTATION_EXPIRED")],
    )
    def test_a_parent_loses_sight_at_midnight(self, years, before, after):
        child = people(patient=aged(years))

        assert asked(child, at=MIDNIGHT - SECOND) == before
        assert asked(child, at=MIDNIGHT) == after

    def test_the_moment_is_norways_whatever_the_clock_says(self):
        utc = (MIDNIGHT - SECOND).astimezone(datetime.UTC)
        child = people(patient=aged(12))

        assert utc.day == 23
        assert asked(child, at=utc) == "PERMITTED"
        assert asked(child, at=utc + SECOND) == "AGE_12_15"

    def test_one_sees_ones_own_from_sixteen(self):
        assert own(aged(16), at=MIDNIGHT - SECOND) == "UNDER_AGE"
        assert own(aged(16), at=MIDNIGHT) == "PERMITTED"

    @pytest.mark.parametrize("held", [POWER])
    def test_a_power_counts_from_the_givers_sixteen_and_the_receivers_eighteen(
        self, held
    ):
        giver = people(held, patient=aged(16))
        receiver = people(held, patient=aged(75), viewer=aged(18))

        for each in (giver, receiver):
            assert asked(each, at=MIDNIGHT - SECOND) == "NOT_REPRESENTED"
            assert asked(each, at=MIDNIGHT) == "PERMITTED"

    @pytest.mark.parametrize(
        "born", [datetime.date(2014, 3, 29), datetime.date(2013, 10, 26)]
    )
    def test_where_the_clocks_are_changed_that_night(self, born):
        """The last Sunday of March 2026, and of October 2025 after it."""
        day = born.replace(year=born.year + 12)
        midnight = datetime.datetime.combine(day, datetime.time(), tzinfo=OSLO)
        child = people(patient=PersonFacts(born))

        assert (
            asked(child, at=midnight.astimezone(datetime.UTC) - SECOND) == "PERMITTED"
        )
        assert asked(child, at=midnight.astimezone(datetime.UTC)) == "AGE_12_15"


class TestToSeeIsNotToChange:
    LIMITS = (Action.READ_LIMITS, Action.SET_LIMIT, Action.LIFT_LIMIT)

    @pytest.mark.parametrize("action", LIMITS)
    def test_a_power_does_not_close(self, action):
        assert asked(people(POWER, patient=aged(75)), action) == "MAY_ONLY_SEE"

    @pytest.mark.parametrize("action", LIMITS)
    def test_a_parent_of_a_child_does(self, action):
        assert asked(people(), action) == "PERMITTED"

    @pytest.mark.parametrize(
        "action", [Action.SET_REPRESENTATION, Action.READ_REPRESENTATION]
    )
    @pytest.mark.parametrize("held", [PARENT, POWER, GUARDIAN])
    def test_nobody_gives_powers_for_another(self, held, action):
        assert asked(people(held, patient=aged(11)), action) != "PERMITTED"


class TestTheLog:
    def test_it_is_withheld_unless_policy_says_otherwise(self):
        shown = Policies(representatives_see_log=True)

        assert asked(people(), Action.READ_ACCESS_LOG) == "LOG_WITHHELD"
        assert asked(people(), Action.READ_ACCESS_LOG, policies=shown) == "PERMITTED"

    def test_a_power_may_include_it(self):
        power = replace(POWER, scope=Scope(includes_log=True))
        who = people(power, patient=aged(75))

        assert asked(who, Action.READ_ACCESS_LOG) == "PERMITTED"


class TestScope:
    def test_a_discipline(self):
        micro = replace(POWER, scope=Scope(frozenset({"MBIO"})))
        who = people(micro, patient=aged(75))

        told = asked(who, Action.READ_RELEASE, report_id=REPORT)

        assert told == "OUTSIDE_SCOPE"

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (datetime.date(2025, 12, 31), "OUTSIDE_SCOPE"),
            (datetime.date(2026, 1, 1), "PERMITTED"),
            (datetime.date(2026, 1, 31), "PERMITTED"),
            (datetime.date(2026, 2, 1), "OUTSIDE_SCOPE"),
            (None, "OUTSIDE_SCOPE"),
        ],
    )
    def test_a_period(self, day, expected):
        january = Scope(
            reports_from=datetime.date(2026, 1, 1),
            reports_to=datetime.date(2026, 2, 1),
        )
        who = people(
            replace(POWER, scope=january),
            patient=aged(75),
            report_days={REPORT: day},
        )

        assert asked(who, Action.READ_RELEASE, report_id=REPORT) == expected


class TestMarkings:
    @pytest.mark.parametrize(
        ("held", "expected"), [(PARENT, "NOT_FOR_PARENTS"), (GUARDIAN, "PERMITTED")]
    )
    def test_not_for_parents(self, held, expected):
        marked = {REPORT: frozenset({ReportMarking.NOT_FOR_PARENTS})}
        who = people(held, markings=marked)

        assert asked(who, Action.READ_RELEASE, report_id=REPORT) == expected

    @pytest.mark.parametrize(
        ("years", "expected"), [(15, "NOT_FOUND"), (16, "PERMITTED")]
    )
    def test_not_for_youth_where_policy_lets_them_read(self, years, expected):
        request = a_request(
            action=Action.READ_RELEASE,
            viewer=kari(),
            patient_id=KARI,
            report_id=REPORT,
            at=NOW,
        )
        marked = {REPORT: frozenset({ReportMarking.NOT_FOR_YOUTH})}
        facts = Facts(
            people=PeopleFacts(patient=aged(years), markings=marked),
            policies=Policies(own_access_from_age=12),
        )

        assert decide(request, facts).reason == expected


def test_a_youth_sees_who_looked_and_decides():
    for action in (
        Action.READ_ACCESS_LOG,
        Action.SET_REPRESENTATION,
        Action.SET_LIMIT,
    ):
        assert own(aged(13), action) == "PERMITTED"


def test_the_dead_read_nothing():
    assert own(replace(GROWN, is_dead=True)) == "DECEASED"
