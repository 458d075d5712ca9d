"""One of a citizen's own reports, with what it takes to understand it."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils import timezone

from access.facts import load_facts
from access.log import reports_opened_by
from access.lookup.answers import Answer, Found, answer, request_for
from access.lookup.own_over_time import left_out
from access.lookup.reports import shown_reports, whole_report, with_news
from access.sensitive import sensitive_kinds
from access.terms import AccessRequest, Action, Facts, Viewer
from results import queries
from results.operations import mark_seen
from results.queries import (
    ObservationDetail,
    ReportDetail,
    ReportSummary,
    ShownText,
    TimedResult,
)
from results.vocabulary import WITHDRAWN, Discipline

# What is written by one doctor to another, in words.
_IN_WORDS = (Discipline.PAT, Discipline.RAD, Discipline.NUK)


@dataclass(frozen=True, slots=True)
class OwnReport:
    """`detail` is None where the reader is asked first; `explanations` are by code and
    system as sent, `words` those that may need explaining in a text, and `course` what
    the report's own tests have shown over time, newest first, itself among it."""

    summary: ReportSummary
    detail: ReportDetail | None
    explanations: Mapping[tuple[str, str], ShownText] = field(default_factory=dict)
    words: tuple[ShownText, ...] = ()
    course: tuple[TimedResult, ...] = ()


def open_own_report(
    viewer: Viewer,
    *,
    patient_id: uuid.UUID,
    report_id: uuid.UUID,
    language: str,
    has_chosen: bool = False,
) -> Answer[OwnReport]:
    """One report whole, with explanations in the reader's language. Of a sensitive
    kind, not opened before and not chosen now, only that it is there; logged as that.
    """
    request = replace(
        request_for(Action.OPEN_REPORT, viewer, patient_id), report_id=report_id
    )

    def fetch(facts: Facts) -> Found[OwnReport] | None:
        found = whole_report(request, facts, queries.report_of)
        if found is None:
            return None
        detail = found.value
        if not has_chosen and _asks_first(request, detail):
            own = OwnReport(detail.summary, None)
            return Found(own, reports=[detail.summary], done=Action.ASK_FIRST)
        mark_seen(report_id, by_citizen=True)
        own = replace(_explained(detail, language), course=_course(request, report_id))
        return Found(own, reports=[detail.summary], release=found.release)

    return answer(request, fetch)


def _course(request: AccessRequest, report_id: uuid.UUID) -> tuple[TimedResult, ...]:
    """Of reports that may be shown, and are not to be asked about first: what was
    decided of one report says nothing of the others. The log tells of the report that
    was opened; its course is what its own page says."""
    wider = replace(request, action=Action.FOLLOW_RESULTS, report_id=None)
    shown = shown_reports(wider, load_facts(wider), is_counted=False)
    reports = with_news(wider, shown, None)
    results = queries.results_over_time(request.patient_id, reports)
    hidden = {report.id for report in left_out(request, reports, results)}
    measured = {r.analyte for r in results if r.report.id == report_id}
    return tuple(
        r
        for r in results
        if r.analyte in measured
        and (r.report.id == report_id or r.report.id not in hidden)
    )


def _asks_first(request: AccessRequest, detail: ReportDetail) -> bool:
    """What was taken back says nothing, and what is read is not asked about again."""
    summary, user_id = detail.summary, request.viewer.user_id
    if summary.status in WITHDRAWN:
        return False
    kinds = sensitive_kinds(timezone.localdate(request.at))
    if not kinds.ask_about(summary.category, _codes_in(detail.observations)):
        return False
    opened = reports_opened_by(user_id, request.patient_id) if user_id else set()
    return summary.id not in opened


def _explained(detail: ReportDetail, language: str) -> OwnReport:
    is_in_words = detail.summary.category in _IN_WORDS
    codes = set(_codes_in(detail.observations))
    return OwnReport(
        detail.summary,
        detail,
        explanations=queries.explanations_of(codes, language=language),
        words=queries.explained_words(language) if is_in_words else (),
    )


def _codes_in(
    observations: Sequence[ObservationDetail],
) -> Iterator[tuple[str, str]]:
    for observation in observations:
        if observation.code:
            yield observation.code, observation.code_system
        yield from _codes_in(observation.members)
