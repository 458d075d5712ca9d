"""Where a patient's reports are; two thousand addresses are written at once."""

import uuid
from collections.abc import Iterable

from django.urls import reverse

from access.lookup import ReportSummary

_SOME = uuid.UUID(int=0)


def report_addresses(
    patient_id: uuid.UUID, reports: Iterable[ReportSummary]
) -> dict[str, str]:
    """The address of each report, by its key as text."""
    pattern = reverse("clinician:report", args=[patient_id, _SOME])
    before, after = pattern.rsplit(str(_SOME), 1)
    return {str(r.id): f"{before}{r.id}{after}" for r in reports}
