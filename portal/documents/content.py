"""What a document says, as the plain values that `report.typ` sets."""

import datetime
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.presenting.cultures import Culture
from portal.presenting.dates import written_at
from portal.presenting.history import ShownStep
from portal.presenting.markup import plain_text
from portal.presenting.passages import Passage
from portal.presenting.reports import ShownReport
from portal.presenting.results import Result
from portal.presenting.sections import Section

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on every page: whose, by what number (whole only for the one it
    belongs to), printed by whom, when, and which part of how many."""

    name: str
    birth_date: str
    number: str = field(repr=False)
    printed_by: str
    at: datetime.datetime
    part: int = 1
    parts: int = 1


def document_of(reports: tuple[ShownReport, ...], head: Head) -> Values:
    """Texts and lists of texts alone, cleaned of what cannot be printed."""
    title = reports[0].line.title if len(reports) == 1 else _("Prøvesvar")
    born = _("født %(day)s") % {"day": head.birth_date} if head.birth_date else ""
    whose = " · ".join(part for part in (head.name, born, head.number) if part)
    cleaned: Values = _cleaned(
        {
            "language": (get_language() or "nb")[:2],
            "title": f"{title} – {head.name}" if head.name else title,
            "whose": whose,
            "printed": _printed(head),
            "words": _words(),
            "reports": [_report(report) for report in reports],
            "nothing": _("Det er ingen svar å ta med."),
        }
    )
    return cleaned


def _printed(head: Head) -> str:
    by = _("av %(name)s") % {"name": head.printed_by} if head.printed_by else ""
    words = _("Utskrift fra Prøvesvar %(at)s") % {"at": written_at(head.at)}
    part = (
        _("del %(part)s av %(parts)s") % {"part": head.part, "parts": head.parts}
        if head.parts > 1
        else ""
    )
    return ", ".join(p for p in (f"{words} {by}".strip(), part) if p)


def _words() -> dict[str, str]:
    return {
        "page": _("Side"),
        "of": _("av"),
        "results": _("Resultater"),
        "test": _("Analyse"),
        "value": _("Verdi"),
        "unit": _("Enhet"),
        "reference": _("Referanse"),
        "judgement": _("Vurdering"),
        "agent": _("Middel"),
        "susceptibility": _("Følsomhet"),
        "mic": _("MIC (mg/L)"),
        "background": _("Prøve og bestilling"),
        "history": _("Hva som er endret"),
        "change": _("Endring"),
        "now": _("Nå"),
        "before": _("Før"),
    }


def _report(report: ShownReport) -> Values:
    line = report.line
    tags = ", ".join(tag.words for tag in line.tags)
    return {
        "title": f"{line.title} {line.day}",
        "from": " · ".join(part for part in (line.performer, tags) if part),
        "tags": tags,
        "facts": list(_facts(report)),
        "remarks": list(_remarks(report)),
        "sections": [_section(section) for section in report.sections],
        "background": list(_background(report)),
        "history": [_step(step) for step in report.history],
    }


def _facts(report: ShownReport) -> Iterator[tuple[str, str]]:
    line = report.line
    pairs = (
        (_("Bestilt av"), line.requester),
        (line.performer_label, line.performer),
        (line.taken_label, line.taken),
        (_("Svar klart"), line.issued),
        (_("Fagområde"), line.discipline),
        (_("Ansvarlig"), report.responsible),
        (_("Kopi til"), report.copies),
    )
    return ((label, value) for label, value in pairs if value)


def _remarks(report: ShownReport) -> Iterator[tuple[str, str]]:
    if report.is_someone_elses:
        yield "", _("Svaret var lagt på feil pasient. Ingen verdier vises for noen.")
    elif report.line.is_withdrawn:
        yield "", _("Laboratoriet har trukket svaret. Verdiene vises derfor ikke.")
    if report.document_note:
        yield "", report.document_note
    for comment in report.comments:
        yield _("Kommentar til hele svaret"), comment


def _section(section: Section) -> Values:
    return {
        "heading": section.heading,
        "passages": [_passage(passage) for passage in section.passages],
        "cultures": [_culture(culture) for culture in section.cultures],
        "results": [_result(result) for result in section.results],
    }


def _result(result: Result) -> Values:
    judgement = str(result.judgement.words) if result.judgement else ""
    accreditation = [_("ikke akkreditert")] if result.is_not_accredited else []
    return {
        "name": result.name,
        "below": [
            *filter(None, [result.code]),
            *accreditation,
            *(f"{label}: {fact}" for label, fact in result.facts),
            *result.comments,
        ],
        "value": result.value or "–",
        "unit": result.unit,
        "reference": result.reference,
        "judgement": ", ".join(part for part in (result.status, judgement) if part),
    }


def _passage(passage: Passage) -> Values:
    return {
        "heading": passage.heading,
        "status": passage.status,
        "text": plain_text(passage.text, is_markup=passage.is_markup),
        "below": [
            *(f"{label}: {fact}" for label, fact in passage.facts),
            *passage.comments,
        ],
    }


def _culture(culture: Culture) -> Values:
    details = (f"{d.name}: {d.value} {d.unit}".strip() for d in culture.details)
    return {
        "heading": ": ".join(p for p in (culture.name, culture.finding) if p),
        "status": culture.status,
        "below": [*details, *culture.comments],
        "rows": [
            [
                "\n".join((row.agent, *row.comments)),
                f"{row.letter} {row.words}".strip(),
                row.concentration or "–",
            ]
            for row in culture.resistances
        ],
    }


def _background(report: ShownReport) -> Iterator[tuple[str, str]]:
    for specimen in report.specimens:
        yield _("Prøvemateriale"), specimen.what
        yield _("Tatt fra"), specimen.place
        yield _("Prøve tatt"), specimen.taken
        yield _("Laboratoriets nummer"), specimen.accession
        yield _("Om prøven"), " ".join(specimen.comments)
    requisition = report.requisition
    if requisition is not None:
        yield _("Rekvisisjon"), requisition.number
        yield _("Bestilt"), requisition.authored
        yield _("Hvorfor prøven ble bestilt"), "\n".join(requisition.reasons)
        yield _("Om bestillingen"), "\n".join(requisition.comments)
    yield _("Kliniske opplysninger"), "\n".join(report.clinical_information)
    yield _("Merknad"), "\n".join(report.notes)
    yield _("Dokumenter"), "\n".join(d.title for d in report.documents)


def _step(step: ShownStep) -> Values:
    replaced = _("erstattet versjonen fra %(at)s") % {"at": step.replaced}
    words = (
        _("Første versjon")
        if step.is_first
        else _("Trukket tilbake")
        if step.is_withdrawn
        else _("Ny versjon")
    )
    return {
        "heading": f"{words} {step.made}",
        "below": "" if step.is_first else replaced,
        "rows": [
            [f"{line.name}\n{line.code}".strip(), line.kind, line.now, line.before]
            for line in step.lines
        ],
        "more": step.more,
    }


_LINE_BREAKS = ("\n", "\t")


def _cleaned(value: Any) -> Any:  # noqa: ANN401 - a tree of texts
    """Without control signs and private ones, which no font has."""
    if isinstance(value, dict):
        return {key: _cleaned(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(each) for each in value]
    kept = (c for c in str(value).replace("\r\n", "\n") if _is_printed(c))
    return "".join(kept)


def _is_printed(sign: str) -> bool:
    return sign in _LINE_BREAKS or unicodedata.category(sign) not in {"Cc", "Cs", "Co"}
