"""What the record system may not open, refused with a code and a plain sentence."""

import pytest

from access.models import Launch, RoleAssignment, User
from tests.cast import (
    ARNE,
    FJORD_SYKEHUS,
    HEGE,
    KARI,
    LILLEVIK_LEGESENTER,
    OLA,
    an_organization,
)
from tests.ehr.record_system import claims_about
from tests.ehr.refusals import ATTESTATION, HPR_CATEGORY, assert_refused
from tests.ehr.tokens import attestation_of

pytestmark = pytest.mark.django_db

ORGANIZATION = "helseid://claims/client/claims/orgnr_parent"
POINT_OF_CARE = "helseid://claims/client/claims/orgnr_child"
HPR_NUMBER = "helseid://claims/hpr/hpr_number"
LEVEL = "helseid://claims/identity/security_level"


BAD_BODIES = {
    "without a challenge": ({"ehr_code_challenge": None}, "CHALLENGE"),
    "with a short challenge": ({"ehr_code_challenge": "x" * 42}, "CHALLENGE"),
    "with a plain challenge": ({"ehr_code_challenge": "æ" * 43}, "CHALLENGE"),
    "with a number as challenge": ({"ehr_code_challenge": 7}, "CHALLENGE"),
    "without claims": ({"claims": None}, "PATIENT"),
    "with a list of claims": ({"claims": []}, "PATIENT"),
}
BAD_CLAIMS = {
    "without a patient": ({"patient_identifier": None}, "PATIENT"),
    "with a patient of no system": ({"patient_identifier": {"id": "1"}}, "PATIENT"),
    "without a role": ({"practitioner_authorization": None}, "ROLE"),
    "with a role of another table": (
        {"practitioner_authorization": {"code": "LE", "system": "urn:oid:1"}},
        "ROLE",
    ),
    "without a basis": ({"access_basis": None}, "BASIS"),
    "with a list as basis": ({"access_basis": ["SAMTYKKE"]}, "BASIS"),
}


@pytest.mark.parametrize(("body", "code"), BAD_BODIES.values(), ids=BAD_BODIES)
def test_a_body(olas, body, code):
    assert_refused(olas.create(KARI, **body), 400, code)


@pytest.mark.parametrize(("claims", "code"), BAD_CLAIMS.values(), ids=BAD_CLAIMS)
def test_a_claim(olas, claims, code):
    answer = olas.create(KARI, claims={**claims_about(KARI), **claims})

    assert_refused(answer, 400, code)


@pytest.mark.parametrize("basis", ["", "samtykke", "FORHOYET_AKUTT", "SEGSELV"])
def test_a_basis_record_systems_do_not_give(olas, basis):
    claims = claims_about(KARI, basis=basis)

    assert_refused(olas.create(KARI, claims=claims), 400, "BASIS")


def test_a_number_with_wrong_check_digits(olas):
    claims = claims_about(KARI)
    last = (int(KARI.number[-1]) + 1) % 10
    claims["patient_identifier"]["id"] = f"{KARI.number[:-1]}{last}"

    assert_refused(olas.create(KARI, claims=claims), 400, "PATIENT")


@pytest.mark.parametrize("content", [[], "x", 7, None])
def test_a_body_that_is_no_object(olas, content):
    answer = olas.send(
        "http://localhost:8000/api/session/create",
        {
            "X-SOURCE-SYSTEM": "EPJ",
            **olas.credentials("POST", "http://localhost:8000/api/session/create"),
        },
        content,
    )

    assert answer.status_code == 400


@pytest.mark.parametrize("name", ["", "ab", "  a  ", "x" * 513])
def test_a_record_system_that_does_not_say_who_it_is(olas, name):
    olas.source_system = name

    assert_refused(olas.create(KARI), 400, "SOURCE_SYSTEM")


@pytest.mark.parametrize("name", ["abc", "x" * 512])
def test_a_name_just_long_or_short_enough(olas, name):
    olas.source_system = name

    assert olas.create(KARI).status_code == 200


def working_at(organization):
    """What token and attestation say of where Ola works."""
    number = organization.organization_number
    entity = {"id": number, "system": "urn:oid:2.16.578.1.12.4.1.4.101"}
    attested = attestation_of(OLA, practitioner={"legal_entity": entity})
    return {ORGANIZATION: number, ATTESTATION: attested}


def test_the_organization_is_not_the_one_that_was_attested(olas, changed):
    elsewhere = {ORGANIZATION: FJORD_SYKEHUS.organization_number}

    assert_refused(changed(olas, OLA, changed=elsewhere).create(KARI), 403, "ATT-15")


def test_the_organization_is_another(olas, changed):
    """Ola works at Lillevik legesenter, and his token says Fjord sykehus."""
    elsewhere = working_at(FJORD_SYKEHUS)
    an_organization(FJORD_SYKEHUS)

    answer = changed(olas, OLA, changed=elsewhere).create(KARI)

    assert_refused(answer, 403, "ORG_NOT_YOURS")


def test_the_organization_is_none(olas, changed):
    answer = changed(olas, OLA, changed={ORGANIZATION: None}).create(KARI)

    assert_refused(answer, 403, "ORG_NOT_YOURS")


def test_the_point_of_care_will_do_where_the_legal_entity_is_not_known(olas, changed):
    place = working_at(FJORD_SYKEHUS)
    place[POINT_OF_CARE] = LILLEVIK_LEGESENTER.organization_number

    assert changed(olas, OLA, changed=place).create(KARI).status_code == 200


def test_the_organization_is_not_approved(olas):
    role = RoleAssignment.objects.select_related("organization").get()
    role.organization.is_approved = False
    role.organization.save()

    assert_refused(olas.create(KARI), 403, "ORG_NOT_APPROVED")


def test_the_role_is_one_ola_does_not_hold(olas, changed):
    as_nurse = {"authorization": {"code": "SP", "system": HPR_CATEGORY}}
    claims = {ATTESTATION: attestation_of(OLA, practitioner=as_nurse)}

    answer = changed(olas, OLA, changed=claims).create(KARI, role="SP")

    assert_refused(answer, 403, "ROLE_NOT_HELD")


def test_a_role_that_has_ended(olas):
    RoleAssignment.objects.update(valid_to="2021-01-01")

    assert_refused(olas.create(KARI), 403, "ORG_NOT_YOURS")


def test_ola_is_shut_out(olas):
    olas.create(KARI)
    Launch.objects.all().delete()
    User.objects.update(is_active=False)

    assert_refused(olas.create(KARI), 403, "USER_DISABLED")


def test_someone_who_is_not_in_the_register_of_personnel(olas, changed):
    answer = changed(olas, OLA, changed={HPR_NUMBER: None}).create(KARI)

    assert_refused(answer, 403, "HPR_MISSING")


@pytest.mark.parametrize("level", ["3", "2", "", None, "Level4"])
def test_a_level_that_is_too_low(olas, changed, level):
    answer = changed(olas, OLA, changed={LEVEL: level}).create(KARI)

    assert_refused(answer, 403, "insufficient_user_authentication")


@pytest.mark.parametrize("missing", ["innlogging", "tillitsrammeverk"])
def test_a_scope_that_is_missing(olas, changed, missing):
    scopes = {"innlogging", "tillitsrammeverk"} - {missing}
    scope = " ".join(f"nhn:kjernejournal/{name}" for name in scopes)

    answer = changed(olas, OLA, scope=scope).create(KARI)

    assert_refused(answer, 403, "insufficient_scope")
    assert f'scope="nhn:kjernejournal/{missing}"' in answer["WWW-Authenticate"]


@pytest.mark.parametrize("audience", ["provesvar:api", "nhn:pps", None])
def test_a_token_for_something_else(olas, changed, audience):
    answer = changed(olas, OLA, changed={"aud": audience}).create(KARI)

    assert_refused(answer, 401, "invalid_token")


def test_a_token_stolen_without_its_key(olas, changed):
    bearer = changed(olas, OLA, is_bound=False)

    assert_refused(bearer.create(KARI), 401, "invalid_token")


@pytest.mark.parametrize("persona", [HEGE, ARNE], ids=["hege", "arne"])
def test_a_role_that_may_not_open_is_refused_by_the_door(
    at_the_office, browser, persona
):
    """The record system asks for what the person holds; the decision is the door's."""
    office = at_the_office(persona)
    assert office.create(KARI, role=persona.role_code).status_code == 200

    answer = browser.post(
        "/hentpasient.html",
        {"code": office.code, "ehr_code_verifier": office.verifier},
    )

    assert answer.status_code == 403
    assert "Finn en annen pasient" not in answer.content.decode()
