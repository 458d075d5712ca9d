"""Signing in again changes what the provider vouches for, and nothing else."""

import datetime

import pytest

from access import operations
from access.models import RoleAssignment
from tests.results.stories import KARI

pytestmark = pytest.mark.django_db


def sign_in(**changed):
    values = {"issuer": "helseid", "subject": "ola", "name": "Ola Lind", "number": None}
    return operations.sign_in(**{**values, **changed})


def test_the_same_person_is_the_same_user():
    assert sign_in().id == sign_in(name="Ola Nyttnavn").id
    assert sign_in(issuer="idporten").id != sign_in().id


def test_nobody_has_a_password_that_works():
    user = sign_in()

    assert not user.has_usable_password()
    assert not user.check_password("")


def test_a_second_login_does_not_end_the_first():
    assert sign_in().get_session_auth_hash() == sign_in().get_session_auth_hash()


def test_an_administrator_stays_one_when_signing_in():
    operations.appoint_administrator(issuer="helseid", subject="siri", name="Siri")

    assert sign_in(subject="siri", name="Siri").is_staff


def test_ones_own_record_follows_the_number():
    assert (
        sign_in(number=KARI).patient_id == sign_in(subject="b", number=KARI).patient_id
    )
    assert sign_in().patient_id is None


def test_assigning_a_role_again_moves_its_end():
    clinic = operations.register_organization(name="Lillevik", her_id="900001")
    role = {
        "hpr_number": "9000001",
        "organization_id": clinic,
        "role_code": "LE",
        "valid_from": datetime.date(2024, 1, 1),
    }
    operations.assign_role(**role)
    operations.assign_role(**role, valid_to=datetime.date(2025, 1, 1))

    assert RoleAssignment.objects.get().valid_to == datetime.date(2025, 1, 1)


def test_a_name_that_is_not_told_leaves_the_known_one():
    """ID-porten vouches for who Kari is, and tells no name."""
    sign_in(name="Kari Prøve")

    assert sign_in(name="").name == "Kari Prøve"


def test_what_else_the_provider_no_longer_says_is_gone():
    sign_in(hpr_number="9100011")

    after = sign_in(name="Ola Nyttnavn", hpr_number="")

    assert (after.name, after.hpr_number) == ("Ola Nyttnavn", "")
