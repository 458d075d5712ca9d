"""Answers in the European exchange format: a document each, alone or packed."""

import datetime
import io
import zipfile

from access.lookup import Taken
from portal.presenting.dates import machine_day
from results.fhir.european import Whose, as_json


def exchanged(taken: Taken, *, at: datetime.datetime) -> tuple[bytes, ...]:
    """One FHIR document for each report, in order."""
    whose = Whose(taken.national_number, at)
    return tuple(as_json(detail, whose) for detail in taken.reports)


def packed(taken: Taken, *, at: datetime.datetime) -> bytes:
    """The documents as a zip file, named by number and day."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as files:
        documents = zip(taken.reports, exchanged(taken, at=at), strict=True)
        for number, (detail, content) in enumerate(documents, start=1):
            day = machine_day(detail.summary.effective_at) or "uten-dato"
            files.writestr(f"provesvar-{number:03}-{day}.json", content)
    return whole.getvalue()
