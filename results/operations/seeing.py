"""When an answer was first read, by personnel and by the one it is about."""

import uuid

from django.utils import timezone

from results.models import DiagnosticReport


def mark_seen(report_id: uuid.UUID, *, by_citizen: bool) -> None:
    """Keep the first time; the statistics count the days from sampling to here."""
    field = "seen_by_citizen_at" if by_citizen else "seen_by_personnel_at"
    DiagnosticReport.objects.filter(pk=report_id, **{f"{field}__isnull": True}).update(
        **{field: timezone.now()}
    )
