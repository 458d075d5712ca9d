"""Reports that are read as text, beside each other: the conclusion first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from access.lookup import ReadReports, ReportDetail, ReportSummary
from portal.presenting.cultures import Culture
from portal.presenting.lists import ReportLine, present_line
from portal.presenting.passages import Passage
from portal.presenting.reports import ShownReport, present_report
from portal.presenting.results import Result
from portal.presenting.sections import Section


@dataclass(frozen=True, slots=True)
class Reading:
    """A report: `conclusions` are what the reader came for, `rest` the text around it,
    `results` what was answered in a word or a code. A withdrawn one has its line alone;
    `beside` are earlier ones of the same."""

    line: ReportLine
    url: str
    conclusions: tuple[Passage, ...] = ()
    rest: tuple[Passage, ...] = ()
    results: tuple[Result, ...] = ()
    cultures: tuple[Culture, ...] = ()
    comments: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    specimens: str = ""
    note: str = ""
    beside: tuple["Reading", ...] = ()

    @property
    def is_silent(self) -> bool:
        """Whether there is nothing to read in it yet."""
        said = (self.conclusions, self.rest, self.results, self.cultures, self.note)
        return not any(said)


def present_reading(
    report: ReportSummary, detail: ReportDetail | None, url: str
) -> Reading:
    """In words; without a conclusion of its own, the first text stands for it."""
    line = present_line(report)
    if detail is None:
        return Reading(line, url)
    shown = present_report(detail)
    passages = [p for section in shown.sections for p in section.passages]
    conclusions = [p for p in passages if p.is_conclusion] or passages[:1]
    requisition = shown.requisition
    return Reading(
        line=line,
        url=url,
        conclusions=tuple(conclusions),
        rest=tuple(p for p in passages if p not in conclusions),
        results=tuple(r for s in shown.sections for r in _results(s)),
        cultures=tuple(c for section in shown.sections for c in section.cultures),
        comments=shown.comments,
        questions=(
            *(requisition.reasons if requisition else ()),
            *shown.clinical_information,
        ),
        specimens=_specimens(shown),
        note=shown.document_note,
    )


def present_readings(
    found: ReadReports,
    address_of: Mapping[str, str],
    *,
    beside: Mapping[object, Sequence[ReportSummary]] | None = None,
) -> tuple[Reading, ...]:
    """The page's reports, each with those that stand `beside` it."""

    def read(report: ReportSummary, others: Iterable[ReportSummary] = ()) -> Reading:
        detail = found.details.get(report.id)
        reading = present_reading(report, detail, address_of[str(report.id)])
        return replace(reading, beside=tuple(map(read, others)))

    near = beside or {}
    return tuple(read(report, near.get(report.id, ())) for report in found.page)


def _results(section: Section) -> Iterable[Result]:
    """What says something; a heading that only gathers others does not."""
    return (r for r in section.results if r.value or r.facts or r.status)


def _specimens(report: ShownReport) -> str:
    said = (
        ", ".join(filter(None, (s.what, s.place)))
        for s in report.specimens
        if s.what or s.place
    )
    return "; ".join(dict.fromkeys(said))
