"""A report as its pages would be filled: the rows are made as for storing, and read."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from django.db.models import JSONField, Model

from results import identity
from results.identity import IdentityNumber, InvalidIdentityNumber
from results.models import (
    DiagnosticReportVersion,
    Observation,
    PresentedForm,
    ServiceRequest,
    Specimen,
)
from results.models.uuids import new_id
from results.operations import report_rows
from results.parsed import ParsedObservation, ParsedPatient, ParsedReport
from results.queries import (
    PatientHeader,
    ReportDetail,
    ReportRows,
    detail_of,
    summary_of,
    tombstone,
)
from results.vocabulary import WITHDRAWN, Sex

# Enough to judge how a report reads; more would only make a page that nobody reads.
MOST_ITEMS = 500
_HIDDEN = "•••••• •••••"

AnyModel = TypeVar("AnyModel", bound=Model)
_Items = tuple[ParsedObservation, ...]


def preview(report: ParsedReport) -> ReportDetail:
    """What a reader would be shown had the report been stored; nothing is.

    Of a report with more than 500 items the first are shown. The number is masked.
    """
    items, _left = _first(report.observations, MOST_ITEMS)
    rows = _rows(replace(report, observations=items))
    summary = summary_of(
        rows.version, observations=rows.observations, specimens=rows.specimens
    )
    if summary.status in WITHDRAWN:
        rows = tombstone(rows.version, summary.status)
    return detail_of(rows, summary=summary, patient=_header(report.patient))


def _rows(report: ParsedReport) -> ReportRows:
    keys = {"version_id": new_id(), "patient_id": new_id()}
    made = report_rows
    version = _made(
        DiagnosticReportVersion,
        {
            "id": keys["version_id"],
            "report_id": new_id(),
            **made.version_values(report),
        },
    )
    version.version_count = 1  # type: ignore[attr-defined]
    specimens = made.specimen_rows(report, **keys)
    requests = made.service_request_rows(report, **keys)
    forms = made.presented_form_rows(report, version_id=keys["version_id"])
    return ReportRows(
        version=version,
        specimens=[_made(Specimen, row) for row in specimens],
        requests=[_made(ServiceRequest, row) for row in requests],
        observations=[
            _made(Observation, row) for row in made.observation_rows(report, **keys)
        ],
        forms=[_made(PresentedForm, row) for row in forms],
    )


def _made(model: type[AnyModel], row: Mapping[str, Any]) -> AnyModel:
    """The row as the database would hand it back."""
    written_as_text = {
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, JSONField)
    }
    return model(
        **{
            name: json.loads(value) if name in written_as_text else value
            for name, value in row.items()
        }
    )


def _first(items: _Items, most: int) -> tuple[_Items, int]:
    """So many items, at every depth and in document order; and how many are left."""
    kept = []
    for item in items:
        if most <= 0:
            break
        members, most = _first(item.members, most - 1)
        kept.append(replace(item, members=members))
    return tuple(kept), most


def _header(patient: ParsedPatient | None) -> PatientHeader:
    said = patient or ParsedPatient()
    number = _number(said)
    own_day = said.birth_date.date if said.birth_date else None
    return PatientHeader(
        patient_id=new_id(),
        name=said.name or "",
        birth_date=number.birth_date if number else own_day,
        sex=_sex(said, number),
        masked_number=identity.mask(number.digits) if number else _HIDDEN,
    )


def _number(patient: ParsedPatient) -> IdentityNumber | None:
    try:
        return identity.parse(patient.identity_number, allow_test_numbers=True)
    except InvalidIdentityNumber:
        return None


def _sex(patient: ParsedPatient, number: IdentityNumber | None) -> Sex:
    """As kept of a person: the message's word, else what the number tells."""
    if patient.sex is not Sex.UNKNOWN or number is None or number.is_female is None:
        return patient.sex
    return Sex.FEMALE if number.is_female else Sex.MALE
