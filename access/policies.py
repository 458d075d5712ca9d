"""Reads the policies in force: values for the rules, never rows."""

import datetime
from collections.abc import Iterable

from access.models import Policy
from access.switches import SHAPES, Policies
from results.models.signed import in_force


def policies_on(day: datetime.date) -> Policies:
    """What holds on this day in Norway. One query."""
    rows = Policy.objects.filter(in_force(day), is_approved=True)
    rows = rows.order_by("valid_from", "version")
    return policies_of(rows.values_list("version", "key", "value"))


def policies_of(rows: Iterable[tuple[int | None, str, bool | int]]) -> Policies:
    """Of several with the same key, the last given holds; a key no version of this
    program knows any more, or a value out of shape, is passed over."""
    values: dict[str, bool | int] = {}
    version = 0
    for number, key, value in rows:
        version = max(version, number or 0)
        if key in SHAPES and SHAPES[key].accepts(value):
            values[key] = value
    return Policies(**values, version=version)  # type: ignore[arg-type]
