"""A report as a document of the HL7 Europe laboratory guide (R4): pure functions.

`document` gives the Bundle: Composition first, then the one DiagnosticReport and all it
points at. What is written here our own reader (`results.fhir.read`) reads again.

Pathology, genetics and imaging have the same shape and claim no profile: the guide
leaves them out. What a report does not hold is left out, never made up.
"""

import datetime
from dataclasses import dataclass, field

from results.fhir import jsontext, names
from results.fhir.european.parts import (
    ORGANIZATION,
    PATIENT,
    REPORT,
    REQUEST,
    Resource,
    address,
    concept,
    dated,
    reference,
    said,
)
from results.fhir.european.results import observations
from results.fhir.european.surroundings import (
    patient,
    request,
    specimen_address,
    specimens,
)
from results.queries import ReportDetail
from results.vocabulary import WITHDRAWN, Discipline, ReportStatus

_GUIDE = "http://hl7.eu/fhir/laboratory/StructureDefinition/"
_COMPOSITION = "composition"
_REPORT_OF = f"{_GUIDE}composition-diagnosticReportReference"
_COMPOSITION_OF = (
    "http://hl7.org/fhir/5.0/StructureDefinition/extension-DiagnosticReport.composition"
)
_TITLE = "Laboratorierapport"
# LOINC's kinds of study, as the guide has them.
_STUDIES = {
    Discipline.CLIN: "18719-5",
    Discipline.MBIO: "18725-2",
    Discipline.IMTR: "18717-9",
    Discipline.FARM: "18728-6",
    Discipline.PAT: "11526-1",
    Discipline.RAD: "85430-7",
}
_ALL_STUDIES = "26436-6"
_OUTSIDE = (Discipline.PAT, Discipline.MGEN, Discipline.RAD, Discipline.NUK)
_UNFINISHED = (
    ReportStatus.REGISTERED,
    ReportStatus.PARTIAL,
    ReportStatus.PRELIMINARY,
)


@dataclass(frozen=True, slots=True)
class Whose:
    """The national number the document is to carry, and when it is made."""

    national_number: str = field(repr=False)
    at: datetime.datetime


def as_json(detail: ReportDetail, whose: Whose) -> bytes:
    """The document as bytes, every digit of a number as it was sent."""
    return jsontext.write(document(detail, whose))


def document(detail: ReportDetail, whose: Whose) -> Resource:
    """The Bundle; numbers are `jsontext.Number`."""
    key = detail.summary.id
    results = () if detail.summary.status in WITHDRAWN else observations(detail)
    resources = (
        (_COMPOSITION, _composition(detail, results, whose)),
        (REPORT, _report(detail, results)),
        (PATIENT, patient(detail, whose.national_number)),
        (ORGANIZATION, _organization(detail)),
        (REQUEST, request(detail)),
    )
    entries = [
        {"fullUrl": address(key, name), "resource": resource}
        for name, resource in resources
        if resource
    ]
    about = {"type": "document", "timestamp": whose.at.isoformat(timespec="seconds")}
    version = detail.summary.version_id or key
    return {
        "resourceType": "Bundle",
        **_profile(detail, "Bundle-eu-lab"),
        "identifier": {"system": names.URI, "value": address(version, "document")},
        **about,
        "entry": [*entries, *specimens(detail), *results],
    }


def _profile(detail: ReportDetail, name: str) -> Resource:
    if detail.summary.category in _OUTSIDE:
        return {}
    return {"meta": {"profile": [f"{_GUIDE}{name}"]}}


def _common(detail: ReportDetail) -> Resource:
    """What Composition and DiagnosticReport must say alike."""
    return {
        "identifier": {
            "system": names.URI,
            "value": f"urn:uuid:{detail.summary.id}",
        },
        "subject": reference(detail, PATIENT),
    }


def _composition(
    detail: ReportDetail, results: tuple[Resource, ...], whose: Whose
) -> Resource:
    issued = detail.summary.issued_at
    at = issued.at if issued and issued.at else detail.summary.stored_at or whose.at
    author = reference(detail, ORGANIZATION, display=detail.summary.performer_name)
    top = [r["fullUrl"] for r in _outermost(results)]
    return {
        "resourceType": "Composition",
        **_profile(detail, "Composition-eu-lab"),
        "language": "nb",
        "extension": [{"url": _REPORT_OF, "valueReference": reference(detail, REPORT)}],
        **_common(detail),
        "status": _composition_status(detail.summary.status),
        "type": _document_type(),
        "category": [_study(detail)],
        "date": at.isoformat(timespec="seconds"),
        "author": [author],
        "custodian": author,
        "title": _TITLE,
        "section": [
            {
                "title": str(detail.summary.category.label),
                "code": _study(detail),
                "text": said(detail),
                "entry": [{"reference": url} for url in top]
                or [reference(detail, REPORT)],
            }
        ],
    }


def _report(detail: ReportDetail, results: tuple[Resource, ...]) -> Resource:
    common = _common(detail)
    summary = detail.summary
    shown = {
        "effectiveDateTime": dated(summary.effective_at),
        "conclusion": detail.comment,
        "conclusionCode": [{"text": text} for text in detail.coded_comments],
        "specimen": [
            {"reference": specimen_address(detail, s)}
            for s in dict.fromkeys(detail.specimens)
        ],
        "basedOn": [reference(detail, REQUEST)] if request(detail) else [],
        "resultsInterpreter": [{"display": detail.responsible_name}]
        if detail.responsible_name
        else [],
        "result": [{"reference": r["fullUrl"]} for r in _outermost(results)],
        "presentedForm": [{"title": a.title} for a in detail.attachments if a.title],
    }
    return {
        "resourceType": "DiagnosticReport",
        **_profile(detail, "DiagnosticReport-eu-lab"),
        "extension": list(_extensions(detail)),
        "identifier": [common["identifier"]],
        "status": summary.status.value,
        "category": [_study(detail)],
        "code": _report_type(detail),
        "subject": common["subject"],
        "performer": [reference(detail, ORGANIZATION, display=summary.performer_name)],
        **{name: value for name, value in shown.items() if value},
    }


def _extensions(detail: ReportDetail) -> list[Resource]:
    issued = dated(detail.summary.issued_at)
    own = {"url": _COMPOSITION_OF, "valueReference": reference(detail, _COMPOSITION)}
    day = {"url": names.nilar_extension("report-date"), "valueDateTime": issued}
    return [own, day] if issued else [own]


def _outermost(results: tuple[Resource, ...]) -> list[Resource]:
    members = {
        member["reference"]
        for result in results
        for member in result["resource"].get("hasMember", ())
    }
    return [result for result in results if result["fullUrl"] not in members]


def _composition_status(status: ReportStatus) -> str:
    if status is ReportStatus.ENTERED_IN_ERROR:
        return "entered-in-error"
    if status in _UNFINISHED:
        return "preliminary"
    is_changed = status in (
        ReportStatus.AMENDED,
        ReportStatus.CORRECTED,
        ReportStatus.APPENDED,
    )
    return "amended" if is_changed else "final"


def _document_type() -> Resource:
    return concept("11502-2", names.LOINC, "Laboratory report")


def _study(detail: ReportDetail) -> Resource:
    code = _STUDIES.get(detail.summary.category, _ALL_STUDIES)
    return concept(code, names.LOINC)


def _report_type(detail: ReportDetail) -> Resource:
    """Volven 8202's code, which says the discipline exactly; and the document's, which
    the guide wants in both."""
    summary, both = detail.summary, _document_type()
    if not summary.type_code:
        return both
    own = concept(
        summary.type_code, f"urn:oid:{names.REPORT_TYPES}", text=summary.type_text
    )
    return {**own, "coding": [*own["coding"], *both["coding"]]}


def _organization(detail: ReportDetail) -> Resource:
    return {
        "resourceType": "Organization",
        "name": detail.summary.performer_name or "Ikke oppgitt",
    }
