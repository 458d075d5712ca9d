"""Reference ranges as a line of text each, as KITH has them and readers know them."""

from collections.abc import Iterator

from results.fhir.items import Item
from results.fhir.read import values

# HL7 `referencerange-meaning`. These two are the reference range proper.
_PLAIN = frozenset({"normal", "recommended"})
_MEANINGS = {
    "therapeutic": "Terapeutisk område",
    "treatment": "Behandlingsområde",
    "pre": "Før behandling",
    "post": "Etter behandling",
    "endocrine": "Hormonelt",
    "pre-puberty": "Før pubertet",
    "follicular": "Follikkelfase",
    "midcycle": "Midtsyklus",
    "luteal": "Lutealfase",
    "postmenopausal": "Etter overgangsalder",
}
_YEARS = "a"


def reference_ranges(item: Item, *, unit: str | None) -> tuple[str, ...]:
    """Each range of a result or component.

    A range with another meaning than the ordinary one says so first («Terapeutisk
    område: 10 - 20»), so that nobody judges a value against it.
    """
    found = (_range(one, unit) for one in item.items("referenceRange"))
    return tuple(text for text in found if text)


def _range(one: Item, unit: str | None) -> str | None:
    limits = one.text("text") or _limits(one, unit)
    meaning, conditions = _meaning(one), ", ".join(_conditions(one))
    if not limits:
        return meaning or None
    text = f"{limits} ({conditions})" if conditions else limits
    return f"{meaning}: {text}" if meaning else text


def _meaning(one: Item) -> str | None:
    kind = one.item("type")
    codes = {code for _system, code in values.coding_pairs([kind] if kind else [])}
    if kind is None or codes & _PLAIN:
        return None
    known = (_MEANINGS[c] for c in codes if c in _MEANINGS)
    return next(known, None) or values.concept_text(kind)


def _limits(one: Item, unit: str | None) -> str | None:
    low, high = one.item("low"), one.item("high")
    digits = [_digits(bound) for bound in (low, high)]
    if all(digits):
        text = f"{digits[0]} - {digits[1]}"
    elif any(digits):
        text = f"≥ {digits[0]}" if digits[0] else f"≤ {digits[1]}"
    else:
        return None
    own = next((u for b in (low, high) if b and (u := values.unit(b))), None)
    return f"{text} {own}" if own and own != unit else text


def _digits(bound: Item | None) -> str:
    """Every digit as sent, in Norwegian writing."""
    return (bound.number("value") or "").replace(".", ",") if bound else ""


def _conditions(one: Item) -> Iterator[str]:
    yield from values.concept_texts(one.items("appliesTo"))
    if age := one.item("age"):
        low, high = (_digits(age.item(name)) for name in ("low", "high"))
        bound = age.item("low") or age.item("high")
        code = bound.text("code") if bound else None
        words = "år" if code in {None, _YEARS} else (bound and values.unit(bound)) or ""
        if low or high:
            yield f"alder {low}–{high} {words}".strip()
