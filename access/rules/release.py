"""«Utsatt innsyn»: has the report been released to the citizen?

Today's law (kjernejournalforskriften § 4): what the controller has named beforehand is
not shown until the requester or a treating doctor has assessed it, and they may decide
otherwise in the single case. Whoever sees on a citizen's behalf sees no more.
"""

import datetime

from access.release import (
    PRELIMINARY_HIDDEN,
    READABLE,
    DecisionKind,
    Release,
    ReleaseFacts,
    ReleaseState,
)
from access.rules.ground import refuse
from access.terms import (
    READINGS,
    AccessRequest,
    Facts,
    Reason,
    Verdict,
    ViewerKind,
)
from results.vocabulary import WITHDRAWN

_REASONS = {
    ReleaseState.PRELIMINARY: Reason.PRELIMINARY,
    ReleaseState.AWAITING: Reason.NOT_RELEASED,
    ReleaseState.DELAYED: Reason.DELAYED,
    ReleaseState.WITHHELD: Reason.WITHHELD,
}


def judge(request: AccessRequest, facts: Facts) -> Verdict | None:
    if request.viewer.kind is not ViewerKind.CITIZEN:
        return None
    if request.action not in READINGS or request.report_id is None:
        return None
    known = facts.releases.get(request.report_id)
    if known is None:
        return refuse(Reason.NOT_FOUND, rule="release")
    state = release_of(known, at=request.at).state
    return None if state in READABLE else refuse(_REASONS[state], rule="release")


def release_of(known: ReleaseFacts, *, at: datetime.datetime) -> Release:
    """What a citizen is shown of the version in force at that moment."""
    decision = known.decision
    return Release(
        report_id=known.report_id,
        version_id=known.version_id,
        state=_state(known, at),
        since=known.stored_at,
        until=decision.until if decision else None,
        decision=decision,
    )


def _state(known: ReleaseFacts, at: datetime.datetime) -> ReleaseState:
    decision = known.decision
    kind = decision.kind if decision else None
    if kind is DecisionKind.WITHHELD:
        return ReleaseState.WITHHELD
    waits = _waits(known, at)
    if known.status in WITHDRAWN:
        return ReleaseState.TOMBSTONE if waits else ReleaseState.SHOWN
    if known.is_unfinished and known.category in PRELIMINARY_HIDDEN:
        return ReleaseState.PRELIMINARY
    return waits or ReleaseState.SHOWN


def _waits(known: ReleaseFacts, at: datetime.datetime) -> ReleaseState | None:
    """A delay to a day ends with it; any other waits for somebody to assess the version
    in force. What was assessed and then corrected is assessed anew."""
    decision = known.decision
    if decision is None:
        return ReleaseState.AWAITING if known.needs_assessment else None
    is_delay = decision.kind is DecisionKind.DELAYED
    if is_delay and decision.until is not None and at < decision.until:
        return ReleaseState.DELAYED
    if is_delay and decision.until is None:
        return ReleaseState.AWAITING
    if decision.version_id is None:
        return ReleaseState.AWAITING if known.needs_assessment else None
    if decision.version_id == known.version_id:
        return None
    is_anew = known.needs_assessment or decision.ended_wait
    return ReleaseState.AWAITING if is_anew else None
