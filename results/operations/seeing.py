"""When an answer was first read, by personnel and by the one it is about."""

import uuid

from django.utils import timezone

from results.models import DiagnosticReport


def mark_seen(*report_ids: uuid.UUID, by_citizen: bool) -> None:
    """Keep the first time; the statistics count the days from sampling to here."""
    field = "seen_by_citizen_at" if by_citizen else "seen_by_personnel_at"
    unseen = DiagnosticReport.objects.filter(
        pk__in=report_ids, **{f"{field}__isnull": True}
    )
    unseen.update(**{field: timezone.now()})
