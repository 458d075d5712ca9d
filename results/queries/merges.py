"""Under which keys a person has been known."""

import uuid

from django.db import connection

# Merged into, directly or through others, as long as the merges stand. May stand inside
# another statement; its one parameter is the patient's key.
KNOWN_AS = """
    WITH RECURSIVE known (id) AS (
        SELECT %s::uuid
        UNION
        SELECT m.merged_id FROM results_patientmerge m
        JOIN known ON known.id = m.surviving_id
        WHERE m.at IS NOT NULL AND m.reversed_at IS NULL
    )
    SELECT id FROM known
"""


def known_as(patient_id: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """The patient's key, and the keys of those merged into it. One query."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN_AS, [patient_id])
        return tuple(row[0] for row in cursor.fetchall())
