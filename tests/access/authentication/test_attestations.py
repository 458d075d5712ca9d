"""Ola's EHR system attests why he opens Kari; each rule, and the way to break it."""

import copy
import json

import pytest

from access.authentication import Fault, Known, faults_in, unknown_keys
from access.authentication.attestations import REQUIRED
from tests.cast import INGRID, KARI, OLA, PER, number_of

NOON = 1_772_449_200
OID = "urn:oid:2.16.578.1.12.4.1"
LILLEVIK, FJORD = "310000019", "310000027"
ENTITY = {"id": LILLEVIK, "system": f"{OID}.4.101", "name": "Lillevik legesenter"}
KARI_LISTED = {"identifier": {"id": KARI.number, "system": f"{OID}.4.1"}}
GOOD = {
    "type": "nhn:tillitsrammeverk:parameters",
    "practitioner": {
        "identifier": {
            "id": OLA.number,
            "system": f"{OID}.4.1",
            "name": "Ola Lind",
            "authority": "https://www.skatteetaten.no",
        },
        "hpr_nr": {"id": OLA.hpr_number, "system": f"{OID}.4.4"},
        "authorization": {"code": "LE", "system": f"{OID}.1.9060"},
        "legal_entity": ENTITY,
        "point_of_care": ENTITY,
        "department": {"id": "4208723", "system": f"{OID}.4.102", "name": "Legevakt"},
    },
    "care_relationship": {
        "healthcare_service": {"code": "KX17", "system": f"{OID}.1.8663"},
        "purpose_of_use": {
            "code": "TREAT",
            "system": "urn:oid:2.16.840.1.113883.1.11.20448",
        },
        "purpose_of_use_details": {
            "code": "BEHANDLER",
            "system": "urn:AuditEventHL7Norway/CodeSystem/carerelation",
        },
        "decision_ref": {"id": "7f3a", "user_selected": True, "description": "Time"},
    },
    "patients": [KARI_LISTED],
    "toa": NOON - 60,
}
KNOWN = {
    "number": number_of(OLA),
    "security_level": 4,
    "at": NOON,
    "hpr_number": OLA.hpr_number,
    "role_codes": frozenset({"LE"}),
    "legal_entity": LILLEVIK,
    "approved_entities": frozenset({LILLEVIK}),
    "patient": number_of(KARI),
}


def bent(path: str, value: object) -> dict:
    """The good attestation with this at the path, or (...) nothing there."""
    changed = json.loads(json.dumps(GOOD))
    *way, last = path.split(".")
    place = changed
    for name in way:
        place = place[int(name)] if isinstance(place, list) else place[name]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return changed


def rules(attestation, **known) -> list[str]:
    return [fault.rule for fault in faults_in(attestation, Known(**{**KNOWN, **known}))]


def test_a_good_attestation_breaks_nothing():
    assert faults_in(GOOD, Known(**KNOWN)) == ()
    assert unknown_keys(GOOD) == ()


PRACTITIONER, CARE = "practitioner", "care_relationship"
BROKEN = [
    ("ATT-4", "patients", [{"identifier": {"id": PER.number, "system": f"{OID}.4.1"}}]),
    ("ATT-8", f"{PRACTITIONER}.identifier.name", f"Ola {OLA.number}"),
    ("ATT-8", f"{PRACTITIONER}.identifier.name", 7),
    ("ATT-10", f"{PRACTITIONER}.identifier.system", f"{OID}.4.3"),
    ("ATT-10", f"{PRACTITIONER}.identifier.system", [f"{OID}.4.1"]),
    ("ATT-10", f"{PRACTITIONER}.identifier", ...),
    ("ATT-11", f"{PRACTITIONER}.identifier.id", INGRID.number),
    ("ATT-11", f"{PRACTITIONER}.identifier.id", ...),
    ("ATT-15", f"{PRACTITIONER}.legal_entity.id", FJORD),
    ("ATT-15", f"{PRACTITIONER}.legal_entity", ...),
    ("ATT-15", f"{PRACTITIONER}.legal_entity.id", "31000001"),
    ("ATT-15", f"{PRACTITIONER}.legal_entity.id", 310000019),
    ("ATT-15", f"{PRACTITIONER}.legal_entity.system", f"{OID}.4.102"),
    ("ATT-18", f"{PRACTITIONER}.point_of_care", ...),
    ("ATT-19", f"{PRACTITIONER}.point_of_care.id", "Lillevik"),
    ("ATT-19", f"{PRACTITIONER}.point_of_care", "310000019"),
    ("ATT-22", f"{PRACTITIONER}.department.name", ""),
    ("ATT-28", f"{PRACTITIONER}.department.system", "our own"),
    ("ATT-28", f"{PRACTITIONER}.department.id", "Legevakt"),
    ("ATT-28", f"{PRACTITIONER}.department.id", ""),
    ("ATT-28", f"{PRACTITIONER}.department", "4208723"),
    ("ATT-29", f"{PRACTITIONER}.hpr_nr.id", INGRID.hpr_number),
    ("ATT-29", f"{PRACTITIONER}.hpr_nr.system", f"{OID}.4.1"),
    ("ATT-31", f"{PRACTITIONER}.authorization", [{"code": "LE"}, {"code": "SP"}]),
    ("ATT-32", f"{PRACTITIONER}.authorization.code", "SP"),
    ("ATT-32", f"{PRACTITIONER}.authorization.system", f"{OID}.1.7704"),
    ("ATT-32", f"{PRACTITIONER}.authorization", "LE"),
    ("ATT-37", f"{CARE}.healthcare_service.system", f"{OID}.1.8627"),
    ("ATT-37", f"{CARE}.healthcare_service.code", ""),
    ("ATT-38", f"{CARE}.purpose_of_use", ...),
    ("ATT-38", f"{CARE}.purpose_of_use.code", "MARKETING"),
    ("ATT-38", f"{CARE}.purpose_of_use.system", f"{OID}.1.9060"),
    ("ATT-43", f"{CARE}.purpose_of_use_details.system", f"{OID}.1.9060"),
    ("ATT-46", f"{CARE}.decision_ref", ...),
    ("ATT-46", f"{CARE}.decision_ref.id", " "),
    ("ATT-46", f"{CARE}.decision_ref.id", 7),
    ("ATT-47", f"{CARE}.decision_ref.user_selected", "true"),
    ("ATT-47", f"{CARE}.decision_ref.user_selected", ...),
    ("ATT-48", f"{CARE}.decision_ref.description", ["Time"]),
    ("ATT-49", "patients", ...),
    ("ATT-49", "patients", {"0": KARI_LISTED}),
    ("ATT-50", "patients.0.identifier.system", f"{OID}.4.9"),
    ("ATT-51", "patients", [{**KARI_LISTED, "point_of_care": {"id": "x"}}]),
    ("ATT-52", "patients", [{**KARI_LISTED, "department": {"id": "x"}}]),
    ("ATT-58", "toa", ...),
    ("ATT-58", "toa", NOON - 3601),
    ("ATT-58", "toa", NOON + 6),
    ("ATT-58", "toa", str(NOON)),
    ("ATT-58", "toa", True),
]


@pytest.mark.parametrize(
    ("rule", "path", "value"),
    BROKEN,
    ids=[f"{rule}-{path}-{n}" for n, (rule, path, _value) in enumerate(BROKEN)],
)
def test_a_broken_rule_is_named_with_its_place_and_no_value(rule, path, value):
    faults = faults_in(bent(path, value), Known(**KNOWN))

    assert [fault.rule for fault in faults] == [rule]
    assert faults[0].path.startswith(path.split(".0")[0].rsplit(".", 1)[0])
    assert OLA.number not in repr(faults)


KNOWN_OTHERWISE = [
    ("ATT-9", {"security_level": 3}),
    ("ATT-12", {"approved_entities": frozenset()}),
    ("ATT-15", {"legal_entity": FJORD, "approved_entities": None}),
    ("ATT-30", {"hpr_number": ""}),
    ("ATT-32", {"role_codes": frozenset({"SP"})}),
    ("ATT-32", {"role_codes": frozenset()}),
    ("ATT-39", {"is_emergency": True}),
    ("ATT-4", {"patient": number_of(PER)}),
    ("ATT-58", {"at": NOON + 3541}),
]


@pytest.mark.parametrize(
    ("rule", "known"), KNOWN_OTHERWISE, ids=[r for r, _known in KNOWN_OTHERWISE]
)
def test_what_we_know_better_counts(rule, known):
    assert rules(GOOD, **known) == [rule]


@pytest.mark.parametrize("purpose", ["ETREAT", "BTG"])
def test_an_emergency_is_attested_as_one(purpose):
    attestation = bent(f"{CARE}.purpose_of_use.code", purpose)

    assert rules(attestation, is_emergency=True) == []


def test_rules_are_not_set_aside_on_a_ground_that_keeps_them():
    attestation = bent(f"{CARE}.purpose_of_use.code", "BTG")

    assert rules(attestation, is_routine=True) == ["ATT-41"]
    assert rules(attestation) == rules(GOOD, is_routine=True) == []


def test_an_hour_is_the_longest_and_a_clock_may_be_a_little_off():
    assert rules(bent("toa", NOON - 3600)) == []
    assert rules(bent("toa", NOON + 5)) == []


def test_either_the_service_or_the_details_say_what_it_is_about():
    no_service = bent(f"{CARE}.healthcare_service", ...)
    no_details = bent(f"{CARE}.purpose_of_use_details", ...)
    neither = copy.deepcopy(no_service)
    del neither[CARE]["purpose_of_use_details"]

    assert rules(no_service) == rules(no_details) == []
    assert rules(neither) == ["ATT-43"]


def test_what_is_not_there_and_need_not_be():
    for path in (
        f"{PRACTITIONER}.department",
        f"{PRACTITIONER}.hpr_nr",
        f"{PRACTITIONER}.authorization",
        f"{CARE}.decision_ref.description",
        f"{PRACTITIONER}.identifier.name",
    ):
        assert rules(bent(path, ...)) == []


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        (f"{PRACTITIONER}.identifier.name", "ATT-8"),
        (f"{PRACTITIONER}.hpr_nr", "ATT-29"),
        (f"{PRACTITIONER}.authorization", "ATT-31"),
        (f"{PRACTITIONER}.department", "ATT-21"),
        (f"{CARE}.healthcare_service", "ATT-37"),
        (f"{CARE}.decision_ref.description", "ATT-48"),
    ],
)
def test_a_service_says_itself_what_must_be_there(path, rule):
    assert rules(bent(path, ...), required=REQUIRED | {path}) == [rule]


def test_a_list_of_patients_may_be_empty_unless_the_service_says_otherwise():
    nobody = bent("patients", [])

    assert rules(nobody) == []
    required = REQUIRED | {"patients.identifier"}
    assert rules(nobody, required=required) == ["ATT-6"]
    assert rules(nobody, required=required, patient=None) == []


def test_a_department_may_have_its_organisations_own_name():
    own = {"id": "3B", "system": "urn:uuid:1-2", "authority": f"urn:oid:x:{LILLEVIK}"}

    assert rules(bent(f"{PRACTITIONER}.department", own)) == []
    for name, value in (("authority", "Lillevik"), ("system", "3B"), ("id", None)):
        assert rules(bent(f"{PRACTITIONER}.department", {**own, name: value})) == [
            "ATT-28"
        ]


@pytest.mark.parametrize("nothing", [{}, {"practitioner": []}, {"practitioner": "Ola"}])
def test_nothing_breaks_all_that_is_required(nothing):
    assert set(rules(nothing)) == {
        "ATT-10",
        "ATT-15",
        "ATT-18",
        "ATT-38",
        "ATT-43",
        "ATT-46",
        "ATT-49",
        "ATT-58",
    }


def test_an_old_attestation_has_an_error_of_its_own():
    assert Fault("ATT-58", "toa").error == "attestation_has_expired"
    assert Fault("ATT-58", "toa.future").error == "ATT-58"
    assert Fault("ATT-11", "practitioner.identifier").error == "ATT-11"


def test_old_spellings_are_not_guessed_at_but_named():
    odd = json.loads(json.dumps(GOOD).replace("authorization", "auhtorization"))
    odd["care_relation"] = odd.pop("care_relationship")
    odd["practitioner"]["identifier"]["tracing_ref"] = "x"

    assert set(unknown_keys(odd)) == {
        "care_relation",
        "practitioner.auhtorization",
        "practitioner.identifier.tracing_ref",
    }
