"""What was taken from the patient: `AnalysedSubject`, derived specimens included."""

from collections.abc import Iterator

from results.kith.read import values
from results.kith.read.notes import Notes
from results.kith.xml import Node
from results.parsed import ParsedMoment, ParsedSpecimen


def specimens(patient: Node, notes: Notes) -> tuple[ParsedSpecimen, ...]:
    """Every specimen, outer before derived; of two with one id the first (D21)."""
    kept: dict[str, ParsedSpecimen] = {}
    for position, found in enumerate(_all(patient, None, notes)):
        if found.id and found.id in kept:
            notes.warn("To prøver har samme id; den første gjelder.")
        else:
            kept[found.id or f"\0{position}"] = found
    return tuple(kept.values())


def _all(
    parent: Node, taken_at: ParsedMoment | None, notes: Notes
) -> Iterator[ParsedSpecimen]:
    for node in parent.children("AnalysedSubject"):
        found = _specimen(node, taken_at, notes)
        yield found
        yield from _all(node, found.collected_at, notes)


def _specimen(
    node: Node, taken_at: ParsedMoment | None, notes: Notes
) -> ParsedSpecimen:
    product = node.child("CollectedStudyProduct")
    return ParsedSpecimen(
        id=node.text("IdByServProvider"),
        type=values.coding(node.child("TypeCoded")),
        type_text=node.text("Type") or (product.text("Type") if product else None),
        anatomical_origin=node.text("AnatomicalOrigin"),
        # A derived specimen was taken when the one it came from was.
        collected_at=_collected_at(node, notes) or taken_at,
        comments=tuple(_comments(node)),
        is_accredited=values.truth(node, "Accredited", notes),
        is_cancelled=node.code("ServType") == "C",
    )


def _collected_at(node: Node, notes: Notes) -> ParsedMoment | None:
    if sample := node.child("CollectedSample"):
        return values.moment(sample, "CollectedDate", notes)
    if product := node.child("CollectedStudyProduct"):
        return values.moment(product, "ProducedDate", notes)
    return None


def _comments(node: Node) -> Iterator[str]:
    yield from node.texts("Comment")
    if sample := node.child("CollectedSample"):
        yield from sample.texts("CollectorComment")
        for coded in values.codings(sample.children("CollectorCommentCoded")):
            yield coded.text or ""
        yield from sample.texts("Logistics")
    if pretreatment := node.child("Pretreatment"):
        yield from pretreatment.texts("TextResultValue")
    yield from node.texts("SampleHandling")
