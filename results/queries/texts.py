"""Words looked for in what laboratories and doctors have written about one patient."""

import re
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection

from results.queries.reports import ReportSummary
from results.vocabulary import WITHDRAWN, ObservationStatus, ValueKind

MOST_WORDS = 8
# A vector holds a megabyte; no report that a person reads is nearly as long.
_LONGEST_TEXT = 200_000


class FoundText(NamedTuple):
    """A text with at least one of the words; `heading` is a code of Volven 8243, and
    `part` which sort of text it is: result, comment or question."""

    part: str
    heading: str
    name: str
    text: str
    is_markup: bool


class TextHit(NamedTuple):
    """A report in which every word stands, and its texts that have any of them."""

    report: ReportSummary
    texts: tuple[FoundText, ...]


@dataclass(frozen=True, slots=True)
class SoughtWords:
    """What is looked for: the beginnings of words, and the words that are too common
    to be («og», «ikke»)."""

    stems: tuple[str, ...]
    ignored: tuple[str, ...]


def sought_words(text: str) -> SoughtWords:
    """Each word without its ending, as PostgreSQL's Norwegian dictionary has it. One
    query; none when there are no words."""
    words = list(dict.fromkeys(re.findall(r"[^\W_]+", text.lower())))[:MOST_WORDS]
    if not words:
        return SoughtWords((), ())
    with connection.cursor() as cursor:
        cursor.execute(_STEMS, [words])
        rows = cursor.fetchall()
    stems = dict.fromkeys(stem for _word, stem in rows if stem)
    return SoughtWords(tuple(stems), tuple(word for word, stem in rows if not stem))


def reports_saying(
    patient_id: uuid.UUID, reports: Collection[ReportSummary], sought: SoughtWords
) -> tuple[TextHit, ...]:
    """Which of these reports have all the words, in their order. What is withdrawn is
    not looked in, nor what the current version does not repeat. One query."""
    standing = {r.id: r for r in reports if r.status not in WITHDRAWN}
    if not standing or not sought.stems:
        return ()
    queries = [f"'{stem}':*" for stem in sought.stems]
    given: dict[str, Any] = {
        "patient": patient_id,
        "reports": list(standing),
        "each": queries,
        "any": " | ".join(queries),
        "parts": [f"%{stem}%" for stem in sought.stems],
    }
    with connection.cursor() as cursor:
        cursor.execute(_SAYING, given)
        return _hits(cursor.fetchall(), standing)


def _hits(
    rows: Sequence[Sequence[Any]], reports: Mapping[uuid.UUID, ReportSummary]
) -> tuple[TextHit, ...]:
    texts: dict[uuid.UUID, list[FoundText]] = defaultdict(list)
    said: dict[uuid.UUID, list[bool]] = {}
    for report_id, matches, *text in rows:
        texts[report_id].append(FoundText(*text))
        before = said.get(report_id, [False] * len(matches))
        said[report_id] = [a or b for a, b in zip(before, matches, strict=True)]
    return tuple(
        TextHit(reports[key], tuple(those))
        for key, those in texts.items()
        if all(said[key])
    )


_STEMS = """
    SELECT word, (ts_lexize('norwegian_stem', word))[1]
    FROM unnest(%s::text[]) WITH ORDINALITY AS asked (word, place) ORDER BY place
"""
_TAKEN_BACK = ", ".join(
    f"'{status.value}'"
    for status in (ObservationStatus.CANCELLED, ObservationStatus.ENTERED_IN_ERROR)
)


def _joined(column: str, each: str) -> str:
    """The texts of a list, a line each; NULL when there are none."""
    return (
        f"(SELECT string_agg({each}, E'\\n') "  # noqa: S608 - constants alone
        f"FROM jsonb_array_elements({column}) AS e)"
    )


_WORDS = "coalesce(nullif(e ->> 'original_text', ''), e ->> 'display')"
_REMARK = "e ->> 'text'"

# Signs between words are blanks («COVID-19», «normal.Ingen»), and capitals that the
# database's own locale may not know are made small. Of a patient's results most are
# numbers without a word beside them, and are passed over; and since an ending is only
# ever taken away, a text without the stem's letters is not taken apart into words.
_SAYING = f"""
    WITH current AS (
        SELECT v.id, v.report_id, v.comment, v.coded_comments,
            v.clinical_information, wanted.place
        FROM unnest(%(reports)s::uuid[]) WITH ORDINALITY AS wanted (id, place)
        JOIN results_diagnosticreportversion v ON v.report_id = wanted.id
            AND v.is_current AND v.patient_id = %(patient)s
    ), texts AS (
        SELECT c.report_id, c.place, o.position AS line, 'result' AS part, o.heading,
            o.name, o.is_markup, concat_ws(E'\\n',
                nullif(o.value_text, ''),
                {_joined("o.value_codings", _WORDS)},
                {_joined("o.diagnoses", _WORDS)},
                {_joined("o.structured", "concat_ws(': ', e ->> 0, e ->> 1)")},
                {_joined("o.comments", "e #>> '{{}}'")}
            ) AS text
        FROM current c JOIN results_observation o ON o.version_id = c.id
        WHERE o.status NOT IN ({_TAKEN_BACK})
        AND (o.kind <> '{ValueKind.QUANTITY.value}' OR o.comments <> '[]')
        UNION ALL
        SELECT c.report_id, c.place, -1, 'comment', '', '', false,
            concat_ws(E'\\n', nullif(c.comment, ''),
                {_joined("c.coded_comments", _WORDS)})
        FROM current c WHERE c.comment <> '' OR c.coded_comments <> '[]'
        UNION ALL
        SELECT c.report_id, c.place, 1000000, 'question', '', '', false,
            concat_ws(E'\\n', {_joined("c.clinical_information", _REMARK)},
                {_joined("r.reasons", _REMARK)}, {_joined("r.comments", _REMARK)})
        FROM current c LEFT JOIN results_servicerequest r
            ON r.version_id = c.id AND r.position = 0
        WHERE c.clinical_information <> '[]' OR r.reasons <> '[]'
            OR r.comments <> '[]'
    ), vectors AS MATERIALIZED (
        SELECT *, to_tsvector('norwegian', translate(left(concat_ws(' ', name,
            CASE WHEN is_markup THEN regexp_replace(text, '<[^>]*>', ' ', 'g')
            ELSE text END), {_LONGEST_TEXT}), '-/.,:;_@~+=ÆØÅÄÖÉÜ', '{" " * 11}æøåäöéü')
        ) AS vector
        FROM texts
        WHERE lower(translate(concat_ws(' ', name, text), 'ÆØÅÄÖÉÜ', 'æøåäöéü'))
            LIKE ANY(%(parts)s::text[])
    )
    SELECT report_id, ARRAY(
        SELECT vector @@ sought FROM unnest(%(each)s::tsquery[]) AS sought
    ), part, heading, name, text, is_markup
    FROM vectors WHERE vector @@ %(any)s::tsquery
    ORDER BY place, line
"""  # noqa: S608 - put together from constants
