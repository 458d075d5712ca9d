"""Judges an attestation by the rules of Tillitsrammeverk 1.1, without asking anybody.

The rules (ATT-1 to ATT-58) that a receiver can check are checked here, each fault under
its rule's number. What no machine can judge is for review: whether the role is the one
nearest the treatment (31), the department discloses a diagnosis (22), or the care is
not direct (40). That the normal rules were set aside (41) is held against the ground
the look is made on; whether they had to be is for review. Signing and encryption (2, 3)
are the token's and the store's; a block (5) is held against the HPR number that 29
checks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from access.authentication.attestation_model import (
    DETAILS,
    DNR,
    FNR,
    GLOBAL_SYSTEM,
    HNR,
    HPR,
    HPR_CATEGORY,
    IN_AN_EMERGENCY,
    ORGANIZATION_NUMBER,
    OVERRIDE,
    PURPOSE,
    PURPOSES,
    RESH,
    SERVICES,
    code_of,
    object_at,
    organization_number_of,
    value_at,
)
from results.identity import IdentityNumber

SECONDS_VALID = 60 * 60
_LEEWAY_SECONDS = 5
_REQUIRED_LEVEL = 4
# Which rule an attribute that is missing breaks. The sources disagree on which must be
# there, so a service says it itself (`Known.required`).
_MISSING = {
    "practitioner.identifier": "ATT-10",
    "practitioner.identifier.name": "ATT-8",
    "practitioner.hpr_nr": "ATT-29",
    "practitioner.authorization": "ATT-31",
    "practitioner.legal_entity": "ATT-15",
    "practitioner.point_of_care": "ATT-18",
    "practitioner.department": "ATT-21",
    "care_relationship.healthcare_service": "ATT-37",
    "care_relationship.purpose_of_use": "ATT-38",
    "care_relationship.decision_ref": "ATT-46",
    "care_relationship.decision_ref.description": "ATT-48",
    "patients": "ATT-49",
    "toa": "ATT-58",
}
# As the data model 1.1 has it; names are HelseID's to add.
REQUIRED = frozenset(
    {
        "practitioner.identifier",
        "practitioner.legal_entity",
        "practitioner.point_of_care",
        "care_relationship.purpose_of_use",
        "care_relationship.decision_ref",
        "patients",
        "toa",
    }
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Which rule is broken and where; never the value, which may be a number."""

    rule: str
    path: str

    @property
    def error(self) -> str:
        """The code a caller gets; one of them has a name of its own."""
        is_expired = self.rule == "ATT-58" and self.path == "toa"
        return "attestation_has_expired" if is_expired else self.rule


@dataclass(frozen=True, slots=True)
class Known:
    """What we know ourselves, to hold the attestation against; `at` is now, in Unix
    seconds. None and empty mean that we do not know, and so cannot object; nor do we
    know the ground that is neither for an emergency nor routine."""

    number: IdentityNumber
    security_level: int
    at: float
    hpr_number: str = ""
    role_codes: frozenset[str] | None = None
    legal_entity: str = ""
    approved_entities: frozenset[str] | None = None
    patient: IdentityNumber | None = None
    is_emergency: bool = False
    is_routine: bool = False
    required: frozenset[str] = field(default=REQUIRED)


def faults_in(attestation: Mapping[str, Any], known: Known) -> tuple[Fault, ...]:
    """Every rule the attestation breaks, in the order of the data model; none if it is
    good. The same for the same arguments, always."""
    checks = (
        _absent(attestation, known),
        _person(attestation, known),
        _register(attestation, known),
        _organizations(attestation, known),
        _department(attestation, "practitioner.department"),
        _care(attestation, known),
        _decision(attestation),
        _patients(attestation, known),
        _moment(attestation, known),
    )
    return tuple(fault for check in checks for fault in check)


def _absent(attestation: Mapping[str, Any], known: Known) -> Iterator[Fault]:
    for path, rule in _MISSING.items():
        if path in known.required and value_at(attestation, path) in (None, "", {}):
            yield Fault(rule, path)


def _person(attestation: Mapping[str, Any], known: Known) -> Iterator[Fault]:
    path = "practitioner.identifier"
    if known.security_level < _REQUIRED_LEVEL:
        yield Fault("ATT-9", path)
    identifier = object_at(attestation, path)
    if not identifier:
        return
    if identifier.get("system") not in (FNR, DNR):
        yield Fault("ATT-10", path)
    if identifier.get("id") != known.number.digits:
        yield Fault("ATT-11", path)
    name = identifier.get("name", "")
    # A citizen is shown the name, and must never be shown the number.
    if not isinstance(name, str) or known.number.digits in name:
        yield Fault("ATT-8", f"{path}.name")


def _register(attestation: Mapping[str, Any], known: Known) -> Iterator[Fault]:
    """The register of health personnel: the number, and the role that is used."""
    path = "practitioner.hpr_nr"
    if attested := object_at(attestation, path):
        if not known.hpr_number:
            yield Fault("ATT-30", path)
        elif (attested.get("system"), attested.get("id")) != (HPR, known.hpr_number):
            yield Fault("ATT-29", path)
    path = "practitioner.authorization"
    sent = value_at(attestation, path)
    if isinstance(sent, list):
        yield Fault("ATT-31", path)
    elif sent is not None:
        code = code_of(object_at(attestation, path), {HPR_CATEGORY})
        is_held = known.role_codes is None or code in known.role_codes
        if code is None or not is_held:
            yield Fault("ATT-32", path)


def _organizations(attestation: Mapping[str, Any], known: Known) -> Iterator[Fault]:
    path = "practitioner.legal_entity"
    if value_at(attestation, path) is not None:
        number = organization_number_of(object_at(attestation, path))
        if number is None or known.legal_entity not in ("", number):
            yield Fault("ATT-15", path)
        elif not _is_approved(number, known):
            yield Fault("ATT-12", path)
    path = "practitioner.point_of_care"
    place = organization_number_of(object_at(attestation, path))
    if value_at(attestation, path) is not None and place is None:
        yield Fault("ATT-19", path)


def _is_approved(number: str, known: Known) -> bool:
    """Member of the health network, with terms and agreement in order."""
    return known.approved_entities is None or number in known.approved_entities


def _department(attestation: Mapping[str, Any], path: str) -> Iterator[Fault]:
    """RESH, or an own name under an organisation's number and a lasting system."""
    if value_at(attestation, path) is None:
        return
    department = object_at(attestation, path)
    system, own_id = department.get("system"), department.get("id")
    is_named = isinstance(own_id, str) and bool(own_id.strip())
    if system == RESH:
        is_good = isinstance(own_id, str) and own_id.isdecimal()
    else:
        authority = department.get("authority")
        is_owned = isinstance(authority, str) and bool(
            ORGANIZATION_NUMBER.fullmatch(authority.rpartition(":")[2])
        )
        is_lasting = isinstance(system, str) and bool(GLOBAL_SYSTEM.fullmatch(system))
        is_good = is_named and is_owned and is_lasting
    if not is_good:
        yield Fault("ATT-28", path)
    if "name" in department and not department["name"]:
        yield Fault("ATT-22", f"{path}.name")


def _care(attestation: Mapping[str, Any], known: Known) -> Iterator[Fault]:
    path = "care_relationship.healthcare_service"
    service = value_at(attestation, path)
    if service is not None and code_of(object_at(attestation, path), SERVICES) is None:
        yield Fault("ATT-37", path)
    path = "care_relationship.purpose_of_use"
    if value_at(attestation, path) is not None:
        purpose = code_of(object_at(attestation, path), {PURPOSE})
        if purpose not in PURPOSES:
            yield Fault("ATT-38", path)
        elif known.is_emergency and purpose not in IN_AN_EMERGENCY:
            yield Fault("ATT-39", path)
        elif known.is_routine and purpose == OVERRIDE:
            yield Fault("ATT-41", path)
    path = "care_relationship.purpose_of_use_details"
    details = value_at(attestation, path)
    if details is None and service is None:
        yield Fault("ATT-43", path)
    if details is not None and code_of(object_at(attestation, path), DETAILS) is None:
        yield Fault("ATT-43", path)


def _decision(attestation: Mapping[str, Any]) -> Iterator[Fault]:
    path = "care_relationship.decision_ref"
    if value_at(attestation, path) is None:
        return
    reference = object_at(attestation, path)
    own_id = reference.get("id")
    if not isinstance(own_id, str) or not own_id.strip():
        yield Fault("ATT-46", f"{path}.id")
    if not isinstance(reference.get("user_selected"), bool):
        yield Fault("ATT-47", f"{path}.user_selected")
    if not isinstance(reference.get("description", ""), str):
        yield Fault("ATT-48", f"{path}.description")


def _patients(attestation: Mapping[str, Any], known: Known) -> Iterator[Fault]:
    patients = attestation.get("patients")
    if patients is None:
        return
    if not isinstance(patients, list):
        yield Fault("ATT-49", "patients")
        return
    numbers = []
    for patient in patients:
        identifier = object_at(
            patient if isinstance(patient, dict) else {}, "identifier"
        )
        numbers.append(identifier.get("id"))
        yield from _patient(patient, identifier)
    if known.patient and patients and known.patient.digits not in numbers:
        yield Fault("ATT-4", "patients")
    if known.patient and not patients and "patients.identifier" in known.required:
        yield Fault("ATT-6", "patients")


def _patient(patient: object, identifier: Mapping[str, Any]) -> Iterator[Fault]:
    if identifier.get("system") not in (FNR, DNR, HNR):
        yield Fault("ATT-50", "patients.identifier")
    held = patient if isinstance(patient, dict) else {}
    place = held.get("point_of_care")
    if (
        place is not None
        and organization_number_of(object_at(held, "point_of_care")) is None
    ):
        yield Fault("ATT-51", "patients.point_of_care")
    if any(_department(held, "department")):
        yield Fault("ATT-52", "patients.department")


def _moment(attestation: Mapping[str, Any], known: Known) -> Iterator[Fault]:
    attested_at = attestation.get("toa")
    if attested_at is None:
        return
    if not isinstance(attested_at, int) or isinstance(attested_at, bool):
        yield Fault("ATT-58", "toa.form")
        return
    age = known.at - attested_at
    if age < -_LEEWAY_SECONDS:
        yield Fault("ATT-58", "toa.future")
    elif age > SECONDS_VALID:
        yield Fault("ATT-58", "toa")
