"""Whether there is anything to open for somebody, without opening it."""

from results.identity import IdentityNumber
from results.operations.patients import lookup_of
from results.queries.sharing import opted_out


def is_reserved(number: IdentityNumber) -> bool:
    """Whether the person wants nothing stored. One query, and nothing is made known:
    it is the same for who has answers and who has none."""
    return bool(opted_out([lookup_of(number)]))
