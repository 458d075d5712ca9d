"""What a code means, looked up in the imported tables; an unknown code is no error.

NLK (7280) took over the codes of NKKKL (7230), which senders still name (dialect D28).
"""

import functools
from dataclasses import dataclass

from results.models import Coding

NLK = "2.16.578.1.12.4.1.1.7280"
_TAKEN_OVER = {"2.16.578.1.12.4.1.1.7230": NLK}


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """One row of a code table."""

    code: str
    system: str
    display: str
    everyday_name: str
    unit: str
    category: str
    heading: str


def find(code: str | None, system: str | None) -> CodeFacts | None:
    """The code's row, whatever case and blanks it was sent with; None when unknown."""
    if not code or not system:
        return None
    return _find("".join(code.split()).upper(), _TAKEN_OVER.get(system, system))


@functools.lru_cache(maxsize=20_000)
def _find(code: str, system: str) -> CodeFacts | None:
    row = Coding.objects.filter(system=system, code__iexact=code).first()
    if row is None:
        return None
    return CodeFacts(
        code=row.code,
        system=row.system,
        display=row.display,
        everyday_name=row.everyday_name,
        unit=row.unit,
        category=row.category,
        heading=row.heading,
    )
