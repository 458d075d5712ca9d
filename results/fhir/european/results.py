"""Results as Observations, each once, groups before what they gather."""

import re
from collections.abc import Iterator

from results.fhir import names
from results.fhir.european.parts import (
    ABSENT,
    ORGANIZATION,
    PATIENT,
    V3_INTERPRETATION,
    Resource,
    accredited,
    concept,
    dated,
    plain,
    reference,
    system_of,
)
from results.fhir.european.surroundings import specimen_address
from results.fhir.jsontext import Number
from results.fhir.read.values import COMPARATORS
from results.queries import ObservationDetail, ReportDetail
from results.vocabulary import ObservationStatus, Susceptibility, ValueKind

# A number JSON can hold; «007» and «+4» are none, and are told as text.
_JSON_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)
_TAKEN_BACK = (ObservationStatus.CANCELLED, ObservationStatus.ENTERED_IN_ERROR)
_NOT_REPEATED = "Ikke gjentatt i siste versjon av svaret."


def observations(detail: ReportDetail) -> tuple[Resource, ...]:
    """Entries of a Bundle, in the report's order."""
    return tuple(_entries(detail, detail.observations))


def _entries(
    detail: ReportDetail, items: tuple[ObservationDetail, ...]
) -> Iterator[Resource]:
    for item in items:
        yield {"fullUrl": _address(item), "resource": _observation(detail, item)}
        yield from _entries(detail, item.members)


def _address(item: ObservationDetail) -> str:
    return f"urn:uuid:{item.id}"


def _observation(detail: ReportDetail, item: ObservationDetail) -> Resource:
    effective = item.effective_at or detail.summary.effective_at
    fields = {
        "extension": accredited(item.is_accredited),
        "identifier": [{"value": item.item_id}] if item.item_id else [],
        "effectiveDateTime": dated(effective),
        "interpretation": list(_interpretation(item)),
        "note": [{"text": text} for text in _notes(item)],
        "specimen": _specimen(detail, item),
        "referenceRange": [{"text": t} for t in item.reference_ranges if t.strip()],
        "hasMember": [{"reference": _address(m)} for m in item.members],
    }
    return {
        "resourceType": "Observation",
        "status": item.status.value,
        "category": [concept("laboratory", names.OBSERVATION_CATEGORY)],
        "code": _code(item),
        "subject": reference(detail, PATIENT),
        "performer": [reference(detail, ORGANIZATION)],
        **{name: value for name, value in fields.items() if value},
        **_answer(item),
    }


def _specimen(detail: ReportDetail, item: ObservationDetail) -> Resource | None:
    """R4 has room for one; a result of several names the first."""
    for specimen in detail.specimens:
        if specimen.accession in item.specimen_accessions:
            return {"reference": specimen_address(detail, specimen)}
    return None


def _code(item: ObservationDetail) -> Resource:
    """The code as sent, and under NPU's own system where the code is one of theirs."""
    words = item.name or item.heading or "Svar"
    found = concept(item.code, system_of(item.code_system), text=words)
    is_npu = item.code_system == names.NLK and item.code.startswith("NPU")
    if is_npu:
        found["coding"].append({"system": names.NPU, "code": item.code})
    return found


def _interpretation(item: ObservationDetail) -> Iterator[Resource]:
    if item.status in _TAKEN_BACK:
        return
    if item.interpretation:
        yield concept(item.interpretation.value, V3_INTERPRETATION)
    if item.susceptibility:
        is_v3 = item.susceptibility is not Susceptibility.SEE_COMMENT
        system = V3_INTERPRETATION if is_v3 else system_of(names.RESISTANCE)
        yield concept(item.susceptibility.value, system)


def _notes(item: ObservationDetail) -> Iterator[str]:
    yield from item.comments
    yield from (f"Diagnose: {text}" for text in item.diagnoses)
    yield from (f"{label}: {value}" for label, value in item.structured)
    if item.is_not_repeated:
        yield _NOT_REPEATED


def _answer(item: ObservationDetail) -> Resource:
    """`value[x]`; why there is none for a result that neither answers nor gathers."""
    found = {} if item.status in _TAKEN_BACK else _value(item)
    is_silent = not (found or item.members or item.susceptibility)
    if is_silent or item.status in _TAKEN_BACK:
        code = "error" if item.status in _TAKEN_BACK else "unknown"
        return {"dataAbsentReason": concept(code, ABSENT)}
    return found


def _value(item: ObservationDetail) -> Resource:
    if item.kind is ValueKind.QUANTITY:
        number = _quantity(item.digits, item)
        words = f"{item.comparator} {item.digits} {item.unit}".strip()
        return {"valueQuantity": number} if number else {"valueString": words}
    if item.kind is ValueKind.INTERVAL:
        return _interval(item)
    if item.kind is ValueKind.DATE and item.date:
        return {"valueDateTime": dated(item.date)}
    if item.kind is ValueKind.CODED and not item.text:
        words = ", ".join(item.coded_texts)
        is_letter_alone = item.susceptibility and words == item.susceptibility.value
        return {"valueCodeableConcept": {"text": words}} if not is_letter_alone else {}
    text = plain(item)
    return {"valueString": text} if text else {}


def _interval(item: ObservationDetail) -> Resource:
    low, high = (_quantity(d, item) for d in (item.digits, item.interval_high))
    is_told = (low or not item.digits) and (high or not item.interval_high)
    if not is_told:
        words = f"{item.digits} - {item.interval_high} {item.unit}".strip()
        return {"valueString": words}
    bounds = {name: one for name, one in (("low", low), ("high", high)) if one}
    return {"valueRange": bounds} if bounds else {}


def _quantity(digits: str, item: ObservationDetail) -> Resource:
    """Empty where FHIR cannot hold it: no number, or a comparator it does not know."""
    written = digits.strip().replace(",", ".")
    is_number = _JSON_NUMBER.fullmatch(written)
    if not is_number or (item.comparator and item.comparator not in COMPARATORS):
        return {}
    found: Resource = {"value": Number(written)}
    if item.comparator:
        found["comparator"] = item.comparator
    return {**found, "unit": item.unit} if item.unit else found
