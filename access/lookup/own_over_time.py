"""A citizen's own results over time, without what they are to be asked about first."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.utils import timezone

from access.lookup.answers import Answer, Found, answer, request_for
from access.lookup.following import Followed, found_over_time
from access.sensitive import sensitive_kinds
from access.terms import AccessRequest, Action, Facts, Viewer
from results import queries
from results.queries import Analyte, ReportSummary, ShownText, TimedResult


@dataclass(frozen=True, slots=True)
class OwnFollowed:
    """Results over time; `unopened` are the reports whose results are left out until
    the reader has chosen to open them. `explanation` is there for one analyte alone."""

    followed: Followed
    unopened: tuple[ReportSummary, ...]
    explanation: ShownText | None = None


def follow_own(viewer: Viewer, *, patient_id: uuid.UUID) -> Answer[OwnFollowed]:
    """All results of the reports the viewer may be shown."""
    request = request_for(Action.FOLLOW_RESULTS, viewer, patient_id)
    return answer(request, lambda facts: _found(request, facts))


def follow_own_analyte(
    viewer: Viewer,
    *,
    patient_id: uuid.UUID,
    is_wanted: Callable[[Analyte], bool],
    language: str,
) -> Answer[OwnFollowed]:
    """The results of one code and unit; one that was never measured is refused as what
    is not there."""
    request = request_for(Action.FOLLOW_ANALYTE, viewer, patient_id)

    def fetch(facts: Facts) -> Found[OwnFollowed] | None:
        found = _found(request, facts)
        return found and _narrowed(found.value, is_wanted, language)

    return answer(request, fetch)


def left_out(
    request: AccessRequest,
    reports: Iterable[ReportSummary],
    results: Iterable[TimedResult],
) -> tuple[ReportSummary, ...]:
    """The reports of sensitive kinds that the reader has not opened. One query."""
    new = {report.id: report for report in reports if report.is_new}
    sent: dict[uuid.UUID, list[tuple[str, str]]] = defaultdict(list)
    for result in results:
        if result.report.id in new and result.code:
            sent[result.report.id].append((result.code, result.code_system))
    kinds = sensitive_kinds(timezone.localdate(request.at))
    return tuple(
        report
        for report in new.values()
        if kinds.ask_about(report.category, sent[report.id])
    )


def _found(request: AccessRequest, facts: Facts) -> Found[OwnFollowed] | None:
    found = found_over_time(request, facts)
    if found is None:
        return None
    unopened = left_out(request, found.value.reports, found.value.results)
    hidden = {report.id for report in unopened}
    results = tuple(r for r in found.value.results if r.report.id not in hidden)
    followed = replace(found.value, results=results)
    return Found(OwnFollowed(followed, unopened), reports=followed.reports)


def _narrowed(
    own: OwnFollowed, is_wanted: Callable[[Analyte], bool], language: str
) -> Found[OwnFollowed] | None:
    results = tuple(r for r in own.followed.results if is_wanted(r.analyte))
    if not results:
        return None
    measured = {result.report.id for result in results}
    reports = tuple(r for r in own.followed.reports if r.id in measured)
    sent = (results[0].code, results[0].code_system)
    texts = queries.explanations_of([sent], language=language)
    narrowed = OwnFollowed(
        replace(own.followed, reports=reports, results=results),
        own.unopened,
        texts.get(sent),
    )
    return Found(narrowed, reports=reports)
