"""What was taken from the patient: `AnalysedSubject`, derived specimens included."""

from collections.abc import Iterator
from dataclasses import fields, replace

from results.kith.read import values
from results.kith.read.notes import Notes
from results.kith.read.parties import party
from results.kith.xml import Node
from results.parsed import ParsedMoment, ParsedSpecimen

_CANCELLED = "C"


def specimens(patient: Node, notes: Notes) -> tuple[ParsedSpecimen, ...]:
    """Every specimen, outer before derived; of two with one id the first counts, and
    takes from the other what it lacks (dialect D21)."""
    kept: dict[str, ParsedSpecimen] = {}
    for position, found in enumerate(_all(patient, None, notes)):
        earlier = kept.get(found.id) if found.id else None
        if earlier:
            notes.warn("To prøver har samme id; den første gjelder.")
            found = _merged(earlier, found)
        kept[found.id or f"\0{position}"] = found
    return tuple(kept.values())


def _merged(first: ParsedSpecimen, other: ParsedSpecimen) -> ParsedSpecimen:
    lacking = {
        field.name: getattr(other, field.name)
        for field in fields(ParsedSpecimen)
        if getattr(first, field.name) in (None, (), False)
        and field.name != "is_accredited"
    }
    return replace(first, **lacking)


def _all(
    parent: Node, outer: ParsedSpecimen | None, notes: Notes
) -> Iterator[ParsedSpecimen]:
    for node in parent.children("AnalysedSubject"):
        found = _specimen(node, outer, notes)
        yield found
        yield from _all(node, found, notes)


def _specimen(node: Node, outer: ParsedSpecimen | None, notes: Notes) -> ParsedSpecimen:
    """A derived specimen was taken when the one it came from was, and falls with it."""
    sample = node.child("CollectedSample")
    product = node.child("CollectedStudyProduct")
    collected_at = _collected_at(sample, product, notes)
    service_type = node.code("ServType")
    falls_with_outer = bool(outer and outer.is_cancelled and service_type is None)
    return ParsedSpecimen(
        id=node.text("IdByServProvider"),
        type=values.coding(node.child("TypeCoded")),
        type_text=node.text("Type") or (product.text("Type") if product else None),
        anatomical_origin=node.text("AnatomicalOrigin"),
        collected_at=collected_at or (outer.collected_at if outer else None),
        comments=_comments(node, sample),
        is_accredited=values.truth(node, "Accredited", notes),
        is_cancelled=service_type == _CANCELLED or falls_with_outer,
        id_by_requester=node.text("IdByRequester"),
        collector=party(node.child("RelServProv"), notes),
    )


def _collected_at(
    sample: Node | None, product: Node | None, notes: Notes
) -> ParsedMoment | None:
    if sample:
        return values.moment(sample, "CollectedDate", notes)
    return values.moment(product, "ProducedDate", notes) if product else None


def _comments(node: Node, sample: Node | None) -> tuple[str, ...]:
    """All that is said of a specimen in words, and how it was taken and kept."""
    said: list[str | None] = [*node.texts("Comment")]
    if sample:
        coded = values.codings(sample.children("CollectorCommentCoded"))
        said += sample.texts("CollectorComment")
        said += [coding.text for coding in coded]
        said += sample.texts("Logistics")
    if pretreatment := node.child("Pretreatment"):
        headings = values.codings(pretreatment.children("Heading"))
        said += pretreatment.texts("TextResultValue") or [h.text for h in headings]
    said += node.texts("SampleHandling")
    said += node.texts("PreservMaterial")
    procedures = (*node.children("SampleCollProc"), *node.children("SampleCollInd"))
    said += [coding.text for coding in values.codings(procedures)]
    if number := node.text("Number"):
        said.append(f"Antall: {number}")
    return tuple(filter(None, said))
