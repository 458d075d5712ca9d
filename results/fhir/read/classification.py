"""What kind of report it is, and how far it has come."""

from collections.abc import Iterable

from results.fhir import names
from results.fhir.bundle import Bundle
from results.fhir.items import Item
from results.fhir.read import values
from results.fhir.read.membership import sections
from results.kith.read.notes import Notes
from results.parsed import ParsedCoding
from results.vocabulary import WITHDRAWN, Discipline, ReportStatus

_BROAD = (Discipline.LAB, Discipline.OTHER)
_CONTRADICTION = (
    "Composition og DiagnosticReport har ulik status; den strengeste gjelder."
)


def report_status(item: Item, bundle: Bundle, notes: Notes) -> ReportStatus:
    """FHIR's status as it is; a document withdrawn by its Composition is withdrawn."""
    status = values.word(item.text("status"), ReportStatus, ReportStatus.UNKNOWN)
    documents = {c.text("status") for c in bundle.of_type("Composition")}
    if ReportStatus.ENTERED_IN_ERROR.value in documents and status not in WITHDRAWN:
        notes.warn(_CONTRADICTION)
        return ReportStatus.ENTERED_IN_ERROR
    return status


def report_type(item: Item) -> ParsedCoding | None:
    """Volven 8202 where there is one (NILAR), else what the code says."""
    codings = values.concept_codings(item.item("code"))
    national = (c for c in codings if c.system == names.REPORT_TYPES)
    return next(national, codings[0] if codings else None)


def category(item: Item, items: Iterable[Item], bundle: Bundle) -> Discipline:
    """What the report says of itself, the narrowest first; else what its sections and
    results do."""
    code = item.item("code")
    own = [code] if code else []
    of_sections = [
        concept
        for composition in bundle.of_type("Composition")
        for section in sections(composition)
        for concept in section.items("code")
    ]
    of_results = [c for o in items for c in o.items("category")]
    said = [
        discipline
        for concepts in (own, item.items("category"), of_sections, of_results)
        for system, code in values.coding_pairs(concepts)
        if (discipline := names.discipline_of(system, code))
    ]
    narrow = (d for d in said if d not in _BROAD)
    return next(narrow, said[0] if said else Discipline.OTHER)
