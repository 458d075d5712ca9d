"""What a release rests on, of a patient's reports or of one; in one statement."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import connection

from access.release import Decision, DecisionKind, ReleaseFacts
from results.vocabulary import ReportStatus

# A rule reaches what was stored while it held, by the day in Norway; of rules for the
# same, the last. A decision of the report itself goes before one of its requisition.
OF_CURRENT = """
    WITH rule AS MATERIALIZED (
        SELECT category, code, needs_assessment, valid_from, valid_to,
            row_number() OVER (PARTITION BY category, code
                               ORDER BY valid_from, answered_at, id) AS place
        FROM access_releaserule WHERE is_approved
    )
    SELECT v.report_id, v.id AS key, v.category, v.status, v.stored_at,
        v.status IN ('registered', 'partial', 'preliminary', 'unknown')
            OR v.status_code IN ('P', 'S')
            OR (v.category IN ('PAT', 'RAD', 'NUK', 'MBIO') AND EXISTS (
                SELECT FROM results_observation o WHERE o.version_id = v.id
                AND (o.status = 'preliminary'
                     OR o.status_code IN ('8', '9', '10')))) AS is_unfinished,
        EXISTS (
            SELECT FROM rule WHERE rule.needs_assessment
            AND rule.category IN ('', v.category)
            AND rule.valid_from <= stored.day
            AND (rule.valid_to IS NULL OR rule.valid_to > stored.day)
            AND NOT EXISTS (
                SELECT FROM rule later WHERE later.category = rule.category
                AND later.code = rule.code AND later.place > rule.place
                AND later.valid_from <= stored.day
                AND (later.valid_to IS NULL OR later.valid_to > stored.day))
            AND (rule.code = '' OR EXISTS (
                SELECT FROM results_observation o
                WHERE o.version_id = v.id AND o.code = rule.code))
        ) AS needs_assessment,
        d.id AS decision, d.kind, d.decided_at, d.code, d.version_id,
        coalesce(d.until, v.stored_at + make_interval(days => d.delay_days)) AS until,
        d.review_date, d.ended_wait
    FROM results_diagnosticreportversion v
    CROSS JOIN LATERAL (
        SELECT (v.stored_at AT TIME ZONE 'Europe/Oslo')::date AS day
    ) stored
    JOIN results_diagnosticreport r ON r.id = v.report_id
    LEFT JOIN LATERAL (
        SELECT * FROM access_releasedecision d
        WHERE d.patient_id = v.patient_id AND d.ended_at IS NULL
        AND (d.report_id = v.report_id
            OR (d.report_key <> '' AND d.report_key = r.report_key
                AND d.organization_id = r.sender_id)
            OR (d.requisition_id <> '' AND d.organization_id = r.sender_id AND EXISTS (
                SELECT FROM results_servicerequest s WHERE s.version_id = v.id
                AND s.requisition_id = d.requisition_id)))
        ORDER BY d.report_id IS NULL, d.report_key = '', d.decided_at DESC, d.id DESC
        LIMIT 1
    ) d ON true
    WHERE v.is_current
"""
RELEASES = f"""{OF_CURRENT}
    AND v.patient_id = %(patient)s
    AND (%(report)s::uuid IS NULL OR v.report_id = %(report)s)
"""


# The policies of the day, and the count of what has been decided, with the first row;
# they are of the same moment as the rows.
_WITH_POLICIES = f"""
    SELECT found.*, policy.release_version, policy.policies
    FROM (SELECT row_number() OVER () AS place, each.* FROM ({RELEASES}) each) found
    FULL JOIN (
        SELECT 1 AS place,
            (SELECT release_version FROM access_patientpolicy
             WHERE patient_id = %(patient)s) AS release_version,
            (SELECT coalesce(json_agg(json_build_array(version, key, value)
                                      ORDER BY valid_from, version), '[]')
             FROM access_policy WHERE is_approved AND valid_from <= %(day)s
             AND (valid_to IS NULL OR valid_to > %(day)s)) AS policies
    ) policy ON policy.place = found.place
"""  # noqa: S608 - put together from constants


@dataclass(frozen=True, slots=True)
class OfCitizen:
    """What a citizen's look rests on. `policies` are rows for `policies_of`."""

    releases: dict[uuid.UUID, ReleaseFacts]
    version: int | None
    policies: list[Any]


def decided_for(
    patient_id: uuid.UUID, report_id: uuid.UUID | None, *, day: datetime.date
) -> OfCitizen:
    """Releases of the patient's reports, or of the one that is named; the policies of
    the day; and the count of what has been decided of the patient. One query."""
    given = {"patient": patient_id, "report": report_id, "day": day}
    with connection.cursor() as cursor:
        cursor.execute(_WITH_POLICIES, given)
        rows = cursor.fetchall()
    found = [facts_of(row[1:-2]) for row in rows if row[0] is not None]
    # The joined row with the policies is the first of the patient's, or the only one.
    version, policies = next((r[-2:] for r in rows if r[-1] is not None), (None, None))
    return OfCitizen({each.report_id: each for each in found}, version, policies or [])


def releases_of(
    patient_id: uuid.UUID, report_id: uuid.UUID | None = None
) -> dict[uuid.UUID, ReleaseFacts]:
    """Of the patient's reports, or of the one that is named. One query."""
    with connection.cursor() as cursor:
        cursor.execute(RELEASES, {"patient": patient_id, "report": report_id})
        found = [facts_of(row) for row in cursor.fetchall()]
    return {each.report_id: each for each in found}


def facts_of(row: tuple[Any, ...]) -> ReleaseFacts:
    """A row of the statement as facts."""
    report_id, version_id, category, status, stored_at, *rest = row
    is_unfinished, needs_assessment, *decision = rest
    return ReleaseFacts(
        report_id=report_id,
        version_id=version_id,
        category=category,
        status=ReportStatus(status),
        stored_at=stored_at,
        is_unfinished=is_unfinished,
        needs_assessment=needs_assessment,
        decision=_decision(*decision),
    )


def _decision(
    key: uuid.UUID | None,
    kind: str,
    at: datetime.datetime,
    code: str,
    version_id: uuid.UUID | None,
    *more: Any,  # noqa: ANN401 - until, review_date and ended_wait, as they stand
) -> Decision | None:
    if key is None:
        return None
    until, review_date, ended_wait = more
    return Decision(
        id=key,
        kind=DecisionKind(kind),
        at=at,
        code=code,
        version_id=version_id,
        until=until,
        review_date=review_date,
        ended_wait=ended_wait,
    )
