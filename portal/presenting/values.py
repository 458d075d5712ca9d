"""A value as sent: digits, comparator and unit, in Norwegian writing."""

import re
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from portal.languages import decimal_mark

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_NUMERIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_LIMITS = re.compile(r"(?<=\d)\s*-\s*(?=[+-]?\d)")
_DECIMAL_MARK = re.compile(r"(?<=\d)[.,](?=\d)")

# Where Volven 8239 has no FHIR comparator, the code itself is kept as sent.
_COMPARATORS = {
    "<=": "≤",
    ">=": "≥",
    "LT": "<",
    "GT": ">",
    "LE": "≤",
    "GE": "≥",
    "MG": _("mye større enn "),
    "ML": _("mye mindre enn "),
    "NE": _("ikke lik "),
    "EQ": "",
}


def present_number(digits: str) -> str:
    """The digits as sent, with the language's decimal mark; «4.10»
    stays two decimals, words untouched."""
    stripped = digits.strip()
    if not _NUMERIC.fullmatch(stripped):
        return stripped
    return stripped.replace(",", ".").replace(".", decimal_mark())


def present_value(digits: str, comparator: str) -> str:
    """«<1», «≥100», «mye større enn 8»: never the number without its comparator."""
    sign = str(_COMPARATORS.get(comparator, comparator))
    return f"{sign}{present_number(digits)}"


def present_quantity(digits: str, comparator: str, unit: str) -> str:
    """Value and unit that never part at the end of a line."""
    value = present_value(digits, comparator)
    return f"{value}{NO_BREAK_SPACE}{unit}" if unit else value


def present_range(text: str) -> str:
    """A reference range as sent, with decimal comma and «3,5–4,4» for «3.5 - 4.4».

    Only a text of numbers alone is touched; words are the laboratory's own.
    """
    stripped = text.strip()
    if re.search(r"[^\d\s.,<>=≤≥+–-]", stripped):
        return stripped
    return _LIMITS.sub("–", _DECIMAL_MARK.sub(decimal_mark(), stripped))


def as_decimal(digits: str) -> Decimal | None:
    """The number, for comparing and drawing only; None when it is not one."""
    stripped = digits.strip()
    if not _NUMERIC.fullmatch(stripped):
        return None
    return Decimal(stripped.replace(",", "."))
