"""Siri enters what the directorate decided; Turid sees what it changes, and signs."""

import datetime

import pytest
import time_machine

from access.models import Policy
from tests.portal.administration.operators import turid

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 24)
PATH = "/forvaltning/access/policy/"
SAID = {
    "key": "grant_minutes",
    "value": "30",
    "valid_from": "2026-11-24",
    "decided_by": "Helsedirektoratet",
    "reason": "Prøveordning",
}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(datetime.datetime(2026, 11, 24, 12), tick=True):
        yield


def entered(operator, **changed) -> Policy | None:
    operator.post(f"{PATH}add/", **{**SAID, **changed})
    return Policy.objects.filter(answered_at=None).first()


def answers(operator, policy, kind="godkjenn"):
    answer = operator.post(f"{PATH}{policy.pk}/gjor/{kind}/")
    policy.refresh_from_db()
    return answer


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "0"},
        {"value": "61"},
        {"value": "true"},
        {"value": '"30"'},
        {"key": "may_see_that_restricted", "value": "1"},
        {"valid_from": "2026-11-23"},
        {"decided_by": ""},
        {"reason": ""},
    ],
    ids=lambda wrong: " ".join(wrong),
)
def test_what_is_out_of_shape_unsigned_or_reaches_back_is_not_entered(siri, wrong):
    assert entered(siri, **wrong) is None


def test_the_page_tells_what_a_value_may_be(siri):
    page = siri.post(f"{PATH}add/", **{**SAID, "value": "61"}).content.decode()
    yes_or_no = {**SAID, "key": "may_see_that_restricted"}
    other = siri.post(f"{PATH}add/", **yes_or_no).content.decode()

    assert "fra 5 til 60" in page
    assert "true eller false" in other


def test_who_entered_it_cannot_approve_it(siri):
    policy = entered(siri)
    answers(siri, policy)

    assert policy.is_approved is None
    assert "en annen" in siri.told()


def test_who_has_no_such_right_approves_nothing(siri):
    policy = entered(siri)

    assert answers(turid("handle_messages"), policy).status_code == 403
    assert policy.is_approved is None


def test_another_sees_what_it_changes_and_approves(siri):
    policy = entered(siri)
    other = turid("approve_policy", "view_policy")

    assert "Hva den ville ha endret" in other.page(f"{PATH}{policy.pk}/change/")
    answers(other, policy)

    assert policy.is_approved
    assert policy.version == Policy.objects.exclude(version=None).count()
    page = other.page(f"{PATH}{policy.pk}/change/")
    assert "Hva den ville ha endret" not in page
    assert "gjor/godkjenn" not in page


def test_another_declines(siri):
    policy = entered(siri)
    answers(turid("approve_policy"), policy, "avslaa")

    assert (policy.is_approved, policy.version) == (False, None)


def test_who_proposed_and_who_signed_is_listed(siri):
    policy = entered(siri)
    other = turid("approve_policy")
    answers(other, policy)

    page = siri.page(PATH)
    assert siri.user.name in page
    assert other.user.name in page


def test_nothing_is_rewritten_here(siri):
    policy = entered(siri)
    siri.post(f"{PATH}{policy.pk}/change/", **{**SAID, "value": "10"})
    siri.post(f"{PATH}{policy.pk}/delete/", post="yes")

    policy.refresh_from_db()
    assert policy.value == 30


def test_a_proposer_needs_the_right_to_propose():
    assert entered(turid("view_policy")) is None
