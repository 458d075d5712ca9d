"""What was asked for: `ServiceRequest`, and who asked."""

from collections.abc import Iterable, Iterator

from results.fhir import names
from results.fhir.bundle import Bundle
from results.fhir.items import Item
from results.fhir.read import values
from results.kith.read.notes import Notes
from results.parsed import ParsedCoding, ParsedComment, ParsedServiceRequest

_COMMENT = names.nilar_extension("comment")
_RECEIPT = names.nilar_extension("receipt-date")
_RESERVATION = names.nilar_extension("reservation")


def requests_of(report: Item, observations: Iterable[Item]) -> tuple[Item, ...]:
    """References to what the report rests on; its results' where it names none."""
    own = report.items("basedOn")
    return own or tuple(r for o in observations for r in o.items("basedOn"))


def service_requests(
    references: Iterable[Item], bundle: Bundle, notes: Notes
) -> tuple[ParsedServiceRequest, ...]:
    """Each once; one that is not here is known by the identifier it is named with."""
    found: dict[ParsedServiceRequest, None] = {}
    for reference in references:
        item = bundle.resolve(reference)
        request = _request(item, bundle, notes) if item else _named(reference)
        if request != ParsedServiceRequest():
            found[request] = None
    return tuple(found)


def resolved(references: Iterable[Item], bundle: Bundle) -> tuple[Item, ...]:
    """The ServiceRequests that are here."""
    found = bundle.resolve_all(references)
    return tuple(item for item in found if item.type == "ServiceRequest")


def _request(item: Item, bundle: Bundle, notes: Notes) -> ParsedServiceRequest:
    if item.type != "ServiceRequest" or item.text("status") == "entered-in-error":
        return ParsedServiceRequest()
    receipt = item.extension(_RECEIPT)
    return ParsedServiceRequest(
        id=_placer(item),
        id_by_performer=_filler(item.items("identifier")),
        authored_at=values.moment(item, "authoredOn", notes),
        received_at=values.moment(receipt, "valueDateTime", notes),
        priority=item.text("priority"),
        reasons=tuple(_reasons(item, bundle)),
        comments=tuple(_comments(item)),
        reservations=tuple(_reservations(item)),
    )


def _named(reference: Item) -> ParsedServiceRequest:
    identifiers = reference.items("identifier")
    filler = _filler(identifiers)
    others = (values.bare_value(i) for i in identifiers) if filler is None else ()
    return ParsedServiceRequest(
        id=next(filter(None, others), None), id_by_performer=filler
    )


def _placer(item: Item) -> str | None:
    """The requester's own id: NILAR's kind, v2's PLAC, the group's, or the first."""
    identifiers = item.items("identifier")
    own = [i for i in identifiers if not _is_fillers(i)]
    marked = (
        i for i in own if values.is_kind(i, "ServReqId") or values.is_v2_type(i, "PLAC")
    )
    chosen = next(marked, None) or item.item("requisition") or next(iter(own), None)
    return values.bare_value(chosen)


def _filler(identifiers: Iterable[Item]) -> str | None:
    return next((values.bare_value(i) for i in identifiers if _is_fillers(i)), None)


def _is_fillers(identifier: Item) -> bool:
    """The laboratory's own number, or the imaging unit's (accession number)."""
    return values.is_kind(identifier, "ServReqIdByServProvider") or values.is_v2_type(
        identifier, "FILL", "ACSN"
    )


def _reasons(item: Item, bundle: Bundle) -> Iterator[ParsedComment]:
    for concept in item.items("reasonCode"):
        codings = values.concept_codings(concept)
        if codings and (text := codings[0].text):
            # The words stand for themselves; a code beside them is their heading.
            is_headed = bool(codings[0].original_text and codings[0].code)
            yield ParsedComment(text, _heading(codings[0]) if is_headed else None)
    for reason in bundle.resolve_all(item.items("reasonReference")):
        if text := values.concept_text(reason.item("code")):
            yield ParsedComment(text)


def _heading(coding: ParsedCoding) -> ParsedCoding:
    return ParsedCoding(coding.code, coding.system, coding.display)


def _comments(item: Item) -> Iterator[ParsedComment]:
    yield from map(ParsedComment, values.annotations(item))
    yield from map(ParsedComment, item.texts("patientInstruction"))
    for extension in item.extensions(_COMMENT):
        yield from map(ParsedComment, values.annotations(extension, "valueAnnotation"))
        for concept in extension.items("valueCodeableConcept"):
            if text := values.concept_text(concept):
                yield ParsedComment(text)


def _reservations(item: Item) -> Iterator[ParsedCoding]:
    for extension in item.extensions(_RESERVATION):
        yield from values.concept_codings(extension.item("valueCodeableConcept"))
