"""What the authorities decide holds from its day, when two have signed it."""

import datetime
import uuid

import pytest
import time_machine
from django.db import InternalError, ProgrammingError, transaction

from access import lookup
from access.decision import decide
from access.facts import load_facts
from access.models import Policy
from access.operations import answer_policy
from access.operations.policies import preview
from access.policies import policies_of, policies_on
from access.switches import SHAPES, Policies
from access.terms import AccessRequest, Action
from results.operations.operator_actions import Refused
from tests import cast
from tests.access.situations import NEED

pytestmark = pytest.mark.django_db

SIRI, TURID = "siri", "turid"
TODAY = datetime.date(2026, 11, 24)
NOON = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def proposed(key="grant_minutes", value=30, *, begins=0, **changed) -> Policy:
    """Siri has entered it, to apply in so many days."""
    values = {
        "registered_by": SIRI,
        "valid_from": TODAY + datetime.timedelta(days=begins),
        "decided_by": "Helsedirektoratet",
        "reason": "Prøveordning",
    }
    return Policy.objects.create(key=key, value=value, **{**values, **changed})


def approved(*args, **changed) -> Policy:
    policy = proposed(*args, **changed)
    return answer_policy(policy.pk, by=TURID, is_approved=True)


class TestSigning:
    def test_nobody_approves_their_own(self):
        policy = proposed()

        with pytest.raises(Refused):
            answer_policy(policy.pk, by=SIRI, is_approved=True)
        assert policies_on(TODAY).grant_minutes == 60

    def test_the_database_too_asks_for_another(self):
        with pytest.raises(Exception, match="policy_answered_by_another"):
            proposed(answered_by=SIRI, answered_at=NOON, is_approved=True, version=99)

    def test_until_it_is_approved_it_is_but_a_proposal(self):
        proposed()

        assert policies_on(TODAY).grant_minutes == 60

    def test_what_is_declined_never_holds(self):
        answer_policy(proposed().pk, by=TURID, is_approved=False)

        assert policies_on(TODAY).grant_minutes == 60

    @pytest.mark.parametrize("is_approved", [True, False])
    def test_it_is_answered_once(self, is_approved):
        policy = approved()

        with pytest.raises(Refused):
            answer_policy(policy.pk, by="third", is_approved=is_approved)

    def test_one_that_is_not_there_is_answered_by_nobody(self):
        with pytest.raises(Refused):
            answer_policy(uuid.UUID(int=1), by=TURID, is_approved=True)

    def test_none_reaches_back(self, clock):
        policy = proposed()
        clock.shift(datetime.timedelta(days=1))

        with pytest.raises(Refused):
            answer_policy(policy.pk, by=TURID, is_approved=True)

    @pytest.mark.parametrize("change", [{"value": 5}, {"valid_to": None}, None])
    def test_what_was_answered_is_final(self, change):
        rows = Policy.objects.filter(pk=approved().pk)

        with (
            pytest.raises((InternalError, ProgrammingError), match="final"),
            transaction.atomic(),
        ):
            rows.update(**change) if change else rows.delete()


class TestInForce:
    def test_an_installation_starts_with_every_default_as_a_row(self):
        assert set(Policy.objects.values_list("key", flat=True)) == set(SHAPES)
        assert policies_on(TODAY) == Policies(version=len(SHAPES))

    def test_it_holds_from_its_day_to_the_day_before_its_end(self):
        ends = TODAY + datetime.timedelta(days=3)
        approved(begins=1, valid_to=ends)

        minutes = [
            policies_on(TODAY + datetime.timedelta(days=d)).grant_minutes
            for d in range(4)
        ]
        assert minutes == [60, 30, 30, 60]

    def test_the_later_day_takes_the_place_of_the_earlier(self):
        approved(value=20, begins=2)
        approved(value=40, begins=1)

        in_three_days = policies_on(TODAY + datetime.timedelta(days=3))
        assert in_three_days.grant_minutes == 20

    def test_of_one_day_the_last_approved_holds(self):
        approved(value=20)
        latest = approved(value=40)

        now = policies_on(TODAY)
        assert (now.grant_minutes, now.version) == (40, latest.version)

    @pytest.mark.parametrize("value", [4, 61, True, "30", None, 30.5])
    def test_a_value_out_of_shape_is_passed_over(self, value):
        assert policies_of([(7, "grant_minutes", value)]).grant_minutes == 60

    @pytest.mark.parametrize("value", [0, 1, "true", None])
    def test_a_number_is_no_yes(self, value):
        assert policies_of([(7, "may_see_that_restricted", value)]) == Policies(
            version=7
        )

    def test_a_key_of_a_later_program_is_passed_over(self):
        assert policies_of([(7, "from_the_future", 1)]) == Policies(version=7)


class TestAtTheDoor:
    def test_a_verdict_tells_under_which_version_it_fell(self):
        version = approved().version
        ola, kari = cast.the_viewer(cast.OLA), cast.the_viewer(cast.KARI)
        request = AccessRequest(Action.LIST_REPORTS, ola, kari.patient_id, NOON)

        assert decide(request, load_facts(request)).policy_version == version

    def test_a_need_lasts_as_long_as_is_decided(self):
        approved(value=20)

        opened = lookup.open_patient(
            cast.the_viewer(cast.OLA), number=cast.KARI.number, **NEED
        )

        assert opened.value.grant_expires_at == NOON + datetime.timedelta(minutes=20)


class TestPreview:
    def test_nothing_has_been_decided_that_would_change(self):
        assert preview(proposed()) == {}

    def test_looks_late_in_the_hour_would_have_been_refused(self, clock):
        ola = cast.the_viewer(cast.OLA)
        opened = lookup.open_patient(ola, number=cast.KARI.number, **NEED)
        patient_id = opened.value.patient_id
        for minutes in (29, 1, 1):  # at 29, 30 and 31 minutes
            clock.shift(datetime.timedelta(minutes=minutes))
            lookup.list_reports(ola, patient_id=patient_id)

        assert preview(proposed(value=30)) == {"PERMITTED": 2}

    def test_what_is_older_than_a_month_is_not_counted(self, clock):
        ola = cast.the_viewer(cast.OLA)
        opened = lookup.open_patient(ola, number=cast.KARI.number, **NEED)
        clock.shift(datetime.timedelta(minutes=40))
        lookup.list_reports(ola, patient_id=opened.value.patient_id)
        clock.shift(datetime.timedelta(days=30, seconds=1))

        assert preview(proposed(value=30, begins=31)) == {}

    def test_every_policy_can_be_previewed(self):
        for policy in Policy.objects.all():
            assert preview(policy) == {}
