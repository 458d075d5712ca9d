"""What was found in a message, as the API and the downloaded result tell it."""

from dataclasses import asdict, fields, is_dataclass
from enum import Enum
from typing import Any

from django.utils.functional import Promise

from access.lookup import ReportDetail
from portal.presenting.own_reports import present_own_report
from portal.presenting.reports import present_report
from results.ingestion.check import Examination, Place

_FOR_THE_EYE = frozenset({"chart", "anchor", "icon", "tone", "id", "url"})

Json = dict[str, Any]


def as_json(found: Examination) -> Json:
    """Everything, the receipt and both readers' views included."""
    return {
        **findings_as_json(found),
        "preview": _preview(found.report) if found.report else None,
        "apprec": found.apprec,
    }


def findings_as_json(found: Examination) -> Json:
    """What was found, with nothing of what the message says of anyone."""
    return {
        "verdict": {
            "is_accepted": found.is_accepted,
            "outcome": found.outcome.value,
            "apprec_version": found.apprec_version,
        },
        "message_id": found.message_id or None,
        "format": found.format.value,
        "well_formed": {
            "is_well_formed": not found.syntax_fault,
            "text": found.syntax_fault or None,
            **_place(found.syntax_place),
        },
        "schema": {
            "state": found.schema.value,
            "problems": [
                {"text": problem.text, **_place(problem.place)}
                for problem in found.schema_problems
            ],
        },
        "rules": {
            "faults": [asdict(fault) for fault in found.faults],
            "warnings": list(found.warnings),
        },
        "codes": [plain(finding) for finding in found.codes],
        "units": [plain(finding) for finding in found.units],
        "results": found.item_count,
    }


def plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Dataclasses and words as JSON holds them; drawings and page keys are left out."""
    if is_dataclass(value) and not isinstance(value, type):
        names = [f.name for f in fields(value) if f.name not in _FOR_THE_EYE]
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, Promise) else value


def _preview(detail: ReportDetail) -> Json:
    own = present_own_report(detail)
    patient = detail.patient
    return {
        "patient": {"name": patient.name, "number": patient.masked_number},
        "clinician": plain(present_report(detail)),
        "citizen": plain(own),
    }


def _place(place: Place | None) -> dict[str, int | None]:
    if place is None:
        return {"line": None, "column": None}
    return {"line": place.line, "column": place.column}
