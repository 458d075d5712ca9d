"""Which analytes a patient has numbers of: what a curve may be chosen among."""

import uuid
from collections.abc import Collection
from typing import Any, NamedTuple

from django.db import connection

from results.queries.over_time import Analyte, analyte_of
from results.queries.reports import ReportSummary
from results.vocabulary import WITHDRAWN, ValueKind


class Measured(NamedTuple):
    """An analyte with numbers, and what its newest result was called and told in."""

    analyte: Analyte
    name: str
    unit: str


def measured_in(
    patient_id: uuid.UUID, reports: Collection[ReportSummary]
) -> tuple[Measured, ...]:
    """Every analyte with a number in these reports, by name. One query."""
    standing = [report.id for report in reports if report.status not in WITHDRAWN]
    if not standing:
        return ()
    given: dict[str, Any] = {
        "patient": patient_id,
        "reports": standing,
        "kinds": [ValueKind.QUANTITY, ValueKind.INTERVAL],
    }
    with connection.cursor() as cursor:
        cursor.execute(_MEASURED, given)
        rows = cursor.fetchall()
    found: dict[Analyte, Measured] = {}
    for code, system, name, unit, ucum, _day in rows:
        analyte = analyte_of(code, system, name=name, unit=ucum or unit.strip())
        found.setdefault(analyte, Measured(analyte, name or code, unit))
    return tuple(sorted(found.values(), key=lambda m: (m.name.casefold(), m.unit)))


# Earlier versions too: what no later one repeats is shown with the rest.
_MEASURED = """
    SELECT o.code, o.code_system, o.name, o.unit, o.unit_ucum, max(o.effective_date)
    FROM results_diagnosticreportversion v
    JOIN results_observation o ON o.version_id = v.id
    WHERE v.report_id = ANY(%(reports)s::uuid[]) AND v.patient_id = %(patient)s
    AND o.kind = ANY(%(kinds)s)
    GROUP BY o.code, o.code_system, o.name, o.unit, o.unit_ucum
    ORDER BY 6 DESC NULLS LAST
"""
