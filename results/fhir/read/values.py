"""FHIR's data types as `results.parsed` has them: codes, moments, numbers, remarks."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TypeVar

from results.fhir import names
from results.fhir.items import Item
from results.kith import moments
from results.kith.read.notes import Notes
from results.parsed import ParsedCoding, ParsedMoment, ParsedQuantity

_Word = TypeVar("_Word", bound=str)

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_LONGEST_NUMBER = 60
COMPARATORS = frozenset({"<", "<=", ">=", ">"})
# UCUM for a number without a unit.
_NO_UNIT = "1"


def concept_codings(concept: Item | None) -> tuple[ParsedCoding, ...]:
    """Every coding of a CodeableConcept, the Norwegian national one first and local
    ones last; the concept's own words on the first. Only words give a coding of them.

    A code of NPU's own system is in Norsk laboratoriekodeverk under the same letters,
    and is given there too when the sender left it out.
    """
    if concept is None:
        return ()
    text = concept.text("text")
    found = sorted(_codings(concept), key=_rank)
    if found and names.NLK not in {c.system for c in found}:
        found = [*_in_national_list(found), *found]
    if not found:
        return (ParsedCoding(original_text=text),) if text else ()
    first = found[0]
    words = ParsedCoding(first.code, first.system, first.display, text)
    return (words, *found[1:])


def concept_text(concept: Item | None) -> str | None:
    """The concept in words: its text, else its first coding's."""
    codings = concept_codings(concept)
    return codings[0].text if codings else None


def concept_texts(concepts: Iterable[Item]) -> tuple[str, ...]:
    return tuple(t for concept in concepts if (t := concept_text(concept)))


def coding_pairs(concepts: Iterable[Item]) -> Iterator[tuple[str | None, str | None]]:
    """System, kept as we keep it, and code, of every coding."""
    for concept in concepts:
        for coding in concept.items("coding"):
            yield names.system_kept(coding.text("system")), coding.text("code")


def moment(item: Item | None, name: str, notes: Notes) -> ParsedMoment | None:
    """A date, dateTime or instant; one that is none is told of, never refused."""
    text = item.text(name) if item else None
    if text is None:
        return None
    found = moments.parse(text)
    if not moments.is_moment(found):
        notes.warn(f"Datoen i {name} er ikke gyldig.")
    return found


def effective(item: Item | None, name: str, notes: Notes) -> ParsedMoment | None:
    """`name[x]` as a moment: a dateTime, an instant, or the start of a period."""
    if item is None:
        return None
    return (
        moment(item, f"{name}DateTime", notes)
        or moment(item, f"{name}Instant", notes)
        or moment(item.item(f"{name}Period"), "start", notes)
    )


def quantity(item: Item | None) -> ParsedQuantity | None:
    """A Quantity, its digits as sent; None when it has no number we can read, or a
    comparator R4 does not know."""
    digits = item.number("value") if item else None
    if item is None or digits is None or not is_number(digits):
        return None
    comparator = item.text("comparator")
    if comparator is not None and comparator not in COMPARATORS:
        return None
    return ParsedQuantity(
        digits=digits,
        value=Decimal(digits),
        unit=unit(item),
        comparator=comparator,
        ucum=ucum(item),
    )


def is_number(digits: str) -> bool:
    return len(digits) <= _LONGEST_NUMBER and _NUMBER.fullmatch(digits) is not None


def unit(item: Item) -> str | None:
    """The unit in the sender's words, else its code; UCUM's «1» is none."""
    sent = item.text("unit") or item.text("code")
    return None if sent == _NO_UNIT else sent


def ucum(item: Item) -> str | None:
    """The unit's code in UCUM, when that is the system it says."""
    return item.text("code") if item.text("system") == names.UCUM else None


def quantity_text(item: Item | None) -> str:
    """A Quantity as one would write it, whatever it holds: «<5 mmol/L»."""
    if item is None:
        return ""
    digits = f"{item.text('comparator') or ''}{item.number('value') or ''}"
    return f"{digits} {unit(item) or ''}".strip()


def identifier_of(identifiers: Iterable[Item], *kinds: str) -> str | None:
    """The first identifier of a kind NILAR names, `MsgId` or `ServReportId` say."""
    for identifier in identifiers:
        if any(is_kind(identifier, kind) for kind in kinds):
            return bare_value(identifier)
    return None


def is_kind(identifier: Item, kind: str) -> bool:
    by_type = (c.text("code") for c in _type_codings(identifier))
    return names.nilar_id(identifier.text("system"), kind=kind) or kind in by_type


def is_v2_type(identifier: Item, *codes: str) -> bool:
    """Whether an identifier's type is one of HL7 v2's: `PLAC`, `FILL`, `ACSN` …"""
    return any(c.text("code") in codes for c in _type_codings(identifier))


def bare_value(identifier: Item | None) -> str | None:
    """The value; a UUID written as a URN is the UUID (RFC 9562 §4)."""
    value = identifier.text("value") if identifier else None
    return value.removeprefix("urn:uuid:") if value else None


def word(sent: str | None, words: type[_Word], otherwise: _Word) -> _Word:
    """The word of a fixed list that was sent; another where it is none of them."""
    try:
        return words(sent)
    except ValueError:
        return otherwise


def annotations(item: Item, name: str = "note") -> tuple[str, ...]:
    """The texts of Annotations."""
    return tuple(t for note in item.items(name) if (t := note.text("text")))


def _type_codings(identifier: Item) -> tuple[Item, ...]:
    kind = identifier.item("type")
    return kind.items("coding") if kind else ()


def _codings(concept: Item) -> Iterator[ParsedCoding]:
    for coding in concept.items("coding"):
        found = ParsedCoding(
            code=coding.text("code"),
            system=names.system_kept(coding.text("system")),
            display=coding.text("display"),
        )
        if found.text:
            yield found


def _rank(coding: ParsedCoding) -> int:
    system = coding.system or ""
    if not coding.code or not system or system == names.LOCAL_CODES:
        return 2
    return 0 if system.startswith(names.VOLVEN) else 1


def _in_national_list(found: list[ParsedCoding]) -> Iterator[ParsedCoding]:
    for coding in found:
        if coding.system == names.NPU and (coding.code or "").startswith("NPU"):
            yield ParsedCoding(coding.code, names.NLK, coding.display)
