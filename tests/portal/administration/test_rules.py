"""Rules are decided by the authorities, entered by Siri, and never rewritten."""

import datetime

import pytest
import time_machine
from django.contrib.admin.models import LogEntry

from results.models import (
    AttachmentRule,
    Organization,
    PurgeRecord,
    PurposeRule,
    RetentionRule,
    SharingRule,
)
from tests.portal.administration.operators import turid

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 24)
RULES = (SharingRule, PurposeRule, RetentionRule, AttachmentRule)
DECIDED = {"decided_by": "Helsedirektoratet", "reason": "Mandatet."}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(datetime.datetime(2026, 11, 24, 12), tick=True):
        yield


@pytest.fixture(autouse=True)
def _no_rules_yet():
    for rules in (SharingRule, RetentionRule):
        rules.objects.all().delete()


@pytest.fixture
def nordlab():
    return Organization.objects.create(name="Nordlab", her_id="900004")


@pytest.fixture
def lillevik():
    return Organization.objects.create(name="Lillevik", her_id="900001")


def path_of(model, page="add/") -> str:
    return f"/forvaltning/results/{model._meta.model_name}/{page}"


def enter(operator, model, **said):
    """Fill in the form; dates in days from today. Gives the rule, or None."""
    begins = TODAY + datetime.timedelta(days=said.pop("begins", 0))
    known = set(model.objects.values_list("pk", flat=True))
    operator.post(path_of(model), **{**DECIDED, "valid_from": begins, **said})
    return model.objects.exclude(pk__in=known).first()


def change(operator, rule, **said):
    """Save the form with these values; gives the page."""
    answer = operator.post(path_of(type(rule), f"{rule.pk}/change/"), **said)
    rule.refresh_from_db()
    return answer.content.decode()


def shared(**said):
    standing = {"is_shared": True, "valid_from": TODAY, **DECIDED}
    return SharingRule.objects.create(**{**standing, **said})


class TestWhoMay:
    @pytest.mark.parametrize("model", RULES)
    def test_who_handles_messages_decides_nothing(self, model):
        handler = turid("handle_messages", "view_receivedmessage")

        assert handler.get(path_of(model)).status_code == 403
        assert enter(handler, model) is None

    def test_the_proof_of_what_was_erased_is_only_read(self, siri):
        assert siri.get(path_of(PurgeRecord, "")).status_code == 200
        assert siri.get(path_of(PurgeRecord)).status_code == 403


class TestEntering:
    def test_a_rule_is_signed_by_who_decided_and_who_entered(self, siri):
        rule = enter(siri, SharingRule, is_shared="on")

        assert (rule.decided_by, rule.registered_by) == (
            "Helsedirektoratet",
            str(siri.user.pk),
        )
        page = siri.page(path_of(SharingRule, f"{rule.pk}/change/"))
        assert siri.user.name in page

    @pytest.mark.parametrize("missing", ["decided_by", "reason", "valid_from"])
    def test_an_unsigned_rule_is_none(self, siri, missing):
        assert enter(siri, SharingRule, **{missing: ""}) is None

    def test_no_rule_reaches_back(self, siri):
        assert enter(siri, SharingRule, begins=-1) is None

    def test_no_rule_ends_before_it_begins(self, siri):
        assert enter(siri, SharingRule, begins=5, valid_to=TODAY) is None

    def test_its_history_can_be_seen(self, siri):
        rule = enter(siri, SharingRule, is_shared="on")
        change(siri, rule, valid_to=TODAY + datetime.timedelta(days=3))

        page = siri.page(path_of(SharingRule, f"{rule.pk}/history/"))

        assert LogEntry.objects.filter(object_id=str(rule.pk)).count() == 2
        assert siri.user.name in page


class TestThePast:
    @pytest.fixture
    def begun(self):
        return shared(valid_from=TODAY - datetime.timedelta(days=9))

    def test_what_has_begun_is_not_rewritten(self, siri, begun):
        change(siri, begun, is_shared="", reason="En annen", valid_from=TODAY)

        assert begun.is_shared is True
        assert begun.reason == DECIDED["reason"]
        assert begun.valid_from < TODAY

    def test_it_may_be_ended_from_today(self, siri, begun):
        change(siri, begun, valid_to=TODAY)

        assert begun.valid_to == TODAY

    def test_it_is_not_ended_before_today(self, siri, begun):
        page = change(siri, begun, valid_to=TODAY - datetime.timedelta(days=1))

        assert begun.valid_to is None
        assert "bakover i tid" in page

    def test_what_is_over_is_not_brought_back(self, siri, begun):
        SharingRule.objects.update(valid_to=TODAY)

        change(siri, begun, valid_to="")

        assert begun.valid_to == TODAY

    def test_it_is_never_deleted(self, siri, begun):
        answer = siri.post(path_of(SharingRule, f"{begun.pk}/delete/"), post="yes")

        assert answer.status_code == 403
        assert SharingRule.objects.filter(pk=begun.pk).exists()

    def test_many_are_not_deleted_together(self, siri, begun):
        siri.post(
            path_of(SharingRule, ""),
            _selected_action=[str(begun.pk)],
            action="delete_selected",
            post="yes",
        )

        assert SharingRule.objects.filter(pk=begun.pk).exists()

    def test_what_has_not_begun_may_be_changed_and_taken_away(self, siri):
        rule = enter(siri, SharingRule, is_shared="on", begins=5)
        later = TODAY + datetime.timedelta(days=6)

        change(siri, rule, **DECIDED, valid_from=later, is_shared="on")
        assert rule.valid_from == later

        siri.post(path_of(SharingRule, f"{rule.pk}/delete/"), post="yes")
        assert not SharingRule.objects.filter(pk=rule.pk).exists()


class TestContradictions:
    def test_an_equally_precise_no_is_warned_of(self, siri, nordlab):
        shared(producer=nordlab)

        assert enter(siri, SharingRule, producer=nordlab.pk) is None

    def test_it_is_entered_by_who_has_seen_it(self, siri, nordlab):
        shared(producer=nordlab)

        said = {"producer": nordlab.pk, "accepts_contradiction": "on"}

        assert enter(siri, SharingRule, **said) is not None

    def test_two_that_name_different_things_may_meet(self, siri, nordlab, lillevik):
        """Nordlab is shared, what Lillevik asks for is not: and when Lillevik asks
        Nordlab?"""
        shared(producer=nordlab)

        assert enter(siri, SharingRule, requester=lillevik.pk) is None

    def test_a_more_precise_rule_is_an_exception_and_no_contradiction(
        self, siri, nordlab
    ):
        shared()

        assert enter(siri, SharingRule, producer=nordlab.pk) is not None

    def test_of_two_others_neither_contradicts(self, siri, nordlab, lillevik):
        shared(producer=nordlab)

        assert enter(siri, SharingRule, producer=lillevik.pk) is not None

    def test_what_is_over_contradicts_nothing(self, siri):
        shared(valid_from=TODAY - datetime.timedelta(days=9), valid_to=TODAY)

        assert enter(siri, SharingRule) is not None

    def test_the_same_said_twice_is_none(self, siri):
        shared()

        assert enter(siri, SharingRule, is_shared="on") is not None

    def test_a_purpose_is_the_same_in_any_case(self, siri):
        enter(siri, PurposeRule, purpose="Forskning")

        said = {"purpose": " FORSKNING", "is_health_care": "on"}
        assert enter(siri, PurposeRule, **said) is None
        assert enter(siri, PurposeRule, purpose="Kvalitet", is_health_care="on")

    def test_two_lengths_for_the_same_are_warned_of(self, siri):
        enter(siri, RetentionRule, kind="content", days=30)

        assert enter(siri, RetentionRule, kind="content", days=60) is None
        assert enter(siri, RetentionRule, kind="content", days=60, category="PAT")
        assert enter(siri, RetentionRule, kind="withheld", days=60)

    def test_what_was_never_read_has_no_discipline(self, siri):
        said = {"kind": "withheld", "days": 7, "category": "PAT"}

        assert enter(siri, RetentionRule, **said) is None

    def test_a_producer_of_its_own_is_an_exception(self, siri, nordlab):
        enter(siri, AttachmentRule)

        assert enter(siri, AttachmentRule, producer=nordlab.pk, is_kept="on")
        assert enter(siri, AttachmentRule, is_kept="on") is None
