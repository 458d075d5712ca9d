"""The data model of Tillitsrammeverk 1.1: code systems, names, and how it is read."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

VOLVEN = "urn:oid:2.16.578.1.12.4.1"
FNR, DNR, HNR = (f"{VOLVEN}.4.{n}" for n in (1, 2, 3))
HPR, ENTITY, RESH = (f"{VOLVEN}.4.{n}" for n in (4, 101, 102))
HPR_CATEGORY = f"{VOLVEN}.1.9060"
PURPOSE = "urn:oid:2.16.840.1.113883.1.11.20448"
PURPOSES = frozenset({"TREAT", "ETREAT", "COC", "BTG"})
OVERRIDE = "BTG"
IN_AN_EMERGENCY = frozenset({"ETREAT", OVERRIDE})
# 8627 is left out: it has expired.
SERVICES = frozenset(
    f"{VOLVEN}.1.{n}" for n in (8655, 8451, 8668, 8663, 8662, 8664, 8666, 7750, 8254)
)
DETAILS = frozenset(
    {"urn:AuditEventHL7Norway/CodeSystem/carerelation", f"{VOLVEN}.1.9151"}
)
ORGANIZATION_NUMBER = re.compile(r"[0-9]{9}")
GLOBAL_SYSTEM = re.compile(r"(urn:(oid|uuid):|https://)\S+")
_IDENTIFIER = ("id", "name", "system", "authority")
_CODE = ("code", "text", "system", "assigner")
_KEYS: Mapping[str, tuple[str, ...]] = {
    "": ("type", "practitioner", "care_relationship", "patients", "toa"),
    "practitioner": (
        "identifier",
        "hpr_nr",
        "authorization",
        "legal_entity",
        "point_of_care",
        "department",
    ),
    "practitioner.identifier": _IDENTIFIER,
    "practitioner.hpr_nr": _IDENTIFIER,
    "practitioner.authorization": _CODE,
    "practitioner.legal_entity": _IDENTIFIER,
    "practitioner.point_of_care": _IDENTIFIER,
    "practitioner.department": _IDENTIFIER,
    "care_relationship": (
        "healthcare_service",
        "purpose_of_use",
        "purpose_of_use_details",
        "decision_ref",
    ),
    "care_relationship.healthcare_service": _CODE,
    "care_relationship.purpose_of_use": _CODE,
    "care_relationship.purpose_of_use_details": _CODE,
    "care_relationship.decision_ref": ("id", "user_selected", "description"),
}


def unknown_keys(attestation: Mapping[str, Any]) -> tuple[str, ...]:
    """Names that are not in the data model, for the log: older spellings, mistakes."""
    return tuple(
        f"{path}.{name}".lstrip(".")
        for path, names in _KEYS.items()
        for name in object_at(attestation, path)
        if name not in names
    )


def value_at(attestation: Mapping[str, Any], path: str) -> object:
    found: object = attestation
    for name in filter(None, path.split(".")):
        found = found.get(name) if isinstance(found, dict) else None
    return found


def object_at(attestation: Mapping[str, Any], path: str) -> Mapping[str, Any]:
    """What is at the path, or an empty object when that is none."""
    found = value_at(attestation, path)
    return found if isinstance(found, dict) else {}


def code_of(coded: Mapping[str, Any], systems: Iterable[str]) -> str | None:
    code, system = coded.get("code"), coded.get("system")
    if not isinstance(code, str) or not isinstance(system, str):
        return None
    return code if code and system in systems else None


def organization_number_of(identifier: Mapping[str, Any]) -> str | None:
    number = identifier.get("id")
    if identifier.get("system") != ENTITY or not isinstance(number, str):
        return None
    return number if ORGANIZATION_NUMBER.fullmatch(number) else None
