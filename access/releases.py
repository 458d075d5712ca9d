"""What is told of a release: to the citizen who waits, and to those who decide."""

import datetime
import uuid
from dataclasses import dataclass, replace

from access.decision import decide, may_know
from access.facts.releases import releases_of
from access.models import ReleaseDecision
from access.models.release import TEXT_CONTEXT
from access.release import (
    READABLE,
    Confidentiality,
    DecisionKind,
    Release,
    ReleaseState,
)
from access.rules.release import release_of
from access.terms import ASSESSING, AccessRequest, Action, Facts, ViewerKind
from results import queries
from results.encryption import decrypt
from results.parsed import ParsedMoment
from results.vocabulary import Discipline


@dataclass(frozen=True, slots=True)
class WaitingReport:
    """A line without content: that there is an answer, of which discipline, when it was
    sampled and came, who assesses it, and what happens next."""

    id: uuid.UUID
    category: Discipline
    state: ReleaseState
    effective_at: ParsedMoment | None
    since: datetime.datetime
    until: datetime.datetime | None
    requester_name: str
    performer_name: str


@dataclass(frozen=True, slots=True)
class ReleaseTold:
    """What is shown of one report, with the words of whoever decided. `reasons` are
    for those who review a refusal, never for a citizen's page. `may_decide`: whoever
    asked may decide otherwise."""

    release: Release
    comment: str = ""
    decided_by: str = ""
    organization_name: str = ""
    decided_at: datetime.datetime | None = None
    kind: DecisionKind | None = None
    code: Confidentiality | None = None
    review_date: datetime.date | None = None
    reasons: str = ""
    may_decide: bool = False


def waiting_reports(request: AccessRequest, facts: Facts) -> tuple[WaitingReport, ...]:
    """What the citizen is not shown, the newest first. One query where there is any;
    nothing of what the reports say is read."""
    if request.viewer.kind is not ViewerKind.CITIZEN:
        return ()
    found = (
        release_of(known, at=request.at)
        for known in facts.releases.values()
        if may_know(request, facts, report_id=known.report_id, category=known.category)
    )
    hidden = {each.report_id: each for each in found if each.state not in READABLE}
    if not hidden:
        return ()
    return tuple(
        WaitingReport(
            id=head.report_id,
            category=head.category,
            state=hidden[head.report_id].state,
            effective_at=head.effective_at,
            since=hidden[head.report_id].since,
            until=hidden[head.report_id].until,
            requester_name=head.requester_name,
            performer_name=head.performer_name,
        )
        for head in queries.heads_of(request.patient_id, list(hidden))
    )


def release_told(request: AccessRequest, facts: Facts) -> ReleaseTold | None:
    """What goes with one report; to personnel also what its citizen is shown. One query
    where a decision stands, one more for personnel."""
    if request.report_id is None:
        return None
    releases = facts.releases or releases_of(request.patient_id, request.report_id)
    known = releases.get(request.report_id)
    if known is None:
        return None
    is_assessing = request.action in ASSESSING
    action = Action.ASSESS if is_assessing else Action.DECIDE_RELEASE
    deciding = replace(request, action=action)
    may_decide = decide(deciding, facts).is_permitted
    told = told_of(release_of(known, at=request.at), with_reasons=may_decide)
    return replace(told, may_decide=may_decide)


def told_of(release: Release, *, with_reasons: bool = False) -> ReleaseTold:
    """With the words of the decision that stands. A comment on another version than
    this one is not about what it says."""
    standing = release.decision
    row = ReleaseDecision.objects.filter(pk=standing.id).first() if standing else None
    if standing is None or row is None:
        return ReleaseTold(release)
    is_about_another = standing.version_id not in (None, release.version_id)
    return ReleaseTold(
        release=release,
        comment="" if is_about_another else _decrypted(row.comment_encrypted),
        decided_by=row.decided_by_name,
        organization_name=row.organization_name,
        decided_at=row.decided_at,
        kind=DecisionKind(row.kind),
        code=Confidentiality(row.code) if row.code else None,
        review_date=row.review_date,
        reasons=_decrypted(row.reasons_encrypted) if with_reasons else "",
    )


def _decrypted(sealed: bytes | memoryview | None) -> str:
    return decrypt(sealed, context=TEXT_CONTEXT).decode() if sealed else ""
