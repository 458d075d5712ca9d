"""FHIR bundles whose defaults read as an ordinary day at Nordlab.

    a_collection(an_observation(valueQuantity=a_quantity("1.50")))

is the bytes of a collection with one report of one result. Numbers are given as text,
for JSON numbers must keep their digits.
"""

import copy
from typing import Any

from results.fhir import jsontext
from results.fhir.jsontext import Number
from results.fhir.read import read
from tests.results.kith.messages import KARI, a_number

Resource = dict[str, Any]

OTHER_PERSON = a_number("018055")
FNR = "urn:oid:2.16.578.1.12.4.1.4.1"
DNR = "urn:oid:2.16.578.1.12.4.1.4.2"
HER = "urn:oid:2.16.578.1.12.4.1.2"
ENH = "urn:oid:2.16.578.1.12.4.1.4.101"
HPR = "urn:oid:2.16.578.1.12.4.1.4.4"
NLK = "urn:oid:2.16.578.1.12.4.1.1.7280"
UCUM = "http://unitsofmeasure.org"
V3 = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
NILAR = "http://nhn.no/fhir/nilar/StructureDefinition/nilar-"
BUNDLE_ID = "5d7a1c52-1f0b-4a8e-8f0d-7f0f5c1e2a44"
REPORT_ID = "NL-2026-004711"
ISSUED = "2026-03-02T12:05:00+01:00"
SAMPLED = "2026-03-02T08:30:00+01:00"
PATIENT, REPORT, LAB = "urn:uuid:p", "urn:uuid:r", "urn:uuid:l"
SPECIMEN, REQUEST, GP = "urn:uuid:s", "urn:uuid:q", "urn:uuid:g"


def a_reference(address: str) -> Resource:
    return {"reference": address}


def a_concept(code: str = "", system: str = NLK, **more) -> Resource:
    """A CodeableConcept; `text` and `display` may be given."""
    display = {"display": more.pop("display")} if "display" in more else {}
    coding = {"system": system, "code": code, **display} if code else None
    return {**({"coding": [coding]} if coding else {}), **more}


def a_quantity(digits: str = "13.2", unit: str = "g/dL", **more) -> Resource:
    return {
        "value": Number(digits),
        "unit": unit,
        "system": UCUM,
        "code": unit,
        **more,
    }


def a_patient(number: str = KARI, system: str = FNR, **more) -> Resource:
    return {
        "resourceType": "Patient",
        "identifier": [{"system": system, "value": number}],
        "name": [{"family": "Prøve", "given": ["Kari"]}],
        "gender": "female",
        "birthDate": "1973-04-12",
        **more,
    }


def an_observation(address: str = "urn:uuid:o1", **fields) -> Resource:
    """Haemoglobin, final, without a value unless given."""
    return {
        "fullUrl": address,
        "resource": {
            "resourceType": "Observation",
            "status": "final",
            "code": a_concept("NPU28309", text="B-Hemoglobin"),
            "subject": a_reference(PATIENT),
            **fields,
        },
    }


def a_report(*results: Resource, **fields) -> Resource:
    return {
        "resourceType": "DiagnosticReport",
        "identifier": [{"value": REPORT_ID}],
        "status": "final",
        "code": a_concept("CLIN", "urn:oid:2.16.578.1.12.4.1.1.8202"),
        "subject": a_reference(PATIENT),
        "issued": ISSUED,
        "performer": [a_reference(LAB)],
        "specimen": [a_reference(SPECIMEN)],
        "basedOn": [a_reference(REQUEST)],
        "result": [a_reference(r["fullUrl"]) for r in results],
        **fields,
    }


def a_laboratory(**more) -> Resource:
    return {
        "resourceType": "Organization",
        "identifier": [{"system": HER, "value": "900004"}],
        "name": "Nordlab",
        **more,
    }


def a_specimen(accession: str = "S-1", **more) -> Resource:
    return {
        "resourceType": "Specimen",
        "accessionIdentifier": {"value": accession},
        "type": a_concept("B", "urn:oid:2.16.578.1.12.4.1.1.8351", display="Blod"),
        "subject": a_reference(PATIENT),
        "collection": {"collectedDateTime": SAMPLED},
        **more,
    }


def a_request(**more) -> Resource:
    return {
        "resourceType": "ServiceRequest",
        "identifier": [{"value": "LL-88121"}],
        "status": "completed",
        "intent": "order",
        "subject": a_reference(PATIENT),
        "authoredOn": "2026-03-01",
        "requester": a_reference(GP),
        **more,
    }


def a_gp(**more) -> Resource:
    return {
        "resourceType": "Practitioner",
        "identifier": [{"system": HPR, "value": "9200010"}],
        "name": [{"text": "Ola Lind"}],
        **more,
    }


def an_entry(address: str, resource: Resource) -> Resource:
    return {"fullUrl": address, "resource": resource}


def surroundings(**changed) -> list[Resource]:
    """Everything a report points at; each may be replaced, by name."""
    standing = {
        "patient": (PATIENT, a_patient()),
        "laboratory": (LAB, a_laboratory()),
        "specimen": (SPECIMEN, a_specimen()),
        "request": (REQUEST, a_request()),
        "gp": (GP, a_gp()),
    }
    return [
        an_entry(address, changed.get(name, resource))
        for name, (address, resource) in standing.items()
    ]


def a_bundle(*entries: Resource, type: str = "collection", **fields) -> Resource:
    return {
        "resourceType": "Bundle",
        "type": type,
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{BUNDLE_ID}"},
        "timestamp": "2026-03-02T12:06:00+01:00",
        "entry": list(entries),
        **fields,
    }


def a_collection(
    *results: Resource, report: Resource | None = None, more=(), **changed
) -> bytes:
    """The bytes of a report with its results and surroundings; `report` holds fields
    of the report, `more` entries beside."""
    about = an_entry(REPORT, a_report(*results, **(report or {})))
    return as_bytes(a_bundle(about, *results, *surroundings(**changed), *more))


def a_composition(**fields) -> Resource:
    return {
        "resourceType": "Composition",
        "identifier": {"value": REPORT_ID},
        "status": "final",
        "type": a_concept("11502-2", "http://loinc.org"),
        "subject": a_reference(PATIENT),
        "date": "2026-03-02T12:04:00+01:00",
        "author": [a_reference(LAB)],
        "title": "Laboratorierapport",
        "section": [],
        **fields,
    }


def a_document(
    *results: Resource, composition: Resource | None = None, report=None, **changed
) -> bytes:
    """The bytes of a document as the European laboratory guide has them."""
    first = an_entry("urn:uuid:c", a_composition(**(composition or {})))
    about = an_entry(REPORT, a_report(*results, **(report or {})))
    entries = (first, about, *results, *surroundings(**changed))
    return as_bytes(a_bundle(*entries, type="document"))


def as_bytes(bundle: Resource) -> bytes:
    return jsontext.write(copy.deepcopy(bundle))


def the_observation(**fields):
    """What becomes of one result with these fields."""
    return read_results(an_observation(**fields))[0]


def read_results(*results: Resource, **more):
    return the_report(*results, **more).observations


def the_report(*results: Resource, **more):
    message = read(a_collection(*results, **more))
    assert message.faults == ()
    return message.report


def refused(content: bytes) -> list[str]:
    """The sentences a message is refused with; it then has them and no more."""
    return [fault.text for fault in read(content).faults]
