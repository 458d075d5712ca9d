"""Three rules go through the looks of a day; most looks are nobody's business."""

import dataclasses
import datetime

import pytest
import time_machine
from django.utils import timezone

from access import lookup, operations
from access.models import AccessCase, WatchRule
from access.tasks import watch_looks
from access.vocabulary import (
    CaseKind,
)
from access.watching import watch
from results.operations import ensure_patient
from tests import cast
from tests.access.following import NEED, a_controller, has_looked, key_of, only_rule
from tests.builders import a_message
from tests.portal.visiting import has_arrived
from tests.results.stories import KARI as KARI_NUMBER

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
NOON = datetime.datetime(2026, 11, 2, 11, 0, tzinfo=datetime.UTC)
TODAY = datetime.date(2026, 11, 2)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def found() -> list[str]:
    return list(AccessCase.objects.values_list("kind", flat=True))


def a_doctor_named(name: str, **changed):
    return dataclasses.replace(cast.the_viewer(cast.OLA), name=name, **changed)


def test_rules_that_are_switched_off_find_nothing():
    has_arrived(a_message())
    WatchRule.objects.update(is_active=False)
    has_looked(a_doctor_named("Anne Prøve"))

    assert watch(day=TODAY) == 0


def test_a_relative_by_name_is_found_and_the_controller_told():
    has_arrived(a_message())
    only_rule("surname")
    has_looked(a_doctor_named("Anne PRØVE"))

    assert watch(day=TODAY) == 1
    assert found() == [CaseKind.SURNAME]


@pytest.mark.parametrize("name", ["Ola Lind", "Prøve", "Prøve Lind", ""])
def test_another_name_is_not(name):
    has_arrived(a_message())
    only_rule("surname")
    has_looked(a_doctor_named(name))

    assert watch(day=TODAY) == 0


def test_a_name_that_many_bear_says_nothing():
    has_arrived(a_message())
    only_rule("surname", threshold=0)
    has_looked(a_doctor_named("Anne Prøve"))

    assert watch(day=TODAY) == 0


def test_a_day_is_gone_through_twice_and_found_once():
    has_arrived(a_message())
    only_rule("surname")
    has_looked(a_doctor_named("Anne Prøve"))

    assert (watch(day=TODAY), watch(day=TODAY)) == (1, 0)


def test_yesterday_is_gone_through_by_the_clock(clock):
    has_arrived(a_message())
    only_rule("surname")
    has_looked(a_doctor_named("Anne Prøve"))

    watch_looks()
    assert found() == []
    clock.shift(DAY)
    watch_looks()

    assert found() == [CaseKind.SURNAME]


def two_weeks_later(clock) -> int:
    clock.shift(14 * DAY)
    return watch(day=timezone.localdate())


def test_whom_nobody_there_has_anything_to_do_with(clock):
    only_rule("relation")
    has_looked(cast.MONA)

    assert two_weeks_later(clock) == 1
    assert found() == [CaseKind.RELATION]


def test_who_asked_for_the_answers_has_a_relation(clock):
    """Also through a colleague: one at Lillevik requested what is answered."""
    only_rule("relation")
    has_arrived(a_message())
    operations.assign_role(
        hpr_number="9000099",
        organization_id=cast.an_organization(cast.LILLEVIK_LEGESENTER),
        role_code="LE",
        valid_from=TODAY,
    )
    requested_by("9000099")
    has_looked(cast.OLA)

    assert two_weeks_later(clock) == 0


def requested_by(hpr_number: str) -> None:
    from results.models import DiagnosticReportVersion, Practitioner

    who, _ = Practitioner.objects.get_or_create(hpr_number=hpr_number)
    DiagnosticReportVersion.objects.update(requester=who)


def test_who_comes_again_has_one_too(clock):
    only_rule("relation")
    mona = cast.the_viewer(cast.MONA)
    has_looked(mona)
    clock.shift(DAY)
    has_looked(mona)
    clock.shift(-DAY)

    assert two_weeks_later(clock) == 0


def test_a_day_unlike_ones_others(clock):
    only_rule("volume", threshold=2, factor=2)
    ola = cast.the_viewer(cast.OLA)
    has_looked(ola, cast.KARI)
    clock.shift(DAY)
    for person in (cast.KARI, cast.PER, cast.NORA):
        has_looked(ola, person)

    assert watch(day=TODAY + DAY) == 1
    (case,) = AccessCase.objects.all()
    assert (case.kind, case.patient_id) == (CaseKind.VOLUME, None)


@pytest.mark.parametrize(("threshold", "factor"), [(3, 2), (2, 4)])
def test_a_day_within_what_is_allowed_or_usual(clock, threshold, factor):
    only_rule("volume", threshold=threshold, factor=factor)
    ola = cast.the_viewer(cast.OLA)
    has_looked(ola, cast.KARI)
    clock.shift(DAY)
    for person in (cast.KARI, cast.PER, cast.NORA):
        has_looked(ola, person)

    assert watch(day=TODAY + DAY) == 0


def test_the_same_patient_again_and_again_is_one():
    only_rule("volume", threshold=1, factor=1)
    ola = cast.the_viewer(cast.OLA)
    for _look in range(3):
        has_looked(ola)

    assert watch(day=TODAY) == 0


def test_refusals_and_citizens_are_not_watched():
    has_arrived(a_message())
    kari = cast.the_viewer(cast.KARI)
    lookup.list_reports(kari, patient_id=ensure_patient(KARI_NUMBER))
    lookup.open_patient(
        dataclasses.replace(cast.the_viewer(cast.HEGE), name="Hege Prøve"),
        number=cast.KARI.number,
        **NEED,
    )

    assert watch(day=TODAY) == 0


def test_a_case_about_many_names_no_patient_to_the_controller():
    from access import cases

    only_rule("volume", threshold=0, factor=0)
    has_looked()
    watch(day=TODAY)
    ingrid = a_controller()

    told = cases.read_case(ingrid, AccessCase.objects.get().id)

    assert told.patient_name == ""
    assert key_of(cast.KARI) == ensure_patient(cast.number_of(cast.KARI))
    assert len(told.lines) == 1
