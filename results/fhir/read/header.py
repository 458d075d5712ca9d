"""Which message it is, of when, and from whom."""

from collections.abc import Iterator

from results.fhir.bundle import Bundle
from results.fhir.items import Item
from results.fhir.read import values
from results.fhir.read.parties import organization_among
from results.fhir.read.report import document_parties, performer
from results.kith.read.notes import Notes
from results.parsed import ParsedMoment, ParsedParty


def message_id(bundle: Bundle, report: Item | None) -> str | None:
    """The bundle's identifier, which no other bundle ever has (R4 §2.36); else NILAR's
    MsgId on the report; else the bundle's own id."""
    own = values.bare_value(bundle.root.item("identifier"))
    sent = values.identifier_of(report.items("identifier"), "MsgId") if report else None
    return own or sent or bundle.root.text("id")


def generated_at(
    bundle: Bundle, report: Item | None, notes: Notes
) -> ParsedMoment | None:
    """When this version was made: what orders versions, as GenDate in KITH.

    A document's `Composition.date` first: it is the document's own and must change with
    it. Then `DiagnosticReport.issued`, which FHIR defines for the version and NILAR
    fills with GenDate. Then when the bundle was put together or kept. A time of day
    counts before a lone date, which would order two versions of one day at random.
    """
    found = [m for m in _moments(bundle, report, notes) if m and m.date]
    timed = (m for m in found if m.at)
    return next(timed, found[0] if found else None)


def sender(bundle: Bundle, report: Item | None) -> ParsedParty | None:
    """Who sends: a document's custodian or author, else the report's performer."""
    own = organization_among(document_parties(bundle), bundle)
    if own and own.organization:
        return own
    return (performer(report, bundle) if report else None) or own


def _moments(
    bundle: Bundle, report: Item | None, notes: Notes
) -> Iterator[ParsedMoment | None]:
    for composition in bundle.of_type("Composition"):
        yield values.moment(composition, "date", notes)
    yield values.moment(report, "issued", notes)
    yield values.moment(bundle.root, "timestamp", notes)
    for item in (report, bundle.root):
        yield values.moment(item.item("meta") if item else None, "lastUpdated", notes)
