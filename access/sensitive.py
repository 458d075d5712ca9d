"""Which answers a citizen is asked about first, as plain values."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from access.models import SensitiveKind
from results import codes
from results.models.signed import in_force


@dataclass(frozen=True, slots=True)
class SensitiveKinds:
    """`by_code` has the key of the code table; what it says outranks `categories`."""

    categories: frozenset[str]
    by_code: Mapping[tuple[str, str], bool]

    def ask_about(self, category: str, sent: Iterable[tuple[str, str]]) -> bool:
        """Whether a report of this discipline, with these codes (code and system as
        sent), is asked about. One code that is enough is enough."""
        said = [self.by_code[key] for key in map(_key, sent) if key in self.by_code]
        if any(said):
            return True
        return category in self.categories and not said


def sensitive_kinds(day: datetime.date) -> SensitiveKinds:
    """What holds that day; of two that differ the one that asks prevails. One query."""
    rows = SensitiveKind.objects.filter(in_force(day)).order_by("asks_first")
    said = list(rows.values_list("category", "system", "code", "asks_first"))
    by_category = {category: asks for category, _s, code, asks in said if not code}
    return SensitiveKinds(
        categories=frozenset(c for c, asks in by_category.items() if asks),
        by_code={(system, code): asks for _c, system, code, asks in said if code},
    )


def _key(sent: tuple[str, str]) -> tuple[str, str]:
    code, system = sent
    known = codes.find(code, system)
    return (known.system, known.code) if known else (system, code)
