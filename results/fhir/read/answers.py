"""The answer itself: `value[x]`, or why there is none."""

from collections.abc import Callable
from typing import Any

from results.fhir.items import Item
from results.fhir.read import interpretation, values
from results.kith.read.notes import Notes
from results.parsed import ParsedQuantity
from results.vocabulary import ValueKind

Answer = dict[str, Any]

_UNKNOWN_KIND = "Et resultat har en verdi av et slag vi ikke kan ta imot."
_SEVERAL = "Et resultat har flere verdier (value[x])."
_ABSENT = {
    "unknown": "ukjent",
    "asked-unknown": "spurt, men ukjent",
    "temp-unknown": "ikke kjent ennå",
    "not-asked": "ikke spurt",
    "asked-declined": "ikke ønsket besvart",
    "masked": "holdt tilbake",
    "not-applicable": "ikke aktuelt",
    "unsupported": "støttes ikke",
    "as-text": "bare oppgitt i tekst",
    "error": "feil ved analysen",
    "not-a-number": "ikke et tall",
    "negative-infinity": "under alle grenser",
    "positive-infinity": "over alle grenser",
    "not-performed": "ikke utført",
    "not-permitted": "ikke tillatt",
}


def answer(item: Item, notes: Notes) -> Answer:
    """The fields of a ParsedObservation that hold the value of a result or component.

    Several values, or one of a kind R4 does not have, refuse the message: which of
    them a reader was meant to see is not for us to guess.
    """
    sent = [n for n in item.fields if n.startswith("value") and item.fields[n]]
    sent += [n for n in item.fields if n in _FALSY and item.fields[n] is False]
    if len(sent) > 1:
        notes.refuse(_SEVERAL)
    if not sent:
        return {}
    reader = _READERS.get(sent[0])
    if reader is None:
        notes.refuse(_UNKNOWN_KIND)
        return {}
    return reader(item, notes)


def absence(item: Item) -> tuple[str, ...]:
    """Why there is no value, as a remark (`dataAbsentReason`)."""
    reason = item.item("dataAbsentReason")
    if reason is None:
        return ()
    codes = [code for _system, code in values.coding_pairs([reason])]
    known = (_ABSENT[c] for c in codes if c in _ABSENT)
    words = reason.text("text") or next(known, None) or values.concept_text(reason)
    return (f"Uten verdi: {words}",) if words else ()


def _quantity(item: Item, notes: Notes) -> Answer:
    sent = item.item("valueQuantity")
    if found := values.quantity(sent):
        if sent and not sent.is_number("value"):
            notes.warn("Et tallresultat er sendt som tekst.")
        return {"kind": ValueKind.QUANTITY, "quantity": found}
    text = values.quantity_text(sent)
    if not (sent and sent.number("value")):
        return {}
    notes.warn("Et tallresultat er ikke et tall og vises som tekst.")
    return _text(text)


def _integer(item: Item, notes: Notes) -> Answer:
    digits = item.number("valueInteger") or ""
    found = values.quantity(Item({"value": digits}))
    return {"kind": ValueKind.QUANTITY, "quantity": found} if found else _text(digits)


def _concept(item: Item, notes: Notes) -> Answer:
    concept = item.item("valueCodeableConcept")
    codings = values.concept_codings(concept)
    if not codings:
        return {}
    text = concept.text("text") if concept else None
    coded = tuple(c for c in codings if c.code)
    susceptible = interpretation.susceptibility_in(coded)
    return {
        "kind": ValueKind.TEXT if text else ValueKind.CODED,
        "text": text,
        "value_codings": (*((susceptible,) if susceptible else ()), *coded),
    }


def _range(item: Item, notes: Notes) -> Answer:
    sent = item.item("valueRange")
    bounds = [sent.item(name) if sent else None for name in ("low", "high")]
    read = [values.quantity(bound) for bound in bounds]
    if any(b and not r for b, r in zip(bounds, read, strict=True)):
        notes.warn("Et intervall har en grense som ikke er et tall.")
        return _text(" – ".join(filter(None, map(values.quantity_text, bounds))))
    low, high = read
    if not (low or high):
        return {}
    return {
        "kind": ValueKind.INTERVAL,
        "interval_low": low or _unit_alone(high),
        "interval_high": high,
    }


def _unit_alone(high: ParsedQuantity | None) -> ParsedQuantity | None:
    """An open interval has its unit from the limit it has."""
    return ParsedQuantity(digits="", unit=high.unit, ucum=high.ucum) if high else None


def _moment(item: Item, notes: Notes) -> Answer:
    """A day, its time of day as a remark; a lone year, which no day holds, as text."""
    found = values.moment(item, "valueDateTime", notes)
    if found is None or found.date is None:
        return _text(found.as_sent) if found else {}
    clock = (found.at.strftime("Klokken %H.%M"),) if found.at else ()
    return {"kind": ValueKind.DATE, "date": found, "comments": clock}


def _boolean(item: Item, notes: Notes) -> Answer:
    return _text("Ja" if item.flag("valueBoolean") else "Nei")


def _string(item: Item, notes: Notes) -> Answer:
    return _text(item.text("valueString"))


def _time(item: Item, notes: Notes) -> Answer:
    return _text(item.text("valueTime"))


def _ratio(item: Item, notes: Notes) -> Answer:
    """«1:64», as titres are written."""
    sent = item.item("valueRatio")
    parts = [sent.item(n) if sent else None for n in ("numerator", "denominator")]
    return _text(":".join(filter(None, map(values.quantity_text, parts))))


def _period(item: Item, notes: Notes) -> Answer:
    sent = item.item("valuePeriod")
    bounds = [sent.text(n) if sent else None for n in ("start", "end")]
    return _text(" – ".join(filter(None, bounds)))


def _text(text: str | None) -> Answer:
    return {"kind": ValueKind.TEXT, "text": text} if text else {}


# `valueSampledData` is refused with what R4 does not know: a curve is no text.
_READERS: dict[str, Callable[[Item, Notes], Answer]] = {
    "valueQuantity": _quantity,
    "valueInteger": _integer,
    "valueCodeableConcept": _concept,
    "valueString": _string,
    "valueBoolean": _boolean,
    "valueRange": _range,
    "valueRatio": _ratio,
    "valueDateTime": _moment,
    "valueTime": _time,
    "valuePeriod": _period,
}
_FALSY = frozenset({"valueBoolean"})
