"""Reports, as lists and one by one, and the documents that came with them."""

import datetime
import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from access.decision import may_show
from access.log import last_look, reports_opened_by
from access.lookup.answers import (
    Answer,
    Changed,
    Found,
    answer,
    request_for,
    with_expiry,
)
from access.release import ReleaseFacts, ReleaseState
from access.releases import (
    ReleaseTold,
    WaitingReport,
    release_told,
    waiting_reports,
)
from access.terms import (
    PLAIN_BASIS,
    AccessRequest,
    Action,
    Facts,
    Viewer,
    ViewerKind,
)
from results import queries
from results.operations import mark_seen
from results.queries import Attachment, PatientHeader, ReportDetail, ReportSummary
from results.vocabulary import WITHDRAWN, Discipline

_NO_REPORT = uuid.UUID(int=0)
# By patient and report; None where the patient has no such report.
FetchReport = Callable[[uuid.UUID, uuid.UUID], ReportDetail | None]


@dataclass(frozen=True, slots=True)
class Closed:
    """What personnel are told is closed: never how much, nor whether there is any."""

    is_all: bool
    categories: tuple[Discipline, ...]
    has_single: bool


@dataclass(frozen=True, slots=True)
class ReportList:
    """A patient's reports, newest sampling first; `waiting` is what a citizen is not
    shown yet, or is refused; `closed` where something is, and the viewer may know;
    `is_elevated` while what is closed is open to them. `last_look` is when personnel
    last had the patient open, under another need than now."""

    patient: PatientHeader
    reports: tuple[ReportSummary, ...]
    waiting: tuple[WaitingReport, ...] = ()
    closed: Closed | None = None
    is_elevated: bool = False
    last_look: datetime.datetime | None = None


# Which of several reports are shown with what is in them.
Chosen = Callable[[Sequence[ReportSummary]], Sequence[ReportSummary]]


def list_reports(
    viewer: Viewer, *, patient_id: uuid.UUID, counted: Chosen | None = None
) -> Answer[ReportList]:
    """The patient's reports, in a number of queries that does not grow with them; what
    is in them is counted for those `counted` chooses, for all where nobody does."""
    request = request_for(Action.LIST_REPORTS, viewer, patient_id)

    def fetch(facts: Facts) -> Found[ReportList] | None:
        header = queries.patient_header(patient_id)
        if header is None:
            return None
        seen = last_look_of(request, facts)
        shown = shown_reports(request, facts, is_counted=counted is None)
        reports = with_news(request, shown, seen)
        if counted is not None:
            reports = _counted(reports, counted(reports))
        found = ReportList(
            patient=with_expiry(header, facts),
            reports=reports,
            waiting=waiting_reports(request, facts),
            closed=closed_to(facts),
            is_elevated=is_elevated(facts),
            last_look=seen,
        )
        return Found(found, reports=reports)

    return answer(request, fetch)


def _counted(
    reports: Sequence[ReportSummary], chosen: Sequence[ReportSummary]
) -> tuple[ReportSummary, ...]:
    counted = {report.id: report for report in queries.with_counts(chosen)}
    return tuple(counted.get(report.id, report) for report in reports)


def open_report(
    viewer: Viewer, *, patient_id: uuid.UUID, report_id: uuid.UUID
) -> Answer[ReportDetail]:
    """One report whole. A report of someone else is refused as one that is not."""
    request = request_for(Action.OPEN_REPORT, viewer, patient_id)
    return open_as(replace(request, report_id=report_id), queries.report_of)


def open_withdrawn(
    viewer: Viewer, *, patient_id: uuid.UUID, report_id: uuid.UUID
) -> Answer[ReportDetail]:
    """What a cancelled report said, for personnel who acted on it; logged as that. One
    about someone else is opened by nobody."""
    request = request_for(Action.OPEN_WITHDRAWN, viewer, patient_id)
    return open_as(replace(request, report_id=report_id), queries.withdrawn_report_of)


def open_attachment(
    viewer: Viewer,
    *,
    patient_id: uuid.UUID,
    report_id: uuid.UUID,
    form_id: uuid.UUID,
) -> Answer[Attachment]:
    """A document that came with a report, as bytes; the download is logged. What is
    not kept, or is another report's, is refused as what is not."""
    request = request_for(Action.OPEN_ATTACHMENT, viewer, patient_id)

    def fetch(facts: Facts) -> Found[Attachment] | None:
        found = queries.attachment_of(patient_id, report_id=report_id, form_id=form_id)
        if found is None or found.summary is None:
            return None
        _is_the_version_judged(found.summary, facts)
        return Found(found, reports=[found.summary])

    return answer(replace(request, report_id=report_id), fetch)


def open_as(request: AccessRequest, fetch_report: FetchReport) -> Answer[ReportDetail]:
    """The report that is asked for, by whichever action; with what its patient is shown
    of it."""
    report_id = request.report_id or _NO_REPORT

    def fetch(facts: Facts) -> Found[ReportDetail] | None:
        found = whole_report(request, facts, fetch_report)
        if found is not None:
            mark_seen(report_id, by_citizen=request.viewer.kind is ViewerKind.CITIZEN)
        return found

    return answer(request, fetch)


def whole_report(
    request: AccessRequest, facts: Facts, fetch_report: FetchReport
) -> Found[ReportDetail] | None:
    """The report asked for as this viewer may be shown it; not noted as seen."""
    detail = fetch_report(request.patient_id, request.report_id or _NO_REPORT)
    if detail is None:
        return None
    _is_the_version_judged(detail.summary, facts)
    shown = replace(detail, patient=with_expiry(detail.patient, facts))
    told = release_told(request, facts)
    if request.viewer.kind is ViewerKind.CITIZEN:
        shown = _as_released(shown, facts.releases[detail.summary.id], told)
    return Found(shown, reports=[detail.summary], release=told)


def _as_released(
    shown: ReportDetail, known: ReleaseFacts, told: ReleaseTold | None
) -> ReportDetail:
    """Where answers wait to be assessed, a citizen is not told what an earlier version
    said: it may never have been released, and what was goes with the correction."""
    if known.needs_assessment or known.decision is not None:
        shown = replace(shown, history=())
    if told is None or told.release.state is not ReleaseState.TOMBSTONE:
        return shown
    return replace(shown, comment="", coded_comments=())


def shown_reports(
    request: AccessRequest, facts: Facts, *, is_counted: bool = True
) -> tuple[ReportSummary, ...]:
    """The patient's reports that this viewer may be shown, newest sampling first: every
    list, table, trend and count of several reports begins here. `is_counted` tells how
    many results each has and their names, for one query more."""
    is_shown = _filter(request, facts)
    reports = queries.reports_of(request.patient_id, is_counted=is_counted)
    return tuple(report for report in reports if is_shown(report))


def _is_the_version_judged(summary: ReportSummary, facts: Facts) -> None:
    """A correction that came while the decision fell has not been released with it.
    Raises Changed."""
    known = facts.releases.get(summary.id)
    if known is not None and known.version_id != summary.version_id:
        raise Changed


def details_of_shown(
    patient: PatientHeader, reports: Collection[ReportSummary]
) -> dict[uuid.UUID, ReportDetail]:
    """What the versions say that were judged fit to be shown, by report; withdrawn ones
    have none. Raises Changed when one was corrected meanwhile."""
    details = queries.details_of(patient, reports)
    wanted = {report.id for report in reports if report.status not in WITHDRAWN}
    if details.keys() != wanted:
        raise Changed
    return details


def _filter(request: AccessRequest, facts: Facts) -> Callable[[ReportSummary], bool]:
    """Decides once for each discipline, and each report that is closed by itself."""
    if request.viewer.kind is ViewerKind.CITIZEN:
        return partial(_is_released, request, facts)

    @cache
    def judged(category: Discipline, report_id: uuid.UUID) -> bool:
        return may_show(request, facts, report_id=report_id, category=category)

    def is_shown(report: ReportSummary) -> bool:
        is_named = report.id in facts.limits.report_ids
        return judged(report.category, report.id if is_named else _NO_REPORT)

    return is_shown


def _is_released(request: AccessRequest, facts: Facts, report: ReportSummary) -> bool:
    """A version that came after the facts were loaded has not been judged."""
    known = facts.releases.get(report.id)
    return (
        known is not None
        and known.version_id == report.version_id
        and may_show(request, facts, report_id=report.id, category=report.category)
    )


def closed_to(facts: Facts) -> Closed | None:
    """What the viewer is told is closed; None where nothing is, or nobody may know."""
    limits = facts.limits
    if not limits.close_something or not facts.policies.may_see_that_restricted:
        return None
    return Closed(
        is_all=limits.is_all_closed,
        categories=tuple(d for d in Discipline if d in limits.categories),
        has_single=bool(limits.report_ids),
    )


def is_elevated(facts: Facts) -> bool:
    """Whether what is closed is open to the viewer for now."""
    return facts.grant is not None and facts.grant.basis in PLAIN_BASIS


def last_look_of(request: AccessRequest, facts: Facts) -> datetime.datetime | None:
    """When this doctor last had the patient open; None when never, and for citizens."""
    user_id = request.viewer.user_id
    if user_id is None or facts.grant is None:
        return None
    return last_look(user_id, request.patient_id, before=facts.grant.id)


def with_news(
    request: AccessRequest,
    reports: Iterable[ReportSummary],
    seen: datetime.datetime | None,
) -> tuple[ReportSummary, ...]:
    """To a citizen what they have not opened is new; to personnel, what has come since
    they last had the patient open. To whoever never had, nothing is."""
    user_id = request.viewer.user_id
    if request.viewer.kind is ViewerKind.CITIZEN and user_id is not None:
        opened = reports_opened_by(user_id, request.patient_id)
        return tuple(replace(r, is_new=r.id not in opened) for r in reports)
    if seen is None:
        return tuple(reports)
    return tuple(
        replace(r, is_new=True) if _came_after(seen, r) else r for r in reports
    )


def _came_after(seen: datetime.datetime, report: ReportSummary) -> bool:
    return report.stored_at is not None and report.stored_at > seen
