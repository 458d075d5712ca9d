"""Codes, moments, numbers and ids, as they were sent."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from results.parsed.record import record


@record
class ParsedCoding:
    """One code as sent: KITH CV/CS (`V`, `S`, `DN`, `OT`) or FHIR Coding.

    `system` is a whole OID or a URL, or None where the standard implies the list.
    """

    code: str | None = None
    system: str | None = None
    display: str | None = None
    original_text: str | None = None

    @property
    def text(self) -> str | None:
        """What to show when no code table knows better (dialect D30)."""
        return self.original_text or self.display or self.code


@record
class ParsedMoment:
    """A date or time at the precision it was sent with.

    `as_sent` is the text; `date` is set when at least a day is known; `at` (aware, no
    zone read as Europe/Oslo) only when a time of day was sent: a date never becomes a
    time (dialect C16). All None but `as_sent` when the text is no date.
    """

    as_sent: str
    date: datetime.date | None = None
    at: datetime.datetime | None = None


@record
class ParsedIdentifier:
    """An id and its kind as sent (Volven 9051 and 8116: HER, ENH, HPR, LOK …)."""

    value: str
    type: str | None = None


@record
class ParsedQuantity:
    """A number as sent: `digits` keeps «4.0» apart from «4»; comparator in FHIR form
    (`<`, `<=`, `>=`, `>`) or, where FHIR has none, the sent code (`MG`, `ML`, `NE`).
    `ucum` is the unit's UCUM code where the sender gave that too."""

    digits: str
    value: Decimal | None = None
    unit: str | None = None
    comparator: str | None = None
    ucum: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedComment:
    """A remark with its heading, from the requisition (Volven 8231, 8234, 8233)."""

    text: str
    heading: ParsedCoding | None = None
