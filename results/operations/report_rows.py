"""From what was parsed to the rows of one version, a dict of column values each."""

import datetime
import uuid
from collections.abc import Iterable, Iterator
from decimal import Context, Decimal
from functools import lru_cache
from typing import Any

from results import codes, units
from results.models.uuids import new_id
from results.operations.attachments import sealed
from results.operations.copying import as_json
from results.parsed import (
    ParsedCoding,
    ParsedComment,
    ParsedMoment,
    ParsedObservation,
    ParsedParty,
    ParsedQuantity,
    ParsedReport,
)

Row = dict[str, Any]

_NUMBER_LIMIT = Decimal(10) ** 26
_SMALLEST_STEP = Decimal(1).scaleb(-12)
_NO_NUMBER = ParsedQuantity(digits="")
_EXACTLY = Context(prec=38)
_REMEMBERED = 20_000

_Moment = tuple[datetime.date | None, datetime.datetime | None]


def version_values(report: ParsedReport) -> Row:
    """Column values of a version, apart from its keys and the parties' rows."""
    issued_date, issued_at = moment_values(report.issued_at)
    approved_date, approved_at = moment_values(report.approved_at)
    effective_date, effective_at = moment_values(_effective(report))
    return {
        "status": report.status.value,
        "service_type": (report.service_type or "")[:10],
        "status_code": (report.status_code or "")[:10],
        "category": report.category.value,
        "type_code": ((report.type and report.type.code) or "")[:50],
        "type_text": ((report.type and report.type.text) or "")[:300],
        "issued_date": issued_date,
        "issued_at": issued_at,
        "approved_date": approved_date,
        "approved_at": approved_at,
        "effective_date": effective_date,
        "effective_at": effective_at,
        "performer_name": party_name(report.performer),
        "requester_name": party_name(report.requester),
        "responsible_name": party_name(report.responsible),
        "comment": report.comment or "",
        "coded_comments": _codings(report.coded_comments),
        "clinical_information": _comments(report.clinical_information),
        "copy_recipients": as_json([party_name(p) for p in report.copy_recipients]),
        "contact_type": (report.contact_type or "")[:20],
    }


def moment_values(moment: ParsedMoment | None) -> _Moment:
    """The day and, when one was sent, the time of day."""
    return (moment.date, moment.at) if moment else (None, None)


def party_name(party: ParsedParty | None) -> str:
    return ((party and party.name) or "")[:600]


def coding_value(coding: ParsedCoding) -> dict[str, str]:
    """A code as sent, for a JSON column; what was not sent is left out."""
    value = {
        "code": coding.code,
        "system": coding.system,
        "display": coding.display,
        "original_text": coding.original_text,
    }
    return {name: said for name, said in value.items() if said}


def specimen_rows(
    report: ParsedReport, *, version_id: uuid.UUID, patient_id: uuid.UUID
) -> Iterator[Row]:
    for position, specimen in enumerate(report.specimens):
        collected_date, collected_at = moment_values(specimen.collected_at)
        coding = specimen.type or ParsedCoding()
        yield {
            "id": new_id(),
            "version_id": version_id,
            "patient_id": patient_id,
            "position": position,
            "accession": (specimen.id or "")[:300],
            "type_code": (coding.code or "")[:100],
            "type_system": (coding.system or "")[:200],
            "type_text": specimen.type_text or coding.text or "",
            "anatomical_origin": specimen.anatomical_origin or "",
            "collected_date": collected_date,
            "collected_at": collected_at,
            "comments": as_json(specimen.comments),
            "is_accredited": specimen.is_accredited,
            "is_cancelled": specimen.is_cancelled,
        }


def service_request_rows(
    report: ParsedReport, *, version_id: uuid.UUID, patient_id: uuid.UUID
) -> Iterator[Row]:
    for position, request in enumerate(report.service_requests):
        authored_date, authored_at = moment_values(request.authored_at)
        received_date, received_at = moment_values(request.received_at)
        yield {
            "id": new_id(),
            "version_id": version_id,
            "patient_id": patient_id,
            "position": position,
            "requisition_id": (request.id or "")[:300],
            "id_by_performer": (request.id_by_performer or "")[:300],
            "authored_date": authored_date,
            "authored_at": authored_at,
            "received_date": received_date,
            "received_at": received_at,
            "purpose": ((request.purpose and request.purpose.text) or "")[:300],
            "priority": (request.priority or "")[:20],
            "reasons": _comments(request.reasons),
            "comments": _comments(request.comments),
            "reservations": _codings(request.reservations),
        }


def presented_form_rows(
    report: ParsedReport, *, version_id: uuid.UUID, is_kept: bool = False
) -> Iterator[Row]:
    """That each document was there; with its content only when a rule keeps it."""
    for position, attachment in enumerate(report.attachments):
        form_id = new_id()
        content = attachment.content if is_kept else None
        yield {
            "id": form_id,
            "version_id": version_id,
            "position": position,
            "title": (attachment.title or "")[:300],
            "media_type": (attachment.media_type or "")[:100],
            "problem": attachment.problem or "",
            "content_encrypted": sealed(content, form_id) if content else None,
            "content_size": len(attachment.content or b""),
        }


def observation_rows(
    report: ParsedReport, *, version_id: uuid.UUID, patient_id: uuid.UUID
) -> list[Row]:
    """One row an item, at every depth, in document order."""
    collected = {s.id: s.collected_at for s in report.specimens if s.id}
    keys = {"version_id": version_id, "patient_id": patient_id}
    rows: list[Row] = []

    def add(items: Iterable[ParsedObservation], parent: uuid.UUID | None) -> None:
        for item in items:
            key = new_id()
            place = {"id": key, **keys, "parent_id": parent, "position": len(rows)}
            when = _observed(item, collected)
            rows.append(place | _observation_values(item, when) | _value_columns(item))
            if item.members:
                add(item.members, key)

    add(report.observations, None)
    return rows


def _comments(comments: Iterable[ParsedComment]) -> str:
    return as_json(
        [
            {"text": c.text, "heading": coding_value(c.heading) if c.heading else {}}
            for c in comments
        ]
    )


@lru_cache(maxsize=_REMEMBERED)
def _texts(texts: tuple[str, ...]) -> str:
    return as_json(texts)


@lru_cache(maxsize=_REMEMBERED)
def _codings(codings: tuple[ParsedCoding, ...]) -> str:
    """Laboratories send the same few thousand codes again and again."""
    return as_json([coding_value(c) for c in codings])


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


def _observed(
    item: ParsedObservation, collected: dict[str, ParsedMoment | None]
) -> ParsedMoment | None:
    for specimen in item.specimen_ids:
        if (sampled := collected.get(specimen)) is not None:
            return sampled
    alone = next(iter(collected.values())) if len(collected) == 1 else None
    return alone or item.investigated_at


def _observation_values(item: ParsedObservation, when: ParsedMoment | None) -> Row:
    code = _leading(item.codings)
    effective_date, effective_at = moment_values(when)
    comments = list(item.comments)
    if item.investigation_comment:
        comments.append(item.investigation_comment)
    return {
        "status": item.status.value,
        "service_type": (item.service_type or "")[:10],
        "status_code": (item.status_code or "")[:10],
        "code": (code.code or "")[:100],
        "code_system": (code.system or "")[:200],
        "name": _name(code) or item.investigation_comment or "",
        "codings": _codings(item.codings),
        "method_codings": _codings(item.method_codings),
        "heading": (item.heading or "")[:50],
        "interpretation": item.interpretation.value if item.interpretation else "",
        "reference_ranges": _texts(item.reference_ranges),
        "comments": as_json(comments),
        "item_id": (item.item_id or "")[:300],
        "related_item_id": (item.related_item_id or "")[:300],
        "specimen_accessions": _texts(item.specimen_ids),
        "effective_date": effective_date,
        "effective_at": effective_at,
        "is_accredited": item.is_accredited,
        "performer_names": as_json([party_name(p) for p in item.performers]),
        "diagnoses": _codings(item.diagnoses),
        "structured": as_json(item.structured),
    }


def _leading(codings: tuple[ParsedCoding, ...]) -> ParsedCoding:
    """The national code where there is one beside a local one (dialect D27), under
    whichever list it was sent (D28)."""
    if len(codings) == 1:
        return codings[0]
    national = (c for c in codings if codes.find(c.code, c.system))
    listed = (c for c in codings if c.code and not _is_local(c))
    first = codings[0] if codings else ParsedCoding()
    return next(national, None) or next(listed, first)


def _is_local(coding: ParsedCoding) -> bool:
    return coding.system is None or coding.system.endswith(".8212")


def _name(coding: ParsedCoding) -> str | None:
    """The sender's own words, else the code table's, else the sender's label (D31)."""
    if coding.original_text:
        return coding.original_text
    known = codes.find(coding.code, coding.system)
    return known.display if known else coding.text


def _value_columns(item: ParsedObservation) -> Row:
    number = item.quantity or item.interval_low or _NO_NUMBER
    day, _ = moment_values(item.date)
    unit = number.unit or item.unit_of_text or ""
    return {
        "kind": item.kind.value,
        "value_as_sent": item.date.as_sent if item.date else number.digits,
        "value_number": _storable(item.quantity),
        "comparator": (number.comparator or "")[:2],
        "unit": unit[:100],
        "unit_ucum": (number.ucum or units.to_ucum(unit) or "")[:100],
        "value_text": item.text or "",
        "is_markup": item.is_markup,
        "value_codings": _codings(item.value_codings),
        "interval_high": item.interval_high.digits if item.interval_high else "",
        "value_date": day,
    }


def _storable(quantity: ParsedQuantity | None) -> Decimal | None:
    value = quantity.value if quantity else None
    if value is None or abs(value) >= _NUMBER_LIMIT:
        return None
    rounded = value.quantize(_SMALLEST_STEP, context=_EXACTLY)
    return rounded if rounded == value else None
