"""An attestation that breaks a rule of the trust framework opens nothing."""

import time

import pytest

from access.authentication.attestation_model import PURPOSE
from tests.cast import INGRID, KARI, OLA, PER
from tests.ehr.record_system import claims_about
from tests.ehr.refusals import ATTESTATION, HPR_CATEGORY, assert_refused
from tests.ehr.tokens import attestation_of, identifier_of

pytestmark = pytest.mark.django_db


def attested(**members):
    return {ATTESTATION: attestation_of(OLA, **members)}


def about(persona):
    return [{"identifier": identifier_of(persona)}]


BAD_ATTESTATIONS = {
    "none": ({ATTESTATION: None}, "ATTESTATION_MISSING"),
    "a text": ({ATTESTATION: "x"}, "ATTESTATION_MISSING"),
    "empty": ({ATTESTATION: {}}, "ATT-10"),
    "of somebody else": (
        attested(practitioner={"identifier": identifier_of(INGRID)}),
        "ATT-11",
    ),
    "in another role": (
        attested(
            practitioner={"authorization": {"code": "SP", "system": HPR_CATEGORY}}
        ),
        "ATT-32",
    ),
    "of another patient": (attested(patients=about(PER)), "ATT-4"),
    "of no patients at all": (attested(patients=7), "ATT-49"),
    "of no purpose": (attested(care_relationship={"purpose_of_use": None}), "ATT-38"),
    "too old": (attested(toa=int(time.time()) - 3602), "attestation_has_expired"),
    "of tomorrow": (attested(toa=int(time.time()) + 86400), "ATT-58"),
    "of no time": (attested(toa="now"), "ATT-58"),
}


@pytest.mark.parametrize(
    ("claims", "code"), BAD_ATTESTATIONS.values(), ids=BAD_ATTESTATIONS
)
def test_an_attestation(olas, changed, claims, code):
    assert_refused(changed(olas, OLA, changed=claims).create(KARI), 403, code)


def test_an_emergency_is_attested_as_one(olas):
    emergency = claims_about(KARI, basis="AKUTT")

    assert_refused(olas.create(KARI, claims=emergency), 403, "ATT-39")


@pytest.mark.parametrize("basis", ["SAMTYKKE", "UNNTAK"])
def test_rules_are_set_aside_in_an_emergency_alone(olas, changed, basis):
    claims = claims_about(KARI, basis=basis)
    purpose = {"purpose_of_use": {"code": "BTG", "system": PURPOSE}}
    ordered = changed(olas, OLA, changed=attested(care_relationship=purpose))

    assert_refused(ordered.create(KARI, claims=claims), 403, "ATT-41")


def test_all_that_is_wrong_is_named_and_nothing_repeated(olas, changed):
    wrong = attested(toa="now", patients=about(PER))

    message = changed(olas, OLA, changed=wrong).create(KARI).json()["message"]

    assert "ATT-4 (patients)" in message
    assert "ATT-58 (toa.form)" in message
    assert PER.number not in message


@pytest.mark.parametrize(
    "members",
    [
        {"patients": about(KARI)},
        {"practitioner": {"authorization": None}},
        {"practitioner": {"auhtorization": {"code": "LE"}}},
        {"care_relationship": {"purpose_of_use_details": None}},
    ],
)
def test_an_attestation_that_says_more_or_less_will_do(olas, changed, members):
    answer = changed(olas, OLA, changed=attested(**members)).create(KARI)

    assert answer.status_code == 200


def test_what_is_demanded_is_for_the_service_to_say(olas, changed, settings):
    settings.LAUNCH_ATTRIBUTES = ["practitioner.department"]

    assert_refused(olas.create(KARI), 403, "ATT-21")


def test_a_refresh_is_attested_anew(olas, changed):
    olas.create(KARI)
    stale = changed(olas, OLA, changed=attested(toa=int(time.time()) - 3602))

    assert stale.refresh().json()["error"] == "attestation_has_expired"
