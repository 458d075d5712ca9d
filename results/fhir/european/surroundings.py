"""Around the results: whose they are, in what, and why they were asked for."""

from collections.abc import Iterator

from results import identity
from results.fhir import names
from results.fhir.european.parts import (
    ABSENT,
    PATIENT,
    REQUEST,
    Resource,
    accredited,
    address,
    concept,
    dated,
    reference,
)
from results.queries import ReportDetail, SpecimenDetail
from results.vocabulary import Sex

_SYSTEMS = {kind: system for system, kind in names.NATIONAL_NUMBERS.items()}
_IS_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


def patient(detail: ReportDetail, national_number: str) -> Resource:
    """Name and birth date are required; what is not known is said to be unknown."""
    header = detail.patient
    family, _comma, given = header.name.partition(",")
    name: Resource = {"text": " ".join(f"{given} {family}".split())}
    if given:
        name |= {"family": family.strip(), "given": given.split()}
    fields: Resource = {
        "identifier": list(_identifier(national_number)),
        "name": [name] if header.name else [_unknown()],
        "gender": "" if header.sex is Sex.UNKNOWN else header.sex.value,
    }
    born = header.birth_date
    birth = {"birthDate": born.isoformat()} if born else {"_birthDate": _unknown()}
    return {
        "resourceType": "Patient",
        **{key: value for key, value in fields.items() if value},
        **birth,
    }


def _identifier(national_number: str) -> Iterator[Resource]:
    """The kind follows from the digits; the number has been checked when it came."""
    if national_number:
        number = identity.parse(national_number, allow_test_numbers=True)
        yield {"system": _SYSTEMS[number.kind.value], "value": national_number}


def _unknown() -> Resource:
    return {"extension": [{"url": _IS_ABSENT, "valueCode": "unknown"}]}


def specimens(detail: ReportDetail) -> list[Resource]:
    """Entries of a Bundle; two that are told alike are one."""
    return [
        {"fullUrl": specimen_address(detail, s), "resource": _specimen(detail, s)}
        for s in dict.fromkeys(detail.specimens)
    ]


def specimen_address(detail: ReportDetail, specimen: SpecimenDetail) -> str:
    position = detail.specimens.index(specimen)
    return address(detail.summary.id, f"specimen-{position}")


def _specimen(detail: ReportDetail, specimen: SpecimenDetail) -> Resource:
    collection = {
        "collectedDateTime": dated(specimen.collected_at),
        "bodySite": {"text": specimen.anatomical_origin}
        if specimen.anatomical_origin
        else None,
    }
    fields = {
        "extension": accredited(specimen.is_accredited),
        "accessionIdentifier": {"value": specimen.accession}
        if specimen.accession
        else None,
        "collection": {key: value for key, value in collection.items() if value},
        "note": [{"text": text} for text in specimen.comments],
    }
    kind = {"text": specimen.type_text} if specimen.type_text else _unknown_concept()
    return {
        "resourceType": "Specimen",
        "type": kind,
        "subject": reference(detail, PATIENT),
        **{key: value for key, value in fields.items() if value},
    }


def _unknown_concept() -> Resource:
    return concept("unknown", ABSENT, "Ikke oppgitt")


def request(detail: ReportDetail) -> Resource:
    """What was asked for, by whom and why; empty when nothing is told of it."""
    asked = detail.requisition
    requester = detail.summary.requester_name
    informed = [{"text": text} for text in detail.clinical_information]
    if asked is None and not requester and not informed:
        return {}
    key = asked.requisition_id if asked else ""
    own = {"value": key} if key else _made_up(detail)
    fields = {
        "authoredOn": dated(asked.authored_at) if asked else "",
        "requester": {"display": requester} if requester else None,
        "reasonCode": [{"text": text} for text in asked.reasons] if asked else [],
        "note": [*({"text": t} for t in (asked.comments if asked else ())), *informed],
    }
    return {
        "resourceType": "ServiceRequest",
        "identifier": [own],
        "status": "completed",
        "intent": "order",
        "subject": reference(detail, PATIENT),
        **{name: value for name, value in fields.items() if value},
    }


def _made_up(detail: ReportDetail) -> Resource:
    """An identifier is required; without the requester's own it is ours."""
    return {"system": names.URI, "value": address(detail.summary.id, REQUEST)}
