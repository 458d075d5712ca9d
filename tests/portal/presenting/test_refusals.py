"""Every refusal is told: what, why, and what to do next."""

import pytest

from access.terms import Reason
from portal.presenting.refusals import present_refusal

# An elevation that opens nothing is let pass, and told of in the log alone.
_PERMITTING = (Reason.PERMITTED, Reason.ELEVATION_UNNEEDED)
# In the log alone: the reader is told something that says less of another person, or
# what was wrong with the form (tests/access/test_representing.py).
_IN_THE_LOG_ALONE = (
    Reason.CONSENT_REVOKED,
    Reason.NO_SHARED_ADDRESS,
    Reason.CARE_ORDER,
    Reason.ADDRESS_PROTECTED,
    Reason.OUTSIDE_SCOPE,
    Reason.NOT_FOR_PARENTS,
    Reason.NOT_REGISTERED,
)
_NOT_SHOWN = (*_PERMITTING, *_IN_THE_LOG_ALONE)
REFUSING = [reason for reason in Reason if reason not in _NOT_SHOWN]


@pytest.mark.parametrize("reason", REFUSING)
def test_each_reason_has_its_own_words(reason):
    refusal = present_refusal(reason)

    assert str(refusal.title)
    assert str(refusal.why).endswith(".")
    assert str(refusal.next_step).endswith(".")


def test_no_two_reasons_say_the_same():
    titles = [str(present_refusal(reason).title) for reason in REFUSING]

    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(
    "reason",
    [
        Reason.BASIS_REQUIRED,
        Reason.BASIS_NOT_ALLOWED,
        Reason.PURPOSE_REQUIRED,
        Reason.GRANT_EXPIRED,
    ],
)
def test_where_stating_a_need_would_help_it_is_offered(reason):
    assert present_refusal(reason).may_state_need


def test_where_it_would_not_help_it_is_not_offered():
    helping = {r for r in REFUSING if present_refusal(r).may_state_need}

    assert Reason.ROLE_NOT_PERMITTED not in helping
    assert Reason.OWN_RECORD not in helping
    assert Reason.NOT_FOUND not in helping


def test_what_is_not_found_tells_nothing_of_whether_it_exists():
    refusal = present_refusal(Reason.NOT_FOUND)

    assert "eller" in str(refusal.why)
