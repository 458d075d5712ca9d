"""The cumulative table in plain strings: groups of rows, a dozen columns at a time."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from access.lookup import TimedResult
from portal.presenting.cumulative.arranging import Arranged, Column, ColumnKey, Row
from portal.presenting.cumulative.cells import Cells
from portal.presenting.cumulative.selection import Selection
from portal.presenting.cumulative.sparks import spark
from portal.presenting.judgements import judge
from portal.presenting.values import present_range

COLUMNS_ON_A_PAGE = 12
# One report may hold ten thousand items; nobody reads so many rows.
MOST_ROWS = 300
_LETTERS = 3


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A sampling: `links` lead to its reports, the first under the day itself."""

    day: str
    time: str
    laboratory: str
    short: str
    is_new: bool
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """An analyte: `code` stands where the name alone does not tell it apart; `trend`
    is the address of its curve, where it has numbers."""

    name: str
    code: str
    unit: str
    note: str
    trend: str
    limits: str
    spark: SafeString
    cells: SafeString


@dataclass(frozen=True, slots=True)
class Group:
    heading: str
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`newer` and `older` are pages, 0 where there is none; `elsewhere` says how many
    rows have values on other pages alone."""

    columns: tuple[ShownColumn, ...]
    groups: tuple[Group, ...]
    laboratories: tuple[tuple[str, str], ...]
    count: str
    span: str
    page: int
    newer: int
    older: int
    elsewhere: str
    not_drawn: str
    has_new: bool
    width: int


def present_table(
    arranged: Arranged,
    selection: Selection,
    *,
    oldest_first: bool,
    address_of: Mapping[str, str],
) -> Table:
    """The columns of one page, and the rows that have something in them."""
    rows = _chosen(arranged, selection)
    columns = _columns_of(arranged, rows)
    last = max(1, -(-len(columns) // COLUMNS_ON_A_PAGE))
    page = min(max(selection.page, 1), last)
    shown = columns[(page - 1) * COLUMNS_ON_A_PAGE : page * COLUMNS_ON_A_PAGE]
    in_order = shown[::-1] if oldest_first else shown
    keys = {column.key for column in shown}
    here = [row for row in rows if not keys.isdisjoint(row.columns)]
    shorts = short_names(column.laboratory for column in columns)
    return Table(
        columns=tuple(_column(c, shorts, address_of) for c in in_order),
        groups=_groups(here[:MOST_ROWS], in_order, columns, address_of),
        laboratories=tuple(
            (shorts[name], name) for name in sorted({c.laboratory for c in shown})
        ),
        count=_count(len(here), len(columns)),
        span=_which(page, last, len(shown), len(columns)),
        page=page,
        newer=page - 1,
        older=page + 1 if page < last else 0,
        elsewhere=_elsewhere(len(rows) - len(here)),
        not_drawn=_not_drawn(len(here)),
        has_new=any(column.is_new for column in shown),
        width=len(shown) + 3,
    )


def _chosen(arranged: Arranged, selection: Selection) -> list[Row]:
    if not selection.is_outside_only:
        return arranged.rows
    return [row for row in arranged.rows if any(map(_is_outside, _values(row)))]


def _values(row: Row) -> Iterable[TimedResult]:
    return (result for results in row.results.values() for result in results)


def _is_outside(result: TimedResult) -> bool:
    if result.is_withdrawn or result.is_not_repeated:
        return False
    judgement = judge(result)
    return judgement is not None and judgement.tone in ("outside", "marked")


def _columns_of(arranged: Arranged, rows: Sequence[Row]) -> Sequence[Column]:
    if rows is arranged.rows:
        return arranged.columns
    used = {key for row in rows for key in row.columns}
    return [column for column in arranged.columns if column.key in used]


def _groups(
    rows: Sequence[Row],
    shown: Sequence[Column],
    columns: Sequence[Column],
    address_of: Mapping[str, str],
) -> tuple[Group, ...]:
    cells = Cells(address_of)
    names = Counter(row.name for row in rows)
    measured = Counter(_measured(row) for row in rows)
    times = [_moment(column.key) for column in columns if column.day]
    since, until = min(times, default=0.0), max(times, default=0.0)

    def write(row: Row) -> ShownRow:
        is_alone = names[row.name] == 1 and measured[_measured(row)] == 1
        return ShownRow(
            name=row.name,
            code="" if is_alone or row.analyte is None else row.analyte.code,
            unit=row.unit,
            note=_("utgått kode") if row.known and row.known.is_retired else "",
            trend=_trend(row),
            limits=_limits(row),
            spark=spark(row, since=since, until=until),
            cells=cells.row(row, shown),
        )

    return tuple(
        Group(heading, tuple(write(row) for row in those))
        for heading, those in groupby(rows, lambda row: row.heading)
    )


def _trend(row: Row) -> str:
    """Where its curve is, from the page of the table; nowhere without numbers."""
    has_numbers = any(result.number is not None for result in _values(row))
    if row.analyte is None or not has_numbers:
        return ""
    return f"over-tid/?rad={row.analyte.key}"


def _measured(row: Row) -> object:
    """What its laboratories may call alike."""
    return row.known.display if row.known else row.name


def _moment(key: ColumnKey) -> float:
    return key[1] or (key[0].toordinal() - 719_163) * 86_400.0 + 43_200


def _limits(row: Row) -> str:
    """Of the newest result that has any, as sent."""
    for result in _values(row):
        if result.ranges_json != "[]":
            texts = (present_range(t) for t in result.reference_ranges if t.strip())
            return "; ".join(texts)
    return ""


def _column(
    column: Column, shorts: Mapping[str, str], address_of: Mapping[str, str]
) -> ShownColumn:
    at, day = column.at, column.day
    return ShownColumn(
        day=f"{day:%d.%m.%y}" if day else _("uten dato"),
        time=f"{timezone.localtime(at):%H.%M}" if at else "",
        laboratory=column.laboratory,
        short=shorts[column.laboratory],
        is_new=column.is_new,
        links=tuple(address_of[str(r.id)] for r in column.reports.values()),
    )


def short_names(names: Iterable[str]) -> dict[str, str]:
    """A few letters for each laboratory, no two alike: initials of several words, the
    first letters of one."""
    found: dict[str, str] = {}
    for name in sorted(set(names)):
        words = name.split()
        letters = "".join(w[0] for w in words[:_LETTERS]).upper()
        short = letters if len(words) > 1 else name[:_LETTERS]
        number = 2
        while short in found.values():
            short = f"{short[:_LETTERS]}{number}"
            number += 1
        found[name] = short
    return found


def _count(rows: int, columns: int) -> str:
    analyses = ngettext("%(count)s analyse", "%(count)s analyser", rows)
    samplings = ngettext("%(count)s prøvetaking", "%(count)s prøvetakinger", columns)
    return f"{analyses % {'count': rows}} · {samplings % {'count': columns}}"


def _which(page: int, last: int, shown: int, columns: int) -> str:
    if last == 1:
        return ""
    first = (page - 1) * COLUMNS_ON_A_PAGE + 1
    return _("prøvetaking %(first)s–%(last)s av %(count)s, regnet fra den nyeste") % {
        "first": first,
        "last": first + shown - 1,
        "count": columns,
    }


def _elsewhere(rows: int) -> str:
    if not rows:
        return ""
    return ngettext(
        "%(count)s analyse har bare svar fra andre prøvetakinger enn disse.",
        "%(count)s analyser har bare svar fra andre prøvetakinger enn disse.",
        rows,
    ) % {"count": rows}


def _not_drawn(rows: int) -> str:
    if rows <= MOST_ROWS:
        return ""
    return _(
        "De første %(most)s av %(count)s analyser vises. Søk eller velg fagområde for "
        "å se de andre."
    ) % {"most": MOST_ROWS, "count": rows}
