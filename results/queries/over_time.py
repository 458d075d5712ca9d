"""A patient's results over time: every report's, in one query and without models."""

import datetime
import json
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection

from results import codes
from results.parsed import ParsedMoment
from results.queries.repeating import Item, not_repeated
from results.queries.reports import ReportSummary, moment
from results.vocabulary import (
    WITHDRAWN,
    Interpretation,
    ObservationStatus,
    ReportStatus,
    Susceptibility,
    ValueKind,
)

# So much of a text is read here; the whole of it stands in its report.
LONGEST_TEXT = 300
_RESISTANCE_LIST = ".8271"
_NOTHING = "[]"


class Analyte(NamedTuple):
    """What a row of a table over time is: a code and a unit, never joined over either.

    Spellings of one code are one («NPU 19748»), and so are those of one unit, which is
    UCUM where it is known. `name` tells apart what was sent without a code.
    """

    system: str
    code: str
    name: str
    unit: str

    @property
    def key(self) -> str:
        """Sixteen letters that stand for it in an address, and tell nobody what it is;
        a name as sent may be anything."""
        return sha256("\x1f".join(self).encode()).hexdigest()[:16]


class TimedResult(NamedTuple):
    """One result as it was sent, for tables and curves over time.

    `number` is for drawing alone; what is shown is `digits` with their `comparator`.
    `is_unchanged`: an earlier version said the same, or was not yet final.
    Fields ending in `_json` are read by the properties of the same name: most are never
    asked for, and a patient may have twenty thousand results.
    """

    report: ReportSummary
    id: str
    parent_id: str | None
    code: str
    code_system: str
    name: str
    heading: str
    kind: str
    status: str
    digits: str
    number: float | None
    comparator: str
    interval_high: str
    unit: str
    unit_ucum: str
    text: str
    is_cut: bool
    is_markup: bool
    value_date: datetime.date | None
    codings_json: str
    ranges_json: str
    interpretation: str
    has_comment: bool
    methods_json: str
    performers_json: str
    specimens_json: str
    item_id: str
    related_item_id: str
    own_date: datetime.date | None
    own_at: datetime.datetime | None
    is_not_repeated: bool = False
    is_unchanged: bool = False

    @property
    def effective_at(self) -> ParsedMoment | None:
        """When this was sampled; as the report where it says nothing of its own."""
        if self.own_date is None and self.own_at is None:
            return self.report.effective_at
        return moment(self.own_date, self.own_at)

    @property
    def reference_ranges(self) -> tuple[str, ...]:
        return _list(self.ranges_json)

    @property
    def coded_texts(self) -> tuple[str, ...]:
        """The value's codes in words, as sent."""
        return _words(_list(self.codings_json))

    @property
    def methods(self) -> tuple[str, ...]:
        return _words(_list(self.methods_json))

    @property
    def performers(self) -> tuple[str, ...]:
        """Who is named with the result itself: a section, another laboratory, a person.
        The laboratory that answers for it is the report's."""
        return _list(self.performers_json)

    @property
    def specimen_accessions(self) -> tuple[str, ...]:
        return _list(self.specimens_json)

    @property
    def susceptibility(self) -> Susceptibility | None:
        """S, I, R or K, where the result is how a microbe answers to an agent."""
        for coding in _list(self.codings_json):
            is_resistance = coding.get("system", "").endswith(_RESISTANCE_LIST)
            if is_resistance and coding.get("code", "") in Susceptibility.values:
                return Susceptibility(coding["code"])
        return None

    @property
    def mark(self) -> Interpretation | None:
        """The laboratory's own mark of deviation."""
        return Interpretation(self.interpretation) if self.interpretation else None

    @property
    def analyte(self) -> Analyte:
        """Which row of a table it belongs to."""
        unit = self.unit_ucum or self.unit.strip()
        return analyte_of(self.code, self.code_system, name=self.name, unit=unit)

    @property
    def is_withdrawn(self) -> bool:
        return self.status in _TAKEN_BACK

    @property
    def is_corrected(self) -> bool:
        """Whether another value was given out before. A report that is made complete
        is sent as a change of all in it; what was the same before is not corrected."""
        return self.status in _CORRECTED and not self.is_unchanged

    @property
    def is_standing(self) -> bool:
        """Whether it counts, in trends and in telling what was taken lately: a number
        or words that are final, and not taken back, awaited or left out since."""
        return (
            self.status in _FINAL
            and self.kind != ValueKind.NONE
            and not self.is_not_repeated
            and self.report.status not in _NOT_FINAL_REPORTS
        )


def analyte_of(code: str, system: str, *, name: str, unit: str) -> Analyte:
    """What was sent as this; `unit` is UCUM where it is known."""
    known = codes.find(code, system)
    if known is not None:
        return Analyte(known.system, known.code, "", unit)
    if code:
        return Analyte(system, code, "", unit)
    return Analyte("", "", name, unit)


def results_over_time(
    patient_id: uuid.UUID,
    reports: Collection[ReportSummary],
    *,
    analytes: Collection[Analyte] | None = None,
) -> tuple[TimedResult, ...]:
    """The results of these reports, in their order, each report's as it stands now: the
    current version's, then those of earlier ones that no later one repeats.

    What was withdrawn with its report is left out. `analytes` asks for so many rows.
    One query.
    """
    standing = [report for report in reports if report.status not in WITHDRAWN]
    if not standing:
        return ()
    found = _read(patient_id, standing, analytes)
    results = (r for place, rows in found for r in _of_report(standing[place], rows))
    if analytes is None:
        return tuple(results)
    return tuple(result for result in results if result.analyte in analytes)


_TAKEN_BACK = (ObservationStatus.CANCELLED, ObservationStatus.ENTERED_IN_ERROR)
_FINAL = (
    ObservationStatus.FINAL,
    ObservationStatus.AMENDED,
    ObservationStatus.CORRECTED,
    ObservationStatus.UNKNOWN,
)
# What is final in a report that is not yet complete is final all the same.
_NOT_FINAL_REPORTS = (*WITHDRAWN, ReportStatus.REGISTERED, ReportStatus.PRELIMINARY)
_CORRECTED = (ObservationStatus.CORRECTED, ObservationStatus.AMENDED)
_EARLY = (ObservationStatus.PRELIMINARY, ObservationStatus.REGISTERED)

# A version without results has a row too: it may be the withdrawal that those before it
# lie behind. A moment is sent along only where it differs from the report's.
_RESULTS = f"""
    WITH wanted AS (
        SELECT report.id, report.place - 1 AS place
        FROM unnest(%(reports)s::uuid[]) WITH ORDINALITY AS report (id, place)
    )
    SELECT wanted.place, v.id::text, v.is_current, v.status,
        o.id::text, o.parent_id::text, o.code, o.code_system, o.name, o.heading,
        o.kind, o.status, o.value_as_sent, o.value_number::float8, o.comparator,
        o.interval_high, o.unit, o.unit_ucum, left(o.value_text, {LONGEST_TEXT}),
        length(o.value_text) > {LONGEST_TEXT}, o.is_markup, o.value_date,
        o.value_codings::text, o.reference_ranges::text, o.interpretation,
        o.comments <> '[]', o.method_codings::text, o.performer_names::text,
        o.specimen_accessions::text, o.item_id, o.related_item_id,
        CASE WHEN is_own THEN o.effective_date END,
        CASE WHEN is_own THEN o.effective_at END
    FROM wanted
    JOIN results_diagnosticreportversion v
        ON v.report_id = wanted.id AND v.patient_id = %(patient)s
    LEFT JOIN results_observation o ON o.version_id = v.id
    CROSS JOIN LATERAL (
        SELECT o.effective_date IS NOT NULL AND NOT (
            v.is_current AND o.effective_date = v.effective_date
            AND o.effective_at IS NOT DISTINCT FROM v.effective_at
        )
    ) AS told (is_own)
    WHERE {{narrowed}}
    ORDER BY wanted.place, v.generated_at DESC, v.message_key DESC, o.position
"""  # noqa: S608 - put together from constants
# All of a report with several versions is needed to tell what is not repeated.
_OF_SOME_CODES = """
    o.id IS NULL OR v.report_id = ANY(%(changed)s::uuid[])
    OR translate(upper(o.code), ' -', '') = ANY(%(codes)s::text[])
    OR (o.code = '' AND o.name = ANY(%(names)s::text[]))
"""
_FIRST_OF_RESULT = 4


def _read(
    patient_id: uuid.UUID,
    reports: Sequence[ReportSummary],
    analytes: Collection[Analyte] | None,
) -> Iterator[tuple[int, Iterator[Sequence[Any]]]]:
    """Rows by report, which is told by its place among them."""
    wanted = [str(report.id) for report in reports]
    given: dict[str, Any] = {"patient": patient_id, "reports": wanted}
    if analytes is not None:
        bare = (each.code.upper().translate(_BLANKS) for each in analytes)
        given["codes"] = list(filter(None, bare))
        given["names"] = [each.name for each in analytes]
        given["changed"] = [str(r.id) for r in reports if r.version_count > 1]
    narrowed = "true" if analytes is None else _OF_SOME_CODES
    with connection.cursor() as cursor:
        cursor.execute(_RESULTS.format(narrowed=narrowed), given)
        return groupby(cursor.fetchall(), itemgetter(0))


_BLANKS = str.maketrans("", "", " -")


def _of_report(
    report: ReportSummary, rows: Iterable[Sequence[Any]]
) -> Iterator[TimedResult]:
    versions = []
    for _version, those in groupby(rows, itemgetter(1)):
        version = list(those)
        key, is_current, status = version[0][1:_FIRST_OF_RESULT]
        if not is_current and status in WITHDRAWN:
            break
        # What came since the reports were listed has not been judged with them.
        if is_current and key != str(report.version_id):
            continue
        versions.append(
            [
                TimedResult(report, *row[_FIRST_OF_RESULT:])
                for row in version
                if row[_FIRST_OF_RESULT] is not None
            ]
        )
    if len(versions) < 2:
        return iter(versions[0] if versions else ())
    return _with_earlier(versions)


def _with_earlier(versions: Sequence[Sequence[TimedResult]]) -> Iterator[TimedResult]:
    left = not_repeated([_tree(version) for version in versions])
    carried = {str(key): parent for key, parent in left.items()}
    said: dict[object, set[object]] = {}
    for version in versions[1:]:
        for result in version:
            values = said.setdefault(_sign(result), set())
            values.add(None if result.status in _EARLY else _value(result))
    for result in versions[0]:
        values = said.get(_sign(result), set())
        is_unchanged = bool(values) and values <= {None, _value(result)}
        yield result._replace(is_unchanged=is_unchanged)
    for version in versions[1:]:
        for result in version:
            parent = result.parent_id
            if result.id in carried or parent in carried:
                parent = _key(carried.setdefault(result.id, _uuid(parent)))
                yield result._replace(parent_id=parent, is_not_repeated=True)


def _tree(version: Iterable[TimedResult]) -> list[Item]:
    items: dict[str, Item] = {}
    roots: list[Item] = []
    for result in version:
        code = (result.code, result.code_system) if result.code else (result.name, "")
        key = uuid.UUID(result.id)
        item = Item(key, code, result.item_id, result.specimen_accessions)
        items[result.id] = item
        above = items.get(result.parent_id or "")
        (above.members if above else roots).append(item)
    return roots


def _sign(result: TimedResult) -> object:
    name = "" if result.code else result.name
    return result.code, result.code_system, name, result.specimens_json


def _value(result: TimedResult) -> object:
    return (
        result.digits,
        result.comparator,
        result.interval_high,
        result.unit,
        result.text,
        result.codings_json,
    )


def _uuid(text: str | None) -> uuid.UUID | None:
    return uuid.UUID(text) if text else None


def _key(key: uuid.UUID | None) -> str | None:
    return str(key) if key else None


def _list(text: str) -> tuple[Any, ...]:
    return () if text == _NOTHING else tuple(json.loads(text))


def _words(codings: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    words = (
        c.get("original_text") or c.get("display") or c.get("code") for c in codings
    )
    return tuple(filter(None, words))
