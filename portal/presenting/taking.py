"""Reports that leave the service, in words: as documents and as text for a record."""

import datetime
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from access.lookup import ReportDetail, Taken
from portal.presenting.history import present_history
from portal.presenting.markup import plain_text
from portal.presenting.patients import record_name
from portal.presenting.reports import ShownReport, present_report
from portal.presenting.results import Result
from portal.presenting.sections import Section

_DIGITS = 5


def present_taken(
    taken: Taken, *, shows_withdrawn: bool = True
) -> tuple[ShownReport, ...]:
    """The reports of one file. `shows_withdrawn`: see `present_history`."""
    return tuple(
        replace(
            present_report(detail),
            history=present_history(detail, shows_withdrawn=shows_withdrawn),
        )
        for detail in taken.reports
    )


def part_asked_for(value: str) -> int:
    """Which file is asked for; 0, which is never there, for what is no number."""
    is_number = value.isascii() and value.isdecimal() and len(value) <= _DIGITS
    return int(value) if is_number else 0


def file_name(taken: Taken, *, ending: str) -> str:
    """«provesvar-2026-11-14.pdf»: the day or the part, and nobody's name."""
    if len(taken.reports) == 1 and taken.parts == 1:
        day = present_report(taken.reports[0]).line.machine_day or "uten-dato"
        return f"provesvar-{day}.{ending}"
    return f"provesvar-del-{taken.part}-av-{taken.parts}.{ending}"


def text_for_record(detail: ReportDetail) -> str:
    """The report as lines of plain text; a tab parts what a table has in columns."""
    return "\n".join(_lines(present_report(detail), detail)).strip() + "\n"


def _lines(report: ShownReport, detail: ReportDetail) -> Iterator[str]:
    line, patient = report.line, detail.patient
    born: datetime.date | None = patient.birth_date
    yield f"{line.title} {line.day}"
    whose = [record_name(patient.name), f"{born:%d.%m.%Y}" if born else ""]
    yield ", ".join(part for part in whose if part)
    facts = (
        (line.taken_label, line.taken),
        (line.performer_label, line.performer),
        (_("Bestilt av"), line.requester),
        (_("Status"), ", ".join(tag.words for tag in line.tags)),
    )
    yield from (f"{label}: {fact}" for label, fact in facts if fact)
    if line.is_withdrawn:
        yield _("Laboratoriet har trukket svaret. Verdiene vises derfor ikke.")
    for comment in report.comments:
        yield f"{_('Kommentar')}: {comment}"
    for section in report.sections:
        yield ""
        yield from _section_lines(section)


def _section_lines(section: Section) -> Iterator[str]:
    if section.heading:
        yield section.heading
    for passage in section.passages:
        status = f" ({passage.status})" if passage.status else ""
        yield f"{passage.heading}{status}:"
        yield plain_text(passage.text, is_markup=passage.is_markup)
        yield from passage.comments
    for culture in section.cultures:
        yield ": ".join(part for part in (culture.name, culture.finding) if part)
        for row in culture.resistances:
            said = (row.agent, f"{row.letter} {row.words}".strip(), row.concentration)
            yield "\t".join(part for part in said if part)
    for result in section.results:
        yield from _result_lines(result)


def _result_lines(result: Result) -> Iterator[str]:
    value = f"{result.value} {result.unit}".strip() or "–"
    reference = f"({result.reference})" if result.reference else ""
    judgement = str(result.judgement.words) if result.judgement else ""
    said = (result.name, value, reference, judgement, result.status)
    yield "\t".join(part for part in said if part)
    for label, fact in result.facts:
        yield f"  {label}: {fact}"
    yield from (f"  {comment}" for comment in result.comments)
