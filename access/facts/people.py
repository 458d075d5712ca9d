"""What a citizen's look rests on: who both are, and what the one holds of the other."""

import datetime
import uuid
from collections import defaultdict
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.db import connection

from access.policies import policies_of
from access.representation import (
    FactKind,
    Held,
    PeopleFacts,
    PersonFacts,
    RepresentationBasis,
    Scope,
)
from access.switches import Policies
from results.queries import birth_date_in

_ON_THE_DAY = """
    is_approved AND valid_from <= %(day)s AND (valid_to IS NULL OR valid_to > %(day)s)
    AND ended_at IS NULL
"""
# What has been ended is over whatever the moment asked about: clocks differ, and who
# ended it has been told so. Days of reports are read when a period limits what is seen.
_PEOPLE = f"""
    WITH held AS (
        SELECT id, basis, NOT ({_ON_THE_DAY}) AS is_over, categories, reports_from,
            reports_to, includes_log, may_change, may_opt_out, valid_from
        FROM access_representation
        WHERE represented_id = %(patient)s AND representative_id = %(viewer)s
        AND is_approved AND valid_from <= %(day)s
    )
    SELECT
        (SELECT json_agg(json_build_array(version, key, value)
                         ORDER BY valid_from, version)
         FROM access_policy WHERE is_approved AND valid_from <= %(day)s
         AND (valid_to IS NULL OR valid_to > %(day)s)) AS policies,
        (SELECT version FROM access_patientpolicy
         WHERE patient_id = %(patient)s) AS version,
        (SELECT json_agg(held ORDER BY is_over, valid_from, id) FROM held) AS held,
        (SELECT json_agg(json_build_array(patient_id, kind))
         FROM access_registerfact
         WHERE patient_id IN (%(patient)s, %(viewer)s) AND {_ON_THE_DAY}) AS told,
        EXISTS (SELECT FROM access_representation
                WHERE represented_id = %(patient)s AND shares_address
                AND basis = 'FORELDREREPRESENTASJON' AND {_ON_THE_DAY}) AS is_shared,
        (SELECT revoked_at IS NULL FROM access_youthconsent
         WHERE youth_id = %(patient)s AND parent_id = %(viewer)s
         ORDER BY given_at DESC, id DESC LIMIT 1) AS consent,
        ARRAY(SELECT value_encrypted FROM results_patientidentifier
              WHERE patient_id = %(patient)s) AS patient_numbers,
        ARRAY(SELECT value_encrypted FROM results_patientidentifier
              WHERE patient_id = %(viewer)s) AS viewer_numbers,
        (SELECT json_agg(json_build_array(report_id, marking))
         FROM access_markedreport
         WHERE patient_id = %(patient)s AND ended_at IS NULL) AS markings,
        EXISTS (SELECT FROM access_digitaloptout
                WHERE patient_id IN (%(patient)s, %(viewer)s)
                AND valid_to IS NULL) AS is_closed,
        (SELECT category FROM results_diagnosticreportversion
         WHERE report_id = %(report)s AND patient_id = %(patient)s
         AND is_current) AS report_category,
        CASE WHEN EXISTS (
            SELECT FROM held WHERE reports_from IS NOT NULL OR reports_to IS NOT NULL
        ) THEN (
            SELECT json_agg(json_build_array(report_id, effective_date))
            FROM results_diagnosticreportversion
            WHERE patient_id = %(patient)s AND is_current
        ) END AS report_days
"""  # noqa: S608 - put together from constants


@dataclass(frozen=True, slots=True)
class Found:
    """The facts, the policies of the day, the discipline of the report,
    and whether either has closed their pages."""

    people: PeopleFacts
    policies: Policies
    report_category: str
    is_closed: bool


def people_of(
    *,
    viewer_patient_id: uuid.UUID | None,
    patient_id: uuid.UUID,
    report_id: uuid.UUID | None,
    day: datetime.date,
) -> Found:
    """What is known of this viewer and patient on this day in Norway. One query."""
    given: dict[str, Any] = {
        "viewer": viewer_patient_id,
        "patient": patient_id,
        "report": report_id,
        "day": day,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, given)
        names = [column.name for column in cursor.description]
        row = SimpleNamespace(**dict(zip(names, cursor.fetchone(), strict=True)))
    return Found(
        people=PeopleFacts(
            patient=_person(patient_id, row.patient_numbers, row),
            viewer=_person(viewer_patient_id, row.viewer_numbers, row),
            held=tuple(_held(each) for each in row.held or ()),
            does_parent_share_address=row.is_shared,
            consent=row.consent,
            report_days={
                uuid.UUID(key): _date(day) for key, day in row.report_days or ()
            },
            markings=_markings(row.markings or ()),
            version=row.version,
        ),
        policies=policies_of(row.policies or ()),
        report_category=row.report_category or "",
        is_closed=row.is_closed,
    )


def _person(
    key: uuid.UUID | None, numbers: list[bytes], row: SimpleNamespace
) -> PersonFacts:
    kinds = {kind for whom, kind in row.told or () if whom == str(key)}
    return PersonFacts(
        birth_date=birth_date_in(numbers),
        is_address_protected=FactKind.ADDRESS_PROTECTION in kinds,
        is_dead=FactKind.DEATH in kinds,
        is_in_care=FactKind.CARE_ORDER in kinds,
    )


def _held(row: dict[str, Any]) -> Held:
    return Held(
        id=uuid.UUID(row["id"]),
        basis=RepresentationBasis(row["basis"]),
        is_over=row["is_over"],
        scope=Scope(
            categories=frozenset(row["categories"]),
            reports_from=_date(row["reports_from"]),
            reports_to=_date(row["reports_to"]),
            includes_log=row["includes_log"],
        ),
        may_change=row["may_change"],
        may_opt_out=row["may_opt_out"],
    )


def _markings(rows: Any) -> dict[uuid.UUID, frozenset[str]]:  # noqa: ANN401 - json
    by_report: dict[uuid.UUID, set[str]] = defaultdict(set)
    for key, marking in rows:
        by_report[uuid.UUID(key)].add(marking)
    return {key: frozenset(found) for key, found in by_report.items()}


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
