"""From what was parsed to the rows of one version."""

import datetime
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from decimal import Decimal, localcontext
from typing import Any

from results import codes
from results.models import (
    DiagnosticReportVersion,
    Observation,
    PresentedForm,
    ServiceRequest,
    Specimen,
)
from results.models.uuids import new_id
from results.parsed import (
    ParsedCoding,
    ParsedComment,
    ParsedMoment,
    ParsedObservation,
    ParsedParty,
    ParsedQuantity,
    ParsedReport,
)

_NUMBER_LIMIT = Decimal(10) ** 26
_SMALLEST_STEP = Decimal(1).scaleb(-12)
_DIGITS = 38

_Moment = tuple[datetime.date | None, datetime.datetime | None]


def version_values(report: ParsedReport) -> dict[str, Any]:
    """Column values of a version, apart from its keys and the parties' rows."""
    issued_date, issued_at = moment_values(report.issued_at)
    effective_date, effective_at = moment_values(_effective(report))
    return {
        "status": report.status,
        "service_type": (report.service_type or "")[:10],
        "status_code": (report.status_code or "")[:10],
        "category": report.category,
        "type_code": ((report.type and report.type.code) or "")[:50],
        "type_text": ((report.type and report.type.text) or "")[:300],
        "issued_date": issued_date,
        "issued_at": issued_at,
        "effective_date": effective_date,
        "effective_at": effective_at,
        "performer_name": party_name(report.performer),
        "requester_name": party_name(report.requester),
        "responsible_name": party_name(report.responsible),
        "comment": report.comment or "",
        "coded_comments": [coding_value(c) for c in report.coded_comments],
        "clinical_information": comment_values(report.clinical_information),
        "copy_recipients": [party_name(p) for p in report.copy_recipients],
    }


def store_parts(version: DiagnosticReportVersion, report: ParsedReport) -> None:
    """All rows below a version, one INSERT a table."""
    Specimen.objects.bulk_create(_specimens(version, report))
    ServiceRequest.objects.bulk_create(_service_requests(version, report))
    PresentedForm.objects.bulk_create(_presented_forms(version, report))
    Observation.objects.bulk_create(_observations(version, report))


def moment_values(moment: ParsedMoment | None) -> _Moment:
    """The day and, when one was sent, the time of day."""
    return (moment.date, moment.at) if moment else (None, None)


def party_name(party: ParsedParty | None) -> str:
    return ((party and party.name) or "")[:600]


def coding_value(coding: ParsedCoding) -> dict[str, str]:
    """A code as sent, for a JSON column; what was not sent is left out."""
    return {name: value for name, value in asdict(coding).items() if value}


def comment_values(comments: Iterable[ParsedComment]) -> list[dict[str, Any]]:
    return [
        {"text": c.text, "heading": coding_value(c.heading) if c.heading else {}}
        for c in comments
    ]


def _effective(report: ParsedReport) -> ParsedMoment | None:
    """When the patient was sampled or examined: the oldest said, else the report's."""
    said = [s.collected_at for s in report.specimens]
    said = [m for m in said if m and m.date] or [
        o.investigated_at for o in report.all_observations()
    ]
    dated = [m for m in said if m and m.date]
    return min(dated, key=_order) if dated else report.issued_at


def _order(moment: ParsedMoment) -> tuple[datetime.date, float]:
    day = moment.date or datetime.date.max
    return day, moment.at.timestamp() if moment.at else 0.0


def _specimens(
    version: DiagnosticReportVersion, report: ParsedReport
) -> Iterator[Specimen]:
    for position, specimen in enumerate(report.specimens):
        collected_date, collected_at = moment_values(specimen.collected_at)
        coding = specimen.type or ParsedCoding()
        yield Specimen(
            version=version,
            patient_id=version.patient_id,
            position=position,
            accession=(specimen.id or "")[:300],
            type_code=(coding.code or "")[:100],
            type_system=(coding.system or "")[:200],
            type_text=specimen.type_text or coding.text or "",
            anatomical_origin=specimen.anatomical_origin or "",
            collected_date=collected_date,
            collected_at=collected_at,
            comments=list(specimen.comments),
            is_accredited=specimen.is_accredited,
            is_cancelled=specimen.is_cancelled,
        )


def _service_requests(
    version: DiagnosticReportVersion, report: ParsedReport
) -> Iterator[ServiceRequest]:
    for position, request in enumerate(report.service_requests):
        authored_date, authored_at = moment_values(request.authored_at)
        yield ServiceRequest(
            version=version,
            patient_id=version.patient_id,
            position=position,
            requisition_id=(request.id or "")[:300],
            id_by_performer=(request.id_by_performer or "")[:300],
            authored_date=authored_date,
            authored_at=authored_at,
            priority=(request.priority or "")[:20],
            reasons=comment_values(request.reasons),
            comments=comment_values(request.comments),
            reservations=[coding_value(c) for c in request.reservations],
        )


def _presented_forms(
    version: DiagnosticReportVersion, report: ParsedReport
) -> Iterator[PresentedForm]:
    for position, attachment in enumerate(report.attachments):
        yield PresentedForm(
            version=version,
            position=position,
            title=(attachment.title or "")[:300],
            media_type=(attachment.media_type or "")[:100],
            problem=attachment.problem or "",
        )


def _observations(
    version: DiagnosticReportVersion, report: ParsedReport
) -> list[Observation]:
    collected = {s.id: s.collected_at for s in report.specimens if s.id}
    rows: list[Observation] = []

    def add(items: Iterable[ParsedObservation], parent: uuid.UUID | None) -> None:
        for item in items:
            when = _observed(item, collected)
            row = Observation(
                id=new_id(),
                version=version,
                patient_id=version.patient_id,
                parent_id=parent,
                position=len(rows),
                **_observation_values(item, when),
            )
            rows.append(row)
            add(item.members, row.id)

    add(report.observations, None)
    return rows


def _observed(
    item: ParsedObservation, collected: dict[str, ParsedMoment | None]
) -> ParsedMoment | None:
    said = (collected.get(specimen) for specimen in item.specimen_ids)
    sampled = next((m for m in said if m is not None), None)
    if sampled is None and len(collected) == 1:
        sampled = next(iter(collected.values()))
    return sampled or item.investigated_at


def _observation_values(
    item: ParsedObservation, when: ParsedMoment | None
) -> dict[str, Any]:
    code = _leading(item.codings)
    effective_date, effective_at = moment_values(when)
    comments = [*item.comments, *filter(None, [item.investigation_comment])]
    return {
        "status": item.status,
        "service_type": (item.service_type or "")[:10],
        "status_code": (item.status_code or "")[:10],
        "code": (code.code or "")[:100],
        "code_system": (code.system or "")[:200],
        "name": _name(code) or item.investigation_comment or "",
        "codings": [coding_value(c) for c in item.codings],
        "method_codings": [coding_value(c) for c in item.method_codings],
        "heading": (item.heading or "")[:50],
        "interpretation": item.interpretation or "",
        "reference_ranges": list(item.reference_ranges),
        "comments": comments,
        "item_id": (item.item_id or "")[:300],
        "related_item_id": (item.related_item_id or "")[:300],
        "specimen_accessions": list(item.specimen_ids),
        "effective_date": effective_date,
        "effective_at": effective_at,
        "is_accredited": item.is_accredited,
        "performer_names": [party_name(p) for p in item.performers],
        "diagnoses": [coding_value(c) for c in item.diagnoses],
        "structured": [list(pair) for pair in item.structured],
        **_value_columns(item),
    }


def _leading(codings: tuple[ParsedCoding, ...]) -> ParsedCoding:
    """The national code where there is one beside a local one (dialect D27)."""
    national = (c for c in codings if c.code and not _is_local(c))
    return next(national, codings[0] if codings else ParsedCoding())


def _is_local(coding: ParsedCoding) -> bool:
    return coding.system is None or coding.system.endswith(".8212")


def _name(coding: ParsedCoding) -> str | None:
    """The sender's own words, else the code table's, else the sender's label (D31)."""
    if coding.original_text:
        return coding.original_text
    known = codes.find(coding.code, coding.system)
    return known.display if known else coding.text


def _value_columns(item: ParsedObservation) -> dict[str, Any]:
    low = item.interval_low or ParsedQuantity(digits="")
    number = item.quantity or low
    day, _ = moment_values(item.date)
    return {
        "kind": item.kind,
        "value_as_sent": item.date.as_sent if item.date else number.digits,
        "value_number": _storable(item.quantity),
        "comparator": (number.comparator or "")[:2],
        "unit": (number.unit or item.unit_of_text or "")[:100],
        "value_text": item.text or "",
        "is_markup": item.is_markup,
        "value_codings": [coding_value(c) for c in item.value_codings],
        "interval_high": item.interval_high.digits if item.interval_high else "",
        "value_date": day,
    }


def _storable(quantity: ParsedQuantity | None) -> Decimal | None:
    value = quantity.value if quantity else None
    if value is None or abs(value) >= _NUMBER_LIMIT:
        return None
    with localcontext(prec=_DIGITS):
        rounded = value.quantize(_SMALLEST_STEP)
        return rounded if rounded == value else None
