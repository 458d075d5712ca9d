"""A table of situations, and what must hold whatever the facts are."""

import datetime
import itertools
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.decision import decide
from access.permissions import Permission
from access.terms import (
    ANONYMOUS,
    AccessBasis,
    AccessRequest,
    Action,
    Facts,
    Grant,
    PurposeOfUse,
    Reason,
    RoleFact,
    Viewer,
    ViewerKind,
)
from tests.access.situations import (
    KARI,
    NOW,
    OLAS_OWN_RECORD,
    a_request,
    facts,
    kari,
    ola,
    opening,
)

REFUSED = [
    ("nobody", a_request(viewer=ANONYMOUS), Reason.AUTH_REQUIRED),
    (
        "a machine",
        a_request(viewer=Viewer(kind=ViewerKind.SYSTEM, security_level=4)),
        Reason.AUTH_REQUIRED,
    ),
    ("level 3", a_request(viewer=ola(security_level=3)), Reason.LEVEL_TOO_LOW),
    (
        "citizen, level 3",
        a_request(viewer=kari(security_level=3)),
        Reason.LEVEL_TOO_LOW,
    ),
    ("not in HPR", a_request(viewer=ola(hpr_number="")), Reason.HPR_MISSING),
    ("no basis", opening(basis=None), Reason.BASIS_REQUIRED),
    ("own record", opening(patient_id=OLAS_OWN_RECORD), Reason.OWN_RECORD),
    (
        "another citizen",
        a_request(viewer=kari(), patient_id=uuid.UUID(int=99)),
        Reason.NOT_REPRESENTED,
    ),
    (
        "a citizen at the personnel's door",
        opening(viewer=kari()),
        Reason.NOT_REPRESENTED,
    ),
    ("another's log", a_request(action=Action.READ_ACCESS_LOG), Reason.NO_RULE),
]

PERMITTED = [
    ("the doctor opens", opening()),
    ("the doctor lists", a_request()),
    ("the doctor reads", a_request(action=Action.OPEN_REPORT)),
    ("Kari lists", a_request(viewer=kari())),
    ("Kari reads", a_request(viewer=kari(), action=Action.OPEN_REPORT)),
    ("Kari sees who looked", a_request(viewer=kari(), action=Action.READ_ACCESS_LOG)),
]


@pytest.mark.parametrize(
    ("request_", "reason"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_refused(request_, reason):
    verdict = decide(request_, facts())

    assert (verdict.is_permitted, verdict.reason) == (False, reason)


@pytest.mark.parametrize(
    "request_", [p[1] for p in PERMITTED], ids=[p[0] for p in PERMITTED]
)
def test_permitted(request_):
    verdict = decide(request_, facts())

    assert (verdict.is_permitted, verdict.reason) == (True, Reason.PERMITTED)


viewers = st.builds(
    Viewer,
    kind=st.sampled_from(ViewerKind),
    user_id=st.just(uuid.UUID(int=3)),
    hpr_number=st.sampled_from(["", "9000001"]),
    role_code=st.sampled_from(["", "LE", "AA", "HE"]),
    organization_id=st.sampled_from([None, uuid.UUID(int=4)]),
    patient_id=st.sampled_from([None, KARI, OLAS_OWN_RECORD]),
    security_level=st.sampled_from([0, 3, 4]),
)
requests = st.builds(
    AccessRequest,
    action=st.sampled_from(Action),
    viewer=viewers,
    patient_id=st.sampled_from([KARI, OLAS_OWN_RECORD]),
    at=st.just(NOW),
    basis=st.sampled_from([None, *AccessBasis]),
    purpose=st.sampled_from([None, *PurposeOfUse]),
)
grants = st.builds(
    Grant,
    id=st.just(uuid.UUID(int=6)),
    basis=st.sampled_from(AccessBasis),
    purpose=st.sampled_from(PurposeOfUse),
    expires_at=st.sampled_from([NOW, NOW + datetime.timedelta(minutes=1)]),
)
roles = st.builds(
    RoleFact,
    role_code=st.just("LE"),
    permissions=st.frozensets(st.sampled_from(Permission)),
    only_in_emergency=st.booleans(),
)
any_facts = st.builds(
    Facts,
    role=st.none() | roles,
    is_organization_approved=st.booleans(),
    grant=st.none() | grants,
    has_expired_grant=st.booleans(),
)


@given(requests, any_facts)
def test_a_permit_always_rests_on_one_of_two_grounds(request_, given_facts):
    verdict = decide(request_, given_facts)
    viewer = request_.viewer

    if verdict.is_permitted:
        assert viewer.security_level == 4
        is_own = viewer.patient_id == request_.patient_id
        if viewer.kind is ViewerKind.CITIZEN:
            assert is_own
        else:
            assert viewer.kind is ViewerKind.PRACTITIONER
            assert not is_own
            assert viewer.hpr_number
            assert Permission.OPEN_REPORTS in given_facts.role.permissions
            assert request_.basis or given_facts.grant.expires_at > NOW


@given(requests, any_facts)
def test_taking_away_a_fact_never_opens_more(request_, given_facts):
    if not decide(request_, given_facts).is_permitted:
        assert not decide(request_, Facts()).is_permitted


def test_every_verdict_names_its_rule():
    for action, viewer in itertools.product(Action, [ola(), kari(), ANONYMOUS]):
        assert decide(a_request(action=action, viewer=viewer), facts()).rule
