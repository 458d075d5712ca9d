"""«Utsatt innsyn», told as situations and as what holds in all of them."""

import datetime
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from access.decision import decide
from access.release import (
    PRELIMINARY_HIDDEN,
    READABLE,
    Confidentiality,
    DecisionKind,
    ReleaseFault,
    ReleaseOrder,
    ReleaseState,
    faults_in,
)
from access.rules.release import release_of
from access.terms import READINGS, Action, Facts, Reason
from results.vocabulary import WITHDRAWN, Discipline, ReportStatus
from tests.access.situations import (
    FIRST,
    NOW,
    REPORT,
    SECOND,
    a_decision,
    a_release,
    a_request,
    facts,
    kari,
)

DAY = datetime.timedelta(days=1)
RELEASED, DELAYED, WITHHELD = DecisionKind
SHOWN, TOMBSTONE, PRELIMINARY, AWAITING, LATER, REFUSED = ReleaseState
# What is known of an answer, and what its citizen is shown.
SITUATIONS = {
    "no rule holds it back": ({}, SHOWN),
    "a rule holds it back": ({"needs_assessment": True}, AWAITING),
    "assessed": ({"needs_assessment": True, "decision": a_decision()}, SHOWN),
    "assessed, then corrected": (
        {"needs_assessment": True, "decision": a_decision(), "version_id": SECOND},
        AWAITING,
    ),
    "a comment on what was shown all along, then corrected": (
        {"decision": a_decision(ended_wait=False), "version_id": SECOND},
        SHOWN,
    ),
    "delayed to tomorrow": (
        {"decision": a_decision(DELAYED, until=NOW + DAY)},
        LATER,
    ),
    "delayed to this second": ({"decision": a_decision(DELAYED, until=NOW)}, SHOWN),
    "delayed to yesterday, then corrected": (
        {"decision": a_decision(DELAYED, until=NOW - DAY), "version_id": SECOND},
        AWAITING,
    ),
    "delayed until it is assessed": ({"decision": a_decision(DELAYED)}, AWAITING),
    "delayed by a laboratory to yesterday, and a rule": (
        {
            "decision": a_decision(DELAYED, until=NOW - DAY, version_id=None),
            "needs_assessment": True,
        },
        AWAITING,
    ),
    "withheld": ({"decision": a_decision(WITHHELD)}, REFUSED),
    "withheld, then corrected": (
        {"decision": a_decision(WITHHELD), "version_id": SECOND},
        REFUSED,
    ),
    "withdrawn": ({"status": ReportStatus.CANCELLED}, SHOWN),
    "withdrawn before it was assessed": (
        {"status": ReportStatus.CANCELLED, "needs_assessment": True},
        TOMBSTONE,
    ),
    "preliminary pathology": (
        {"category": "PAT", "is_unfinished": True, "decision": a_decision()},
        PRELIMINARY,
    ),
    "preliminary biochemistry": ({"is_unfinished": True}, SHOWN),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_what_a_citizen_is_shown(name):
    known, expected = SITUATIONS[name]

    assert release_of(a_release(**known), at=NOW).state is expected


REASONS = {
    AWAITING: Reason.NOT_RELEASED,
    PRELIMINARY: Reason.PRELIMINARY,
    LATER: Reason.DELAYED,
    REFUSED: Reason.WITHHELD,
}
DECISIONS = st.one_of(
    st.none(),
    st.builds(
        a_decision,
        st.sampled_from(DecisionKind),
        until=st.one_of(
            st.none(), st.datetimes(timezones=st.just(datetime.UTC)).map(lambda d: d)
        ),
        version_id=st.sampled_from([None, FIRST, SECOND]),
        ended_wait=st.booleans(),
    ),
)
RELEASES = st.builds(
    a_release,
    category=st.sampled_from([d.value for d in Discipline]),
    status=st.sampled_from(ReportStatus),
    is_unfinished=st.booleans(),
    needs_assessment=st.booleans(),
    decision=DECISIONS,
)
# Machines that do much else draw slowly; that says nothing of the rule.
_UNHURRIED = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
MOMENTS = st.datetimes(timezones=st.just(datetime.UTC))


@_UNHURRIED
@given(known=RELEASES, at=MOMENTS, action=st.sampled_from([*READINGS]))
def test_what_is_not_shown_is_refused_by_every_door(known, at, action):
    state = release_of(known, at=at).state
    request = a_request(action=action, viewer=kari(), report_id=REPORT, at=at)
    verdict = decide(request, Facts(releases={REPORT: known}))

    is_theirs = action not in (Action.OPEN_WITHDRAWN, Action.COPY_REPORT)
    may_open = state in READABLE and is_theirs
    assert verdict.is_permitted == may_open
    if state in REASONS and is_theirs:
        assert verdict.reason is REASONS[state]


@_UNHURRIED
@given(known=RELEASES, at=MOMENTS, later=MOMENTS)
def test_what_is_shown_stays_shown_as_time_goes(known, at, later):
    at, later = sorted([at, later])
    if release_of(known, at=at).state in READABLE:
        assert release_of(known, at=later).state in READABLE


@_UNHURRIED
@given(known=RELEASES, at=MOMENTS)
def test_an_unread_preliminary_word_is_never_shown(known, at):
    is_word = known.category in PRELIMINARY_HIDDEN and known.is_unfinished
    if is_word and known.status not in WITHDRAWN:
        assert release_of(known, at=at).state is not SHOWN


@_UNHURRIED
@given(known=RELEASES, at=MOMENTS)
def test_personnel_see_at_once(known, at):
    request = a_request(action=Action.OPEN_REPORT, report_id=REPORT, at=NOW)

    seen = facts(report_category=known.category, releases={REPORT: known})
    assert decide(request, seen).is_permitted


def test_what_is_not_known_of_is_not_there():
    request = a_request(action=Action.OPEN_REPORT, viewer=kari(), report_id=REPORT)

    verdict = decide(request, Facts(releases={uuid.uuid4(): a_release()}))

    assert verdict.reason is Reason.NOT_FOUND


REFUSAL = {
    "kind": WITHHELD,
    "version_id": FIRST,
    "code": Confidentiality.DANGER_TO_LIFE,
    "reasons": "Fare for liv",
    "review_date": NOW.date() + DAY,
}


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({}, {}),
        ({"code": "NORU"}, {"code": ReleaseFault.GROUND_MISSING}),
        ({"code": "NORN_FPB"}, {"code": ReleaseFault.GROUND_MISSING}),
        ({"reasons": "  "}, {"reasons": ReleaseFault.REASONS_MISSING}),
        ({"review_date": None}, {"review_date": ReleaseFault.REVIEW_MISSING}),
        ({"review_date": NOW.date()}, {"review_date": ReleaseFault.REVIEW_MISSING}),
        ({"kind": DELAYED, "until": NOW}, {"until": ReleaseFault.UNTIL_PAST}),
        ({"kind": DELAYED, "until": NOW + DAY}, {}),
        ({"kind": DELAYED}, {}),
        ({"kind": RELEASED}, {}),
    ],
)
def test_a_refusal_has_a_ground_reasons_and_a_review(changed, faults):
    order = ReleaseOrder(**{**REFUSAL, **changed})

    assert faults_in(order, at=NOW, day=NOW.date()) == faults
