"""One of a citizen's own reports, with what it takes to understand it."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils import timezone

from access.log import reports_opened_by
from access.lookup.answers import Answer, Found, answer, request_for
from access.lookup.reports import whole_report
from access.sensitive import sensitive_kinds
from access.terms import AccessRequest, Action, Facts, Viewer
from results import queries
from results.operations import mark_seen
from results.queries import ObservationDetail, ReportDetail, ReportSummary, ShownText
from results.vocabulary import WITHDRAWN, Discipline

# What is written by one doctor to another, in words.
_IN_WORDS = (Discipline.PAT, Discipline.RAD, Discipline.NUK)


@dataclass(frozen=True, slots=True)
class OwnReport:
    """`detail` is None where the reader is asked first; `explanations` are by code and
    system as sent, `words` those that may need explaining in a text."""

    summary: ReportSummary
    detail: ReportDetail | None
    explanations: Mapping[tuple[str, str], ShownText] = field(default_factory=dict)
    words: tuple[ShownText, ...] = ()


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
        own = _explained(detail, language)
        return Found(own, reports=[detail.summary], release=found.release)

    return answer(request, fetch)


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
