"""A patient's record ends, or goes on after all; the log's five years count from it."""

import datetime
import uuid

from access.models import RecordEnd
from results import queries


def end_record(patient_id: uuid.UUID, *, at: datetime.datetime, reason: str) -> None:
    """Under every key the patient is known by; an end that is known stands."""
    RecordEnd.objects.bulk_create(
        (
            RecordEnd(patient_id=key, ended_at=at, reason=reason)
            for key in queries.known_as(patient_id)
        ),
        ignore_conflicts=True,
    )


def continue_record(patient_id: uuid.UUID) -> None:
    """Something new is stored, so the record has not ended."""
    RecordEnd.objects.filter(patient_id__in=queries.known_as(patient_id)).delete()
