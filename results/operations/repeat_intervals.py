"""The demonstration's own repeat intervals; real ones are entered and signed."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from results import codes
from results.models import RepeatInterval


@dataclass(frozen=True, slots=True)
class DemonstrationInterval:
    """One interval of the demonstration; see `RepeatInterval` for the fields."""

    system: str
    code: str
    days: int
    source: str


def load_demonstration_intervals(
    intervals: Iterable[DemonstrationInterval], *, since: datetime.date
) -> int:
    """Put the demonstration's own in place of those from before; gives how many. Raises
    RuntimeError outside the demonstration."""
    if not settings.IS_DEMONSTRATION:
        raise RuntimeError("These intervals are for the demonstration alone.")
    rows = [
        RepeatInterval(
            system=each.system,
            code=each.code,
            days=each.days,
            source=each.source,
            valid_from=since,
            decided_by="Demonstrasjonen",
            reason="Ikke faglig gjennomgått for Norge.",
            is_demonstration=True,
        )
        for each in intervals
    ]
    with transaction.atomic():
        RepeatInterval.objects.filter(is_demonstration=True).delete()
        RepeatInterval.objects.bulk_create(rows)
        for system in {row.system for row in rows}:
            codes.bump(system)
        transaction.on_commit(codes.forget)
    return len(rows)
