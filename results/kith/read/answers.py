"""The value of a result: number, text, interval or date, exactly as it was sent."""

from typing import Any

from results.kith.read import markup, values
from results.kith.read.notes import Notes
from results.kith.xml import Node
from results.parsed import ParsedQuantity
from results.vocabulary import ValueKind


def value(node: Node, notes: Notes) -> dict[str, Any]:
    """The fields of an item that hold its value, and its comments, which take up what
    is left over when a producer sends two values in one item."""
    sent = node.children_of(*_READERS)
    comments = node.texts("Comment")
    if not sent:
        return {"comments": comments}
    first, *more = [_READERS[child.name](child, notes) for child in sent]
    if more:
        notes.warn("Et resultat har flere verdier; den første gjelder.")
        comments += tuple(text for read in more if (text := _in_words(read)))
    return {"comments": comments, **first}


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


def _in_words(read: dict[str, Any]) -> str:
    """A value that has no field left to it, as a reader would say it."""
    low, high = read.get("interval_low"), read.get("interval_high")
    said = [
        *(_quantity(number) for number in (read.get("quantity"), low) if number),
        *(f"– {_quantity(high)}" for _ in [high] if high),
        read.get("text") or "",
        *(coding.text or "" for coding in read.get("value_codings", ())),
        read["date"].as_sent if "date" in read else "",
    ]
    return " ".join(filter(None, said))


def _quantity(number: ParsedQuantity) -> str:
    parts = (number.comparator, number.digits, number.unit)
    return " ".join(filter(None, parts))
