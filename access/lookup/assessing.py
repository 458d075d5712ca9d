"""«Svar å vurdere»: what waits for the viewer, read and assessed one by one."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from access.decision import decide
from access.facts import load_facts
from access.facts.assessing import Awaiting, limits_of, to_assess_by
from access.log import Look, write_entries, write_entry
from access.lookup.answers import Answer, request_for
from access.lookup.needs import NOBODY
from access.lookup.releases import decide_as
from access.lookup.reports import open_as
from access.release import ReleaseOrder
from access.releases import ReleaseTold
from access.terms import AccessRequest, Action, Facts, Viewer
from results import queries
from results.queries import PatientHeader, ReportDetail, ReportSummary

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class ToAssess:
    """One answer that waits, and since when; `is_reminded` when it is past the first
    limit, `is_covered` where the viewer is deputy for whoever asked."""

    patient: PatientHeader
    report: ReportSummary
    since: datetime.datetime
    is_reminded: bool
    is_covered: bool
    is_corrected: bool


@dataclass(frozen=True, slots=True)
class Worklist:
    """The oldest first; `more` is how many come after these."""

    lines: tuple[ToAssess, ...]
    more: int = 0


@transaction.atomic
def list_to_assess(viewer: Viewer) -> Answer[Worklist]:
    """The viewer's worklist; each patient on it is logged. What a patient has closed to
    the viewer is not on it. A number of queries that does not grow."""
    request = request_for(Action.LIST_TO_ASSESS, viewer, NOBODY)
    facts = replace(load_facts(request), may_assess=True)
    verdict = decide(request, facts)
    if not verdict.is_permitted:
        write_entry(request, facts, verdict)
        return Answer(verdict, None)
    found = to_assess_by(viewer, at=request.at, policies=facts.policies)
    shown = _permitted(request, facts, found)
    lines = _lines(request, facts, shown[:ON_A_PAGE])
    write_entries([_look(request, facts, line) for line in lines])
    return Answer(verdict, Worklist(lines, more=len(shown) - len(lines)))


def count_to_assess(viewer: Viewer) -> tuple[int, datetime.datetime | None]:
    """How many wait for the viewer, and since when the oldest has: of no patient."""
    if not viewer.hpr_number or viewer.organization_id is None:
        return 0, None
    request = request_for(Action.LIST_TO_ASSESS, viewer, NOBODY)
    facts = replace(load_facts(request), may_assess=True)
    if not decide(request, facts).is_permitted:
        return 0, None
    found = to_assess_by(viewer, at=request.at, policies=facts.policies)
    shown = _permitted(request, facts, found)
    return len(shown), shown[0].release.stored_at if shown else None


def open_to_assess(viewer: Viewer, *, report_id: uuid.UUID) -> Answer[ReportDetail]:
    """One of them whole: this answer, and nothing else of the patient."""
    request = _about(Action.OPEN_TO_ASSESS, viewer, report_id)
    return open_as(request, queries.report_of)


def assess(
    viewer: Viewer, *, report_id: uuid.UUID, order: ReleaseOrder
) -> Answer[ReleaseTold]:
    """Decide when its patient is shown it. Raises ReleaseRefused."""
    return decide_as(_about(Action.ASSESS, viewer, report_id), order)


def _about(action: Action, viewer: Viewer, report_id: uuid.UUID) -> AccessRequest:
    """Whose answer it is, is not told to one who may not know: one that is not is
    refused in the same words."""
    patient_id = queries.patient_of(report_id) or NOBODY
    return replace(request_for(action, viewer, patient_id), report_id=report_id)


def _permitted(
    request: AccessRequest, facts: Facts, found: Sequence[Awaiting]
) -> list[Awaiting]:
    limits = limits_of(
        request.viewer, [each.patient_id for each in found], at=request.at
    )

    def is_permitted(each: Awaiting) -> bool:
        opening = replace(
            request,
            action=Action.OPEN_TO_ASSESS,
            patient_id=each.patient_id,
            report_id=each.release.report_id,
        )
        known = replace(
            facts,
            limits=limits[each.patient_id],
            report_category=each.release.category,
        )
        return decide(opening, known).is_permitted

    return [each for each in found if is_permitted(each)]


def _lines(
    request: AccessRequest, facts: Facts, shown: Sequence[Awaiting]
) -> tuple[ToAssess, ...]:
    headers = queries.headers_of({each.patient_id for each in shown})
    keys = [each.release.version_id for each in shown]
    summaries = {s.version_id: s for s in queries.summaries_of(keys)}
    reminded = datetime.timedelta(days=facts.policies.assessment_reminder_days)
    return tuple(
        ToAssess(
            patient=headers[each.patient_id],
            report=summaries[each.release.version_id],
            since=each.release.stored_at,
            is_reminded=each.release.stored_at <= request.at - reminded,
            is_covered=each.requester_hpr != request.viewer.hpr_number,
            is_corrected=each.release.decision is not None
            and each.release.decision.version_id not in (None, each.release.version_id),
        )
        for each in shown
        if each.patient_id in headers and each.release.version_id in summaries
    )


def _look(request: AccessRequest, facts: Facts, line: ToAssess) -> Look:
    at_one = replace(request, patient_id=line.patient.patient_id)
    return Look(at_one, facts, decide(at_one, facts), (line.report,))
