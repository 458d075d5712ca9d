"""Whoever opens what is closed more often than others is asked about it; units too."""

import datetime

import pytest
import time_machine

from access.models import AccessCase, WatchRule
from access.tasks import watch_looks
from access.vocabulary import (
    CaseKind,
)
from access.watching import watch, watch_organizations
from results.models import Alarm
from results.operations import register_organization
from tests import cast
from tests.access.following import DAY, an_override, has_looked, only_rule

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 11, 2, 11, 0, tzinfo=datetime.UTC)
TODAY = datetime.date(2026, 11, 2)
PATIENTS = (cast.KARI, cast.PER, cast.NORA)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def others_look():
    """Ingrid opens patients by ordinary ways, so that there is something usual."""
    only_rule("rate", threshold=2, factor=2, days=30)
    ingrid = cast.the_viewer(cast.INGRID)
    for person in (*PATIENTS, cast.JONAS):
        has_looked(ingrid, person)


def emergencies(times: int, **changed) -> None:
    ola = cast.the_viewer(cast.OLA)
    for person in PATIENTS[:times]:
        an_override(has_looked(ola, person), **changed)


def alarms() -> list[str]:
    open_ones = Alarm.objects.filter(closed_at=None, key__startswith="emergencies:")
    return list(open_ones.values_list("text", flat=True))


def test_who_has_had_many_becomes_a_case_about_nobody_in_particular(others_look):
    emergencies(3)

    assert watch(day=TODAY) == 1
    assert watch(day=TODAY + DAY) == 0
    (case,) = AccessCase.objects.all()
    assert (case.kind, case.patient_id) == (CaseKind.RATE, None)
    assert case.user_id == cast.the_viewer(cast.OLA).user_id


def test_who_has_had_few_does_not(others_look):
    emergencies(2)

    assert watch(day=TODAY) == 0


def test_where_everybody_has_many_nobody_stands_out():
    only_rule("rate", threshold=2, factor=2, days=30)
    emergencies(3)

    assert watch(day=TODAY) == 0


def test_what_opened_nothing_does_not_count(others_look):
    emergencies(3, is_unneeded=True)

    assert watch(day=TODAY) == 0


def test_what_is_long_ago_does_not_count(others_look):
    emergencies(3)

    assert watch(day=TODAY + 30 * DAY) == 0


def test_the_unit_is_an_alarm_until_it_is_usual_again(others_look):
    register_organization(name="Nordlab", her_id="8000001")
    emergencies(3)

    watch_organizations(day=TODAY)
    (text,) = alarms()
    assert "Lillevik legesenter har åpnet sperrede svar" in text
    assert " 3 ganger" in text
    watch_organizations(day=TODAY + 30 * DAY)
    assert alarms() == []


def test_two_persons_of_a_unit_are_counted_together(others_look):
    emergencies(2)
    evas = cast.the_viewer(cast.EVA).user_id
    an_override(has_looked(cast.OLA, cast.JONAS), user_id=evas)

    assert watch(day=TODAY) == 0
    watch_organizations(day=TODAY)
    assert len(alarms()) == 1


def test_a_rule_that_is_switched_off_says_nothing(others_look):
    emergencies(3)
    WatchRule.objects.update(is_active=False)

    watch_organizations(day=TODAY)
    assert alarms() == []


def test_both_are_done_every_day(others_look, clock):
    emergencies(3)
    clock.shift(DAY)

    watch_looks()

    assert AccessCase.objects.count() == 1
    assert len(alarms()) == 1
