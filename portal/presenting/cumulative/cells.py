"""One cell: values exactly as sent, and what is to be known of each, also in words.

Cells are written here and not in the template: a page has some seven hundred of them.
"""

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from access.lookup import ReportSummary, TimedResult
from portal.presenting.cumulative.arranging import Column, ColumnKey, Row
from portal.presenting.dates import short_day
from portal.presenting.judgements import UNDECIDED, Judgement, judge
from portal.presenting.values import present_value
from results.parsed import ParsedMoment
from results.vocabulary import Discipline, ObservationStatus, ReportStatus, ValueKind

_LONGEST_WORDS = 24
_CHANGED_REPORTS = (ReportStatus.CORRECTED, ReportStatus.AMENDED)
_ARROWS = {"ArrowUp": "▲", "ArrowDown": "▼", "Exclamationmark": "!"}


class Cells:
    """Writes the cells of one page; `address_of` leads to a report, and what is said
    again and again is translated once."""

    def __init__(self, address_of: Mapping[str, str]) -> None:
        self._address_of = address_of
        self._marks = {
            letter: f'<sup><span aria-hidden="true">{letter}</span>'
            f'<span class="ds-sr-only"> {escape(words)}</span></sup>'
            for letter, words in MARKS().items()
        }
        self._outside = {
            "ArrowUp": (_("over referanseområdet"), _("over laboratoriets grense")),
            "ArrowDown": (_("under referanseområdet"), _("under laboratoriets grense")),
            "Exclamationmark": (
                _("utenfor referanseområdet"),
                _("utenfor laboratoriets grense"),
            ),
        }
        self._marked = _("markert av laboratoriet")
        self._withdrawn = escape(_("trukket"))
        self._awaited = escape(_("venter"))
        self._text = escape(_("Tekst"))
        self._answer = escape(_("Svar"))

    def row(self, row: Row, columns: Iterable[Column]) -> SafeString:
        """The row's cells, in the order of the columns."""
        write = self._values if row.analyte else self._reports
        cells = (write(row, column.key) for column in columns)
        return SafeString("".join(cells))

    def _values(self, row: Row, key: ColumnKey) -> str:
        results = row.results.get(key)
        if not results:
            return "<td></td>"
        is_drug = row.category is Discipline.FARM
        written = [self._value(result, is_drug=is_drug) for result in results]
        is_outside = any(outside for outside, _html in written)
        start = '<td class="out">' if is_outside else "<td>"
        return f"{start}{'<br>'.join(html for _outside, html in written)}</td>"

    def _value(self, result: TimedResult, *, is_drug: bool) -> tuple[bool, str]:
        """Whether it is outside, and the value with its marks."""
        if result.is_withdrawn:
            return False, f'<span class="gone">{self._withdrawn}</span>'
        judgement = judge(result)
        sign, marks = self._sign(judgement, is_drug=is_drug), self._marks_of(result)
        if judgement is UNDECIDED:
            marks += self._marks["?"]
        shown = self._shown(result)
        if result.is_not_repeated:
            return False, f'<span class="gone">{shown}</span>{marks}'
        is_outside = judgement is not None and judgement.tone in ("outside", "marked")
        return is_outside, f"{sign}{shown}{marks}"

    def _shown(self, result: TimedResult) -> str:
        if result.kind == ValueKind.QUANTITY:
            return escape(present_value(result.digits, result.comparator))
        if result.status == ObservationStatus.REGISTERED:
            return self._awaited
        words = words_of(result)
        if result.is_markup or result.is_cut or len(words) > _LONGEST_WORDS:
            return self._link(result.report, self._text)
        return f'<span class="words">{escape(words)}</span>' if words else "–"

    def _sign(self, judgement: Judgement | None, *, is_drug: bool) -> str:
        if judgement is None or judgement.tone not in ("outside", "marked"):
            return ""
        words = (
            self._marked
            if judgement.tone == "marked"
            else self._outside[judgement.icon][is_drug]
        )
        arrow = _ARROWS[judgement.icon]
        return (
            f'<b aria-hidden="true">{arrow}</b><span class="ds-sr-only">{words} </span>'
        )

    def _marks_of(self, result: TimedResult) -> str:
        return "".join(self._marks[letter] for letter in marks_of(result))

    def _reports(self, row: Row, key: ColumnKey) -> str:
        links = (
            self._link(report, self._answer) + self._state(report)
            for report in row.reports.get(key, ())
        )
        return f"<td>{'<br>'.join(links)}</td>"

    def _state(self, report: ReportSummary) -> str:
        if report.status in _CHANGED_REPORTS:
            return self._marks["R"]
        is_early = report.status in (ReportStatus.PRELIMINARY, ReportStatus.PARTIAL)
        return self._marks["P"] if is_early else ""

    def _link(self, report: ReportSummary, words: str) -> str:
        address = self._address_of[str(report.id)]
        day = short_day(report.effective_at)
        return f'<a href="{address}">{words}<span class="ds-sr-only"> {day}</span></a>'


def MARKS() -> dict[str, str]:  # noqa: N802 - a table, made anew in each language
    """The letters beside values, and what they mean."""
    return {
        "R": _("rettet"),
        "P": _("foreløpig"),
        "K": _("kommentar fra laboratoriet"),
        "U": _("utelatt i siste versjon"),
        "?": _("kan ikke vurderes mot grensene"),
    }


def marks_of(result: TimedResult) -> Iterator[str]:
    """R corrected, P preliminary, K commented, U left out since."""
    report = result.report.status
    if result.is_corrected:
        yield "R"
    early = (ObservationStatus.PRELIMINARY, ReportStatus.PRELIMINARY)
    if result.status in early or report == ReportStatus.PRELIMINARY:
        yield "P"
    if result.has_comment:
        yield "K"
    if result.is_not_repeated:
        yield "U"


def words_of(result: TimedResult) -> str:
    """What was answered, where it is no number."""
    if result.kind == ValueKind.INTERVAL:
        low = present_value(result.digits, result.comparator)
        return f"{low}–{present_value(result.interval_high, '')}"
    if result.kind == ValueKind.DATE:
        return short_day(ParsedMoment("", date=result.value_date))
    return result.text or ", ".join(result.coded_texts)
