"""Which part of a patient's results is asked for, and in which order."""

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from results.vocabulary import Discipline

LONGEST_SEARCH = 60
# Five pages of a dozen samplings: most patients have no more, and no page waits for the
# hundreds that a few have.
READ_AT_FIRST = 60
_PERIODS: dict[str, tuple[str | Promise, int]] = {
    "30d": (_("Siste 30 dager"), 30),
    "6m": (_("Siste 6 måneder"), 183),
    "1y": (_("Siste år"), 366),
    "3y": (_("Siste 3 år"), 1096),
    "5y": (_("Siste 5 år"), 1827),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """What is chosen; empty is everything. Laboratory and requester are keys, since an
    address is no place for names. `page` counts columns from the newest."""

    words: tuple[str, ...] = ()
    period: str = ""
    laboratory: str = ""
    requester: str = ""
    category: str = ""
    is_outside_only: bool = False
    page: int = 1
    shows_recent: bool = False
    is_whole: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Whether something that is here may not be shown."""
        chosen = (self.words, self.period, self.laboratory, self.requester)
        return any(chosen) or bool(self.category) or self.is_outside_only

    @property
    def newest(self) -> int | None:
        """So many reports are read at first; all of them for whoever looks for
        something, or asks for all."""
        return None if self.is_whole or self.is_narrowed else READ_AT_FIRST

    def since(self, today: datetime.date) -> datetime.date | None:
        if self.period not in _PERIODS:
            return None
        return today - datetime.timedelta(days=_PERIODS[self.period][1])


@dataclass(frozen=True, slots=True)
class Choice:
    """One of what may be chosen."""

    value: str
    words: str | Promise
    is_chosen: bool


def read_selection(asked: Mapping[str, str]) -> Selection:
    """From an address; what is not understood is left out, and nothing is refused."""
    period, category = asked.get("periode", ""), asked.get("fag", "")
    return Selection(
        words=tuple(asked.get("sok", "")[:LONGEST_SEARCH].casefold().split()),
        period=period if period in _PERIODS else "",
        laboratory=asked.get("lab", ""),
        requester=asked.get("rekvirent", ""),
        category=category if category in Discipline.values else "",
        is_outside_only=bool(asked.get("avvik")),
        page=read_page(asked),
        shows_recent=bool(asked.get("nylig")),
        is_whole=bool(asked.get("alt")),
    )


def read_page(asked: Mapping[str, str]) -> int:
    """Which page is asked for; the first where that is not understood."""
    page = asked.get("side", "")
    return int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1


def key_of(name: str) -> str:
    """Stands for a name in an address."""
    return hashlib.blake2s(name.encode(), digest_size=5).hexdigest() if name else ""


def periods(selection: Selection) -> tuple[Choice, ...]:
    return tuple(
        Choice(value, words, value == selection.period)
        for value, (words, _days) in _PERIODS.items()
    )


def names(found: Iterable[str], chosen: str) -> tuple[Choice, ...]:
    """Each name once, in order, with its key."""
    return tuple(
        Choice(key_of(name), name, key_of(name) == chosen)
        for name in sorted(set(found) - {""}, key=str.casefold)
    )


def disciplines(found: Iterable[str], chosen: str) -> tuple[Choice, ...]:
    present = set(found)
    return tuple(
        Choice(d.value, d.label, d.value == chosen)
        for d in Discipline
        if d.value in present
    )
