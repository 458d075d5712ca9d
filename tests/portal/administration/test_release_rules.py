"""Siri enters which answers wait; Turid sees how many it is about, and signs."""

import datetime

import pytest
import time_machine

from access.models import ReleaseRule
from tests.portal.administration.operators import turid

pytestmark = pytest.mark.django_db

PATH = "/forvaltning/access/releaserule/"
SAID = {
    "category": "MBIO",
    "code": "",
    "needs_assessment": "on",
    "valid_from": "2026-11-25",
    "decided_by": "Helsedirektoratet",
    "reason": "Prøveordning",
}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(datetime.datetime(2026, 11, 24, 12), tick=True):
        yield


def entered(operator, **changed) -> ReleaseRule | None:
    operator.post(f"{PATH}add/", **{**SAID, **changed})
    return ReleaseRule.objects.filter(answered_at=None).first()


def answers(operator, rule, kind="godkjenn"):
    answer = operator.post(f"{PATH}{rule.pk}/gjor/{kind}/")
    rule.refresh_from_db()
    return answer


@pytest.mark.parametrize(
    "wrong",
    [
        {"category": ""},
        {"valid_from": "2026-11-24"},
        {"valid_to": "2026-11-25"},
        {"decided_by": ""},
        {"reason": ""},
    ],
    ids=lambda wrong: " ".join(wrong),
)
def test_a_rule_of_nothing_or_from_today_is_not_entered(siri, wrong):
    assert entered(siri, **wrong) is None


def test_another_approves_it_and_sees_what_it_is_about(siri):
    rule = entered(siri)
    assert (
        "0 svar de siste 30 dagene."
        in siri.get(f"{PATH}{rule.pk}/change/").content.decode()
    )

    answers(siri, rule)
    assert rule.is_approved is None
    answers(turid(), rule)
    assert rule.is_approved is True


def test_declined_it_holds_nothing(siri):
    rule = entered(siri)
    answers(turid(), rule, "avslaa")

    assert rule.is_approved is False


def test_on_its_own_day_it_is_too_late(siri):
    rule = entered(siri)
    with time_machine.travel(datetime.datetime(2026, 11, 25, 12)):
        answers(turid(), rule)

    assert rule.is_approved is None


def test_answered_it_is_final_in_the_database_too(siri):
    from django.db import DatabaseError, transaction

    rule = entered(siri)
    answers(turid(), rule)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReleaseRule.objects.filter(pk=rule.pk).update(needs_assessment=False)
