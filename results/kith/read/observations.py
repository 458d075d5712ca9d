"""The results: `ResultItem`, in each other to any depth."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from results.kith import status
from results.kith.read import markup, values
from results.kith.read.notes import Notes
from results.kith.read.parties import parties
from results.kith.xml import Node
from results.parsed import ParsedCoding, ParsedMoment, ParsedObservation
from results.vocabulary import ValueKind

_VALUES = ("NumResult", "TextResult", "Interval", "DateResult")


@dataclass(frozen=True, slots=True)
class Inherited:
    """What an item that says nothing of it has from the item around it, then from
    the report (dialect C9)."""

    service_type: str | None = None
    specimen_ids: tuple[str, ...] = ()
    investigated_at: ParsedMoment | None = None


def observations(
    parent: Node, notes: Notes, inherited: Inherited
) -> tuple[ParsedObservation, ...]:
    """One for each ResultItem of the patient or item, at every depth."""
    items = parent.children("ResultItem")
    return tuple(_observation(item, notes, inherited) for item in items)


def _observation(node: Node, notes: Notes, inherited: Inherited) -> ParsedObservation:
    own = Inherited(
        service_type=node.code("ServType") or inherited.service_type,
        specimen_ids=node.texts("RefAnalysedSubject") or inherited.specimen_ids,
        investigated_at=values.moment(node, "InvDate", notes)
        or inherited.investigated_at,
    )
    status_code = node.code("StatusInvestigation")
    investigations = node.children("Investigation")
    return ParsedObservation(
        **_value(node, notes),
        status=status.observation_status(own.service_type, status_code),
        codings=_codings(investigations, "Id"),
        method_codings=_codings(investigations, "Spec"),
        investigation_comment="\n".join(
            text for i in investigations for text in i.texts("Comment")
        )
        or None,
        reference_ranges=tuple(
            text for r in node.children("RefInterval") for text in r.texts("Descr")
        ),
        interpretation=status.interpretation(node.code("DevResultInd")),
        service_type=own.service_type,
        status_code=status_code,
        item_id=node.text("IdResultItem"),
        related_item_id=node.text("RefIdResultItem"),
        specimen_ids=own.specimen_ids,
        investigated_at=own.investigated_at,
        described_at=values.moment(node, "DescrDate", notes),
        is_accredited=values.truth(node, "Accredited", notes),
        performers=parties(node.children("RelServProv"), notes),
        diagnoses=tuple(_diagnoses(node)),
        structured=tuple(_structured(node)),
        members=observations(node, notes, own),
    )


def _codings(investigations: list[Node], name: str) -> tuple[ParsedCoding, ...]:
    return tuple(c for i in investigations for c in values.codings(i.children(name)))


def _value(node: Node, notes: Notes) -> dict[str, Any]:
    """The fields that hold the value, and the comments, which take up what is left
    over when a producer sends two kinds of value in one item."""
    sent = [child for name in _VALUES if (child := node.child(name))]
    comments = node.texts("Comment")
    if not sent:
        return {"comments": comments}
    if len(sent) > 1:
        notes.warn("Et resultat har flere slags verdier; den første gjelder.")
        comments += tuple(text for child in sent[1:] if (text := child.own_text))
    return {"comments": comments, **_READERS[sent[0].name](sent[0], notes)}


def _number(node: Node, notes: Notes) -> dict[str, Any]:
    sent = node.child("NumResultValue")
    text = sent and sent.attribute("V")
    if sent is None or text is None:
        notes.warn("Et tallresultat mangler tall.")
        return {}
    comparator = node.code("ArithmeticComp")
    number = values.quantity(sent, comparator)
    if number is None:
        # Shown as it came; a comparator we do not know must not fall away.
        notes.warn("Et tallresultat er ikke et tall og vises som tekst.")
        shown = text if comparator in {None, "EQ"} else f"{comparator} {text}"
        return {
            "kind": ValueKind.TEXT,
            "text": shown,
            "unit_of_text": values.unit(sent),
        }
    if number.digits != text:
        notes.warn("Et tallresultat har komma der det skal være punktum.")
    return {"kind": ValueKind.QUANTITY, "quantity": number}


def _text(node: Node, notes: Notes) -> dict[str, Any]:
    codes = values.codings(node.children("TextCode"))
    found = node.child("TextResultValue")
    is_markup = bool(found and found.has_elements and markup.has_markup(found))
    text = found and (markup.as_markup(found) if is_markup else markup.as_text(found))
    kind = ValueKind.TEXT if text else ValueKind.CODED if codes else ValueKind.NONE
    return {
        "kind": kind,
        "heading": node.code("Heading"),
        "text": text,
        "is_markup": is_markup and text is not None,
        "unit_of_text": values.as_unit(node.text("Unit")),
        "value_codings": codes,
    }


def _interval(node: Node, notes: Notes) -> dict[str, Any]:
    bounds = [node.child("Low"), node.child("High")]
    low, high = map(values.quantity, bounds)
    if any(bound and not read for bound, read in zip(bounds, (low, high), strict=True)):
        notes.warn("Et intervall har en grense som ikke er et tall.")
        sent = [(bound and bound.attribute("V")) or "" for bound in bounds]
        text = " – ".join(sent).strip(" –")
        return {"kind": ValueKind.TEXT, "text": text} if text else {}
    if not low and not high:
        return {}
    return {
        "kind": ValueKind.INTERVAL,
        "interval_low": low,
        "interval_high": high,
    }


def _date(node: Node, notes: Notes) -> dict[str, Any]:
    found = values.moment(node, "DateResultValue", notes)
    return {"kind": ValueKind.DATE, "date": found} if found else {}


_READERS = {
    "NumResult": _number,
    "TextResult": _text,
    "Interval": _interval,
    "DateResult": _date,
}


def _diagnoses(node: Node) -> Iterator[ParsedCoding]:
    for comment in node.children("DiagComment"):
        yield from values.codings(comment.children("Concept"))
        for modifier in comment.children("Modifier"):
            yield from values.codings(modifier.children("Value"))


def _structured(node: Node) -> Iterator[tuple[str, str]]:
    """Template answers as label and value (dialect D40)."""
    for info in node.children("StructuredInfo"):
        label = values.coding(info.child("Type"))
        for value in _structured_values(info):
            yield (label and label.text) or "", value


def _structured_values(info: Node) -> Iterator[str]:
    for part in info.children("TextInfo"):
        yield from part.texts("Text")
    for part in info.children("IntegerInfo"):
        yield from part.texts("Integer")
    for part in info.children("PhysicalInfo"):
        for sent in part.children("Quantity"):
            number = sent.attribute("V") or ""
            yield f"{number} {values.unit(sent) or ''}".strip()
    for part in info.children("CodedInfo"):
        for coded in values.codings(part.children("Code")):
            yield coded.text or ""
    for part in info.children("BooleanInfo"):
        yield {"true": "Ja", "false": "Nei"}.get(part.code("Flag") or "", "")
