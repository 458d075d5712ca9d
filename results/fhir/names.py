"""Canonical addresses, identifier systems and code systems of FHIR, once."""

import re

from results.vocabulary import Discipline

FHIR_JSON = "application/fhir+json"
FHIR_VERSION = "4.0.1"
# The FHIR limits that a producer sees: `fhirVersion=4.0` beside the content type.
FHIR_RELEASE = "4.0"

VOLVEN = "2.16.578.1.12.4.1.1."
NLK = f"{VOLVEN}7280"
REPORT_TYPES = f"{VOLVEN}8202"
DEVIATIONS = f"{VOLVEN}8244"
RESISTANCE = f"{VOLVEN}8271"
LOCAL_CODES = f"{VOLVEN}8212"
ERRORS = f"urn:oid:{VOLVEN}8221"

LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
NPU = "http://npu-terminology.org"
UCUM = "http://unitsofmeasure.org"
URI = "urn:ietf:rfc:3986"
V2_DIAGNOSTIC_SERVICE = "http://terminology.hl7.org/CodeSystem/v2-0074"
V2_IDENTIFIER_TYPE = "http://terminology.hl7.org/CodeSystem/v2-0203"
OBSERVATION_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
INTERPRETATIONS = frozenset(
    {
        "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation",
        "http://hl7.org/fhir/v3/ObservationInterpretation",
        "http://terminology.hl7.org/CodeSystem/v2-0078",
        "http://hl7.org/fhir/v2/0078",
    }
)

# Kinds of id as KITH names them (Volven 8116, 9051, 8327), by no-basis' systems.
_IDS = "urn:oid:2.16.578.1.12.4.1."
NATIONAL_NUMBERS = {f"{_IDS}4.1": "FNR", f"{_IDS}4.2": "DNR", f"{_IDS}4.3": "FHN"}
PARTY_IDS = {
    f"{_IDS}2": "HER",
    f"{_IDS}4.4": "HPR",
    f"{_IDS}4.101": "ENH",
    f"{_IDS}4.102": "RSH",
}

NILAR = "http://nhn.no/fhir/nilar"
# Both as NILAR's profile binds them and as a bare word, which some write.
NILAR_IDS = f"{NILAR}/CodeSystem/identifier-source-cs"

INFORMATION_RECIPIENT = "information-recipient"

# The same list has had several addresses: of the two directorates, and as an OID.
_NORWEGIAN = re.compile(
    r"https?://(?:www\.)?(?:helsedir|ehelse)\.no/fhir/CodeSystem/"
    r"(?:no-kodeverk-)?(\d{4})(?:-[a-z0-9-]+)?(?:\.html)?"
    r"|(?:urn:oid:)?2\.16\.578\.1\.12\.4\.1\.1\.(\d{4})"
)


def system_kept(system: str | None) -> str | None:
    """A Norwegian list under its plain OID, as KITH sends it; others as they came."""
    found = _NORWEGIAN.fullmatch((system or "").partition("|")[0])
    return f"{VOLVEN}{found[1] or found[2]}" if found else system


def nilar_id(system: str | None, *, kind: str) -> bool:
    """Whether an identifier's system says NILAR's `MsgId`, `ServReportId` …"""
    return system in {kind, f"{NILAR_IDS}/{kind}", f"{NILAR_IDS}#{kind}"}


def nilar_extension(name: str) -> str:
    """The address of NILAR's extension of that name: `report-date`, `comment` …"""
    return f"{NILAR}/StructureDefinition/nilar-{name}"


# What a report's code says when it only says that it is a report.
DOCUMENT_TYPES = frozenset(
    {"11502-2", "85430-7", "18748-4", "68604-8", "11526-1", "60567-5"}
)

# fmt: off
_V2 = {
    Discipline.LAB: "LAB OSL",
    Discipline.CLIN: "CH HM BG URN",
    Discipline.MBIO: "MB MCB MYC PAR VR SR",
    Discipline.IMTR: "IMM BLB",
    Discipline.FARM: "TX",
    Discipline.MGEN: "GE",
    Discipline.PAT: "SP CP CTH",
    Discipline.RAD: "RAD RX CT CUS NMR RUS OUS VUS XRC OTH",
    Discipline.NUK: "NMS",
}
_LOINC = {
    Discipline.LAB: "26436-6 11502-2",
    Discipline.CLIN: "18719-5 18723-7 18722-9 18729-4",
    Discipline.MBIO: "18725-2",
    Discipline.IMTR: "18717-9",
    Discipline.FARM: "18728-6",
    Discipline.PAT: "11526-1 11529-5 33718-8 60567-5",
    Discipline.RAD: "85430-7 18748-4 18726-0 68604-8",
}
_SNOMED = {
    Discipline.CLIN: "394596001 394916005",
    Discipline.MBIO: "408454008",
    Discipline.IMTR: "394598000 421661004 1236878008",
    Discipline.PAT: "394915009",
    Discipline.MGEN: "1236877003",
    Discipline.RAD: "394914008",
    Discipline.NUK: "394649004",
}
# fmt: on
_DISCIPLINES = {
    (system, code): discipline
    for system, table in (
        (V2_DIAGNOSTIC_SERVICE, _V2),
        (LOINC, _LOINC),
        (SNOMED, _SNOMED),
        (
            OBSERVATION_CATEGORY,
            {Discipline.LAB: "laboratory", Discipline.RAD: "imaging"},
        ),
    )
    for discipline, codes in table.items()
    for code in codes.split()
}


def discipline_of(system: str | None, code: str | None) -> Discipline | None:
    """The discipline a category or a report type stands for; None when unknown.

    Volven 8202 as in KITH; the rest after the HL7 Europe laboratory guide's study
    types and specialties.
    """
    if system_kept(system) == REPORT_TYPES:
        found = Discipline.of_report_type(code)
        is_said = found is not Discipline.OTHER or (code or "").upper() == "AN"
        return found if is_said else None
    return _DISCIPLINES.get((system or "", code or ""))
