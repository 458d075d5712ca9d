"""Needs, limits and emergencies in any order: what Ola sees is what the rules say."""

import datetime

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from access import lookup
from access.limits import RestrictionScope
from access.models import AccessLogEntry, CareRelationship, EmergencyOverride
from access.terms import AccessBasis, EmergencyReason, PurposeOfUse
from tests import cast
from tests.results.stories import store

MONDAY = datetime.datetime(2026, 11, 2, 9, tzinfo=datetime.UTC)
PLAIN = (AccessBasis.CONSENT, PurposeOfUse.TREAT)
AGREED = (AccessBasis.ELEVATED_CONSENT, PurposeOfUse.TREAT)
OVERRIDE = (AccessBasis.ELEVATED_EMERGENCY, PurposeOfUse.BTG)
CLOSES = {
    "all": {"scope": RestrictionScope.ALL},
    "clin": {"scope": RestrictionScope.DISCIPLINE, "category": "CLIN"},
    "pat": {"scope": RestrictionScope.DISCIPLINE, "category": "PAT"},
}


class Life(RuleBasedStateMachine):
    """Kari has one report of biochemistry. The model beside it is five values."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.travel = time_machine.travel(MONDAY, tick=False)
        self.clock = self.travel.start()
        self.report = store(about=cast.number_of(cast.KARI)).report_id
        self.kari, self.ola = cast.the_viewer(cast.KARI), cast.the_viewer(cast.OLA)
        self.own = {"patient_id": self.kari.patient_id}
        self.closed: dict[str, object] = {}
        self.block = None
        self.minutes_left = 0
        self.is_elevated = False
        self.overrides = 0

    def teardown(self) -> None:
        self.travel.stop()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(what=st.sampled_from(sorted(CLOSES)))
    def kari_closes(self, what):
        self.closed[what] = lookup.restrict(self.kari, **self.own, **CLOSES[what]).value

    @precondition(lambda self: self.closed)
    @rule()
    def kari_opens_again(self):
        _what, limit = self.closed.popitem()
        assert lookup.lift(self.kari, **self.own, limit_id=limit).value

    @rule()
    def kari_shuts_ola_out(self):
        hpr_number = self.ola.hpr_number
        self.block = lookup.block(self.kari, **self.own, hpr_number=hpr_number).value

    @precondition(lambda self: self.block)
    @rule()
    def kari_lets_ola_in(self):
        lookup.lift(self.kari, **self.own, limit_id=self.block)
        self.block = None

    @rule(how=st.sampled_from([PLAIN, AGREED, OVERRIDE]))
    def ola_states_a_need(self, how):
        answer = lookup.renew_need(
            self.ola,
            **self.own,
            basis=how[0],
            purpose=how[1],
            emergency_reason=EmergencyReason.DANGER,
        )
        assert answer.verdict.is_permitted is (self.block is None)
        if self.block is None:
            self.minutes_left = 60
            self.is_elevated = how is not PLAIN and bool(self.closed)
            self.overrides += how is OVERRIDE and bool(self.closed)

    @rule()
    def ola_closes_the_patient(self):
        lookup.close_patient(self.ola)
        self.minutes_left = 0

    @rule(minutes=st.sampled_from([20, 59, 60]))
    def time_passes(self, minutes):
        self.clock.shift(datetime.timedelta(minutes=minutes))
        self.minutes_left = max(0, self.minutes_left - minutes)

    @invariant()
    def ola_sees_what_the_rules_say_and_it_is_logged(self):
        before = AccessLogEntry.objects.count()
        listed = lookup.list_reports(self.ola, **self.own)
        read = lookup.open_report(self.ola, **self.own, report_id=self.report)
        is_open = self.minutes_left > 0 and self.block is None
        is_closed = bool({"all", "clin"} & self.closed.keys())
        may_read = is_open and (self.is_elevated or not is_closed)

        assert listed.verdict.is_permitted is is_open
        assert read.verdict.is_permitted is may_read
        if listed.value:
            assert bool(listed.value.reports) is may_read
            assert bool(listed.value.closed) is bool(self.closed)
        assert AccessLogEntry.objects.count() == before + 2

    @invariant()
    def kari_sees_it_all(self):
        assert lookup.open_report(self.kari, **self.own, report_id=self.report).value

    @invariant()
    def no_two_needs_and_no_override_is_forgotten(self):
        assert CareRelationship.objects.filter(ended_at=None).count() <= 1
        assert EmergencyOverride.objects.count() == self.overrides


@pytest.mark.django_db
def test_the_whole_life():
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=6,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
