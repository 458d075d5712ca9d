"""What the requester told the laboratory, as NILAR carries it."""

from collections.abc import Iterator

from results.fhir import names
from results.fhir.items import Item
from results.fhir.read import values
from results.fhir.read.specimens import extension_texts
from results.kith.read.notes import Notes
from results.parsed import ParsedComment


def clinical_information(item: Item, notes: Notes) -> Iterator[ParsedComment]:
    """NILAR's `inf-item`: symptoms, pregnancy, previous treatment … (Volven 8233)."""
    for extension in item.extensions(names.nilar_extension("inf-item")):
        kind = extension.extension(names.nilar_extension("inf-item-type"))
        concept = kind.item("valueCodeableConcept") if kind else None
        heading = next(iter(values.concept_codings(concept)), None)
        if text := " · ".join(_informed(extension, notes)):
            yield ParsedComment(text, heading)


def _informed(extension: Item, notes: Notes) -> Iterator[str]:
    for name in ("inf-item-coded-descr", "inf-item-descr", "comment"):
        for part in extension.extensions(names.nilar_extension(name)):
            yield from extension_texts(part)
    start = extension.extension(names.nilar_extension("inf-item-start"))
    if moment := values.moment(start, "valueDateTime", notes):
        yield moment.date.strftime("%d.%m.%Y") if moment.date else moment.as_sent
