"""The data types of KITH: codes, moments, truth values and numbers (HIS 80822)."""

import re
from collections.abc import Iterable
from decimal import Decimal

from results.kith import moments
from results.kith.read.notes import Notes
from results.kith.xml import Node
from results.parsed import ParsedCoding, ParsedMoment, ParsedQuantity

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
# One comma and no point: a decimal comma. «1.234,5» and «1 000» could mean anything.
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_LONGEST_NUMBER = 60

_COMPARATORS = {
    None: None,
    "EQ": None,
    "LT": "<",
    "LE": "<=",
    "GE": ">=",
    "GT": ">",
    "MG": "MG",
    "ML": "ML",
    "NE": "NE",
}
# Sent by many for «no unit» (dialect D9).
_NO_UNIT = "0"


def coding(node: Node | None) -> ParsedCoding | None:
    """CV or CS. Text inside the element is ignored (dialect A11)."""
    if node is None:
        return None
    code, system, display, original_text = node.attributes("V", "S", "DN", "OT")
    if not (code or display or original_text):
        return None
    return ParsedCoding(code, system, display, original_text)


def codings(nodes: Iterable[Node]) -> tuple[ParsedCoding, ...]:
    return tuple([found for node in nodes if (found := coding(node))])


def moment(parent: Node, name: str, notes: Notes) -> ParsedMoment | None:
    """The TS child of that name; an empty or invalid one is told of, never refused."""
    node = parent.child(name)
    if node is None:
        return None
    text = node.attribute("V")
    if text is None:
        notes.warn(f"Datoen i {name} er tom.")
        return None
    found = moments.parse(text)
    if not moments.is_moment(found):
        notes.warn(f"Datoen i {name} er ikke gyldig.")
    return found


def truth(parent: Node, name: str, notes: Notes) -> bool | None:
    """BL: `true` or `false`."""
    code = parent.code(name)
    if code in {"true", "1"}:
        return True
    if code in {"false", "0"}:
        return False
    if code is not None:
        notes.warn(f"{name} er verken sann eller usann.")
    return None


def unit(node: Node) -> str | None:
    """The unit of a PQ, as sent."""
    return as_unit(node.attribute("U"))


def as_unit(text: str | None) -> str | None:
    return None if text == _NO_UNIT else text


def quantity(node: Node | None, comparator: str | None = None) -> ParsedQuantity | None:
    """PQ with the comparator's code (Volven 8239); None when it is no number.

    A decimal comma is read as a point (dialect D6). INF and NaN are no numbers.
    """
    if node is None or comparator not in _COMPARATORS:
        return None
    text, unit_text = node.attributes("V", "U")
    digits = _digits(text or "")
    if digits is None:
        return None
    return ParsedQuantity(
        digits, Decimal(digits), as_unit(unit_text), _COMPARATORS[comparator]
    )


def _digits(text: str) -> str | None:
    """The digits in a form `Decimal` reads, otherwise as they were sent."""
    if len(text) > _LONGEST_NUMBER:
        return None
    if _NUMBER.fullmatch(text):
        return text
    return text.replace(",", ".") if _DECIMAL_COMMA.fullmatch(text) else None
