"""Results put into rows and columns: a code and unit by a sampling time."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.utils import timezone

from access.lookup import Analyte, Followed, ReportSummary, TimedResult
from portal.presenting.cumulative.selection import Selection, key_of
from portal.presenting.titles import IMAGING, report_title
from results import codes
from results.codes import KnownCode
from results.vocabulary import Discipline, ObservationStatus, ValueKind

# Whose reports are read whole, and have one cell each.
_READ_WHOLE = (*IMAGING, Discipline.PAT)
_RESISTANCE = "RSB"
_LAST = 10_000
_NAMES_IN_HEADLINE = 3

ColumnKey = tuple[datetime.date, float, str]


@dataclass(slots=True)
class Column:
    """One sampling, by one laboratory; `reports` are those that are of it."""

    key: ColumnKey
    at: datetime.datetime | None
    laboratory: str
    reports: dict[int, ReportSummary] = field(default_factory=dict)

    @property
    def day(self) -> datetime.date | None:
        return None if self.key[0] == datetime.date.min else self.key[0]

    @property
    def is_new(self) -> bool:
        return any(report.is_new for report in self.reports.values())


@dataclass(slots=True)
class Row:
    """One analyte, or reports of one title that are read whole; values by column."""

    name: str
    analyte: Analyte | None
    known: KnownCode | None
    category: Discipline
    unit: str = ""
    results: dict[ColumnKey, list[TimedResult]] = field(default_factory=dict)
    reports: dict[ColumnKey, list[ReportSummary]] = field(default_factory=dict)

    @property
    def columns(self) -> Iterable[ColumnKey]:
        return self.results or self.reports

    @property
    def heading(self) -> str:
        """Biochemistry by the headings of its code list, the rest by discipline."""
        if self.category is Discipline.CLIN and self.known and self.known.heading:
            return self.known.heading
        return str(self.category.label)

    @property
    def order(self) -> tuple[object, ...]:
        """Disciplines in their order; in each, related codes beside each other."""
        place = _ORDER[self.category]
        if self.known is None:
            return (place, _LAST, _LAST, self.name.casefold(), "", "")
        heading, position, measured, code = self.known.order
        return (place, heading, position, measured, self.known.display, code)

    def says(self, words: Sequence[str]) -> bool:
        """Whether every word is in its everyday or laboratory name, or its code."""
        known, analyte = self.known, self.analyte
        said = [self.name, analyte.code if analyte else "", str(self.category.label)]
        if known:
            said += [known.everyday_name, known.keywords, known.display, known.code]
        text = " ".join(said).casefold()
        return all(word in text for word in words)


@dataclass(slots=True)
class Arranged:
    """Rows in their order, columns newest first, and all there is to choose among."""

    rows: list[Row]
    columns: list[Column]
    categories: set[str]


def arrange(found: Followed, selection: Selection, *, today: datetime.date) -> Arranged:
    """What the selection leaves, but for what must be judged cell by cell."""
    work = _Work(selection, selection.since(today))
    whole = _read_whole(found.results)
    for result in found.results:
        work.take(result, headline=whole.get(id(result.report)) if whole else None)
    rows = [r for r in work.rows.values() if _is_wanted(r, selection)]
    used = {key for row in rows for key in row.columns}
    columns = sorted(
        (c for c in work.columns.values() if c.key in used),
        key=lambda c: c.key,
        reverse=True,
    )
    return Arranged(
        rows=sorted(rows, key=lambda r: r.order),
        columns=columns,
        categories={row.category.value for row in work.rows.values()},
    )


def _is_wanted(row: Row, selection: Selection) -> bool:
    if not row.columns:
        return False
    if selection.category and row.category.value != selection.category:
        return False
    return row.says(selection.words)


def _read_whole(results: Iterable[TimedResult]) -> dict[int, str]:
    """Reports that are one cell each, with the names of what is in them. Microbiology
    with something grown is a table of its own; single answers, serology say, are rows.
    """
    found: dict[int, list[str]] = {}
    for result in results:
        report = result.report
        is_culture = result.heading == _RESISTANCE or (
            report.category is Discipline.MBIO and result.related_item_id
        )
        if is_culture or report.category in _READ_WHOLE:
            found.setdefault(id(report), [])
    for result in results:
        names = found.get(id(result.report))
        if names is not None and result.name and len(names) < _NAMES_IN_HEADLINE:
            names.append(result.name)
    return {key: ", ".join(names) for key, names in found.items()}


class _Work:
    """Twenty thousand results are taken one by one: what was found out of a code, or of
    a report, is not found out again."""

    def __init__(self, selection: Selection, since: datetime.date | None) -> None:
        self.selection = selection
        self.since = since
        self.rows: dict[object, Row] = {}
        self.columns: dict[ColumnKey, Column] = {}
        self._rows_by_sign: dict[object, Row] = {}
        self._columns_by_sign: dict[object, Column] = {}

    def take(self, result: TimedResult, *, headline: str | None) -> None:
        """`headline` is given where the whole report is to be one cell."""
        is_whole = headline is not None
        if not is_whole and _says_nothing(result):
            return
        laboratory = result.report.performer_name
        row = self._row(result) if headline is None else self._whole(result, headline)
        column = self._column(result, laboratory)
        if not self._is_chosen(result, laboratory, column):
            return
        self.columns[column.key] = column
        column.reports[id(result.report)] = result.report
        if not is_whole:
            row.results.setdefault(column.key, []).append(result)
            return
        reports = row.reports.setdefault(column.key, [])
        if result.report not in reports:
            reports.append(result.report)

    def _is_chosen(self, result: TimedResult, laboratory: str, column: Column) -> bool:
        chosen = self.selection
        if self.since and column.key[0] < self.since:
            return False
        if chosen.laboratory and key_of(laboratory) != chosen.laboratory:
            return False
        requester = result.report.requester_name
        return not chosen.requester or key_of(requester) == chosen.requester

    def _row(self, result: TimedResult) -> Row:
        sign = (
            result.code,
            result.code_system,
            result.unit_ucum or result.unit,
            "" if result.code else result.name,
            None if result.code else result.report.category,
        )
        row = self._rows_by_sign.get(sign)
        if row is None:
            row = self._rows_by_sign[sign] = self._new_row(result)
        return row

    def _new_row(self, result: TimedResult) -> Row:
        analyte = result.analyte
        known = codes.find(result.code, result.code_system)
        category = result.report.category
        if known and known.category:
            category = Discipline(known.category)
        key = (analyte, None if known else category)
        row = self.rows.get(key)
        if row is None:
            name = result.name or (known.display if known else result.code)
            row = Row(name, analyte, known, category, unit=result.unit)
            self.rows[key] = row
        return row

    def _whole(self, result: TimedResult, headline: str) -> Row:
        report = result.report
        sign = id(report)
        if sign in self._rows_by_sign:
            return self._rows_by_sign[sign]
        title = report_title(replace(report, headline=headline))
        key = (report.category, title)
        if key not in self.rows:
            self.rows[key] = Row(title, None, None, report.category)
        row = self._rows_by_sign[sign] = self.rows[key]
        return row

    def _column(self, result: TimedResult, laboratory: str) -> Column:
        # Reports are told apart by where they lie: their keys are slow to compare.
        sign: object = id(result.report)
        if result.own_date is not None:
            sign = (sign, result.own_date, result.own_at)
        column = self._columns_by_sign.get(sign)
        if column is None:
            column = self._new_column(result, laboratory)
            self._columns_by_sign[sign] = column
        return column

    def _new_column(self, result: TimedResult, laboratory: str) -> Column:
        moment = result.effective_at
        at = moment.at if moment else None
        day = timezone.localdate(at) if at else moment.date if moment else None
        key = (day or datetime.date.min, at.timestamp() if at else 0.0, laboratory)
        return self.columns.get(key) or Column(key, at, laboratory)


def _says_nothing(result: TimedResult) -> bool:
    """A heading that only gathers others; what is awaited or remarked on says it."""
    is_awaited = result.status == ObservationStatus.REGISTERED
    return result.kind == ValueKind.NONE and not (result.has_comment or is_awaited)


_ORDER = {discipline: place for place, discipline in enumerate(Discipline)}
