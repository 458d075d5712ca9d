"""The small parts a document is put together of."""

import uuid
from collections.abc import Iterator
from html import escape
from typing import Any

from results.fhir import names
from results.kith import xml
from results.kith.names import XHTML
from results.kith.read import markup
from results.kith.screening import UnreadableMessage
from results.parsed import ParsedMoment
from results.queries import ObservationDetail, ReportDetail

Resource = dict[str, Any]

REPORT, PATIENT, ORGANIZATION, REQUEST = "report", "patient", "organization", "request"


def address(key: uuid.UUID, name: str) -> str:
    """The same for the same thing in every copy of a report's document."""
    return f"urn:uuid:{uuid.uuid5(key, name)}"


def reference(detail: ReportDetail, name: str, *, display: str = "") -> Resource:
    found = {"reference": address(detail.summary.id, name)}
    return {**found, "display": display} if display else found


def concept(code: str, system: str, display: str = "", *, text: str = "") -> Resource:
    """A CodeableConcept; what is empty is left out."""
    coding = {"system": system, "code": code, "display": display}
    found: Resource = {}
    if code:
        found["coding"] = [{name: value for name, value in coding.items() if value}]
    if text:
        found["text"] = text
    return found


def system_of(system: str) -> str:
    """A plain OID, as we keep Norwegian lists, as a URI; others as they came."""
    is_oid = bool(system) and all(part.isdecimal() for part in system.split("."))
    return f"urn:oid:{system}" if is_oid else system


def dated(moment: ParsedMoment | None) -> str:
    """A dateTime at the precision that is known; empty when nothing is."""
    if moment is None:
        return ""
    if moment.at is not None:
        return moment.at.isoformat()
    return moment.date.isoformat() if moment.date else ""


def plain(observation: ObservationDetail) -> str:
    """A text without its formatting, which FHIR's strings do not have."""
    if not observation.is_markup:
        return observation.text
    try:
        node = xml.parse(f'<div xmlns="{XHTML}">{observation.text}</div>'.encode())
    except UnreadableMessage:
        return observation.text
    return markup.as_text(node) or ""


def said(detail: ReportDetail) -> Resource:
    """The narrative: each result on a line, for readers that know no FHIR."""
    lines = "".join(f"<li>{escape(line)}</li>" for line in _lines(detail.observations))
    body = f"<ul>{lines}</ul>" if lines else f"<p>{escape(_nothing(detail))}</p>"
    return {"status": "generated", "div": f'<div xmlns="{XHTML}">{body}</div>'}


def _nothing(detail: ReportDetail) -> str:
    return f"{detail.summary.category.label}: {detail.summary.status.label}"


def _lines(observations: tuple[ObservationDetail, ...]) -> Iterator[str]:
    for item in observations:
        value = f"{item.comparator}{item.digits} {item.unit}".strip()
        words = value or plain(item) or ", ".join(item.coded_texts)
        if item.name or words:
            yield f"{item.name}: {words}" if words else item.name
        yield from _lines(item.members)


V3_INTERPRETATION = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
_ACCREDITED = names.nilar_extension("accredited")


def accredited(told: bool | None) -> list[Resource]:
    """The extensions that say it; none where nothing is said."""
    return [] if told is None else [{"url": _ACCREDITED, "valueBoolean": told}]
