"""«Tjenstlig behov»: stated for this patient, and still valid."""

import datetime

import pytest

from access.rules import need_to_know
from access.terms import AccessBasis, Action, PurposeOfUse, Reason
from tests.access.situations import NOW, a_grant, a_request, facts, kari, opening


def verdict(request, given):
    return need_to_know.judge(request, given)


def test_no_basis_no_opening():
    assert verdict(opening(basis=None), facts()).reason is Reason.BASIS_REQUIRED


def test_no_purpose_no_opening():
    assert verdict(opening(purpose=None), facts()).reason is Reason.PURPOSE_REQUIRED


@pytest.mark.parametrize(
    ("basis", "purpose"),
    [
        (AccessBasis.ELEVATED_CONSENT, PurposeOfUse.BTG),
        (AccessBasis.ELEVATED_EMERGENCY, PurposeOfUse.ETREAT),
        (AccessBasis.EMERGENCY, PurposeOfUse.TREAT),
        (AccessBasis.CONSENT, PurposeOfUse.BTG),
    ],
)
def test_pairs_that_do_not_go_together_are_refused(basis, purpose):
    refused = verdict(opening(basis=basis, purpose=purpose), facts())

    assert refused.reason is Reason.BASIS_NOT_ALLOWED


@pytest.mark.parametrize(
    ("basis", "purpose"),
    [
        (AccessBasis.CONSENT, PurposeOfUse.TREAT),
        (AccessBasis.CONSENT, PurposeOfUse.ETREAT),
        (AccessBasis.EXEMPT, PurposeOfUse.TREAT),
        (AccessBasis.EXEMPT, PurposeOfUse.COC),
        (AccessBasis.EMERGENCY, PurposeOfUse.ETREAT),
    ],
)
def test_a_stated_need_opens_the_patient(basis, purpose):
    assert verdict(opening(basis=basis, purpose=purpose), facts()).is_permitted


@pytest.mark.parametrize("action", [Action.LIST_REPORTS, Action.OPEN_REPORT])
def test_reading_without_a_need_asks_for_one(action):
    refused = verdict(a_request(action=action), facts(grant=None))

    assert refused.reason is Reason.BASIS_REQUIRED


def test_a_need_that_has_ended_says_so():
    refused = verdict(a_request(), facts(grant=None, has_expired_grant=True))

    assert refused.reason is Reason.GRANT_EXPIRED


def test_the_hour_ends_on_the_second():
    given = facts(grant=a_grant(expires_at=NOW))
    just_before = a_request(at=NOW - datetime.timedelta(seconds=1))

    assert verdict(just_before, given).is_permitted
    assert verdict(a_request(at=NOW), given).reason is Reason.GRANT_EXPIRED


def test_a_patients_log_is_not_for_personnel():
    assert verdict(a_request(action=Action.READ_ACCESS_LOG), facts()) is None


def test_a_citizen_has_no_need_to_state():
    assert verdict(a_request(viewer=kari()), facts()) is None
