"""Does the person act in a role that may look up results?"""

import uuid

import pytest

from access.permissions import Permission
from access.rules import role
from access.terms import AccessBasis, Action, PurposeOfUse, Reason
from tests.access.situations import (
    a_grant,
    a_request,
    a_role,
    facts,
    kari,
    ola,
    opening,
)


def reason(request, given) -> Reason | None:
    verdict = role.judge(request, given)
    return verdict.reason if verdict else None


def test_a_person_outside_the_register_of_personnel_is_refused():
    request = a_request(viewer=ola(hpr_number=""))

    assert reason(request, facts()) is Reason.HPR_MISSING


def test_a_doctor_without_a_workplace_is_refused():
    request = a_request(viewer=ola(organization_id=None))

    assert reason(request, facts()) is Reason.ORG_MISSING


def test_a_workplace_that_is_not_approved_opens_nothing():
    assert reason(a_request(), facts(is_organization_approved=False)) is (
        Reason.ORG_NOT_APPROVED
    )


@pytest.mark.parametrize("held", [None, a_role(permissions=frozenset())])
def test_a_role_without_a_row_in_the_policy_is_refused(held):
    assert reason(a_request(), facts(role=held)) is Reason.ROLE_NOT_PERMITTED


def test_a_role_that_may_not_use_emergency_is_refused_it():
    held = a_role(permissions=frozenset({Permission.OPEN_REPORTS}))
    request = opening(basis=AccessBasis.EMERGENCY, purpose=PurposeOfUse.ETREAT)

    assert reason(request, facts(role=held)) is Reason.BASIS_NOT_ALLOWED


def test_the_ambulance_opens_in_emergencies_alone():
    held = a_role(role_code="AA", only_in_emergency=True)
    emergency = opening(basis=AccessBasis.EMERGENCY, purpose=PurposeOfUse.ETREAT)

    assert reason(opening(), facts(role=held)) is Reason.BASIS_NOT_ALLOWED
    assert reason(emergency, facts(role=held)) is None


def test_a_routine_need_does_not_become_an_emergency_for_the_ambulance():
    held = a_role(role_code="AA", only_in_emergency=True)
    given = facts(role=held, grant=a_grant(basis=AccessBasis.CONSENT))

    assert reason(a_request(), given) is Reason.BASIS_NOT_ALLOWED


def test_a_doctor_in_an_approved_practice_is_not_stopped():
    assert reason(a_request(), facts()) is None


def test_citizens_need_no_role():
    assert reason(a_request(viewer=kari()), facts(role=None)) is None


def test_an_elevated_basis_is_for_roles_that_may():
    nurse = a_role(permissions=frozenset(Permission) - {Permission.ELEVATE})
    request = opening(basis=AccessBasis.ELEVATED_CONSENT)

    assert reason(request, facts(role=nurse)) is Reason.BASIS_NOT_ALLOWED
    assert reason(request, facts()) is None


def test_a_discipline_may_be_closed_to_a_role():
    """Radiology is not for this role, by a row of its own; what else there is, is."""
    role = a_role(by_category={"RAD": frozenset()})
    request = a_request(action=Action.OPEN_REPORT, report_id=uuid.UUID(int=9))

    radiology = reason(request, facts(role=role, report_category="RAD"))
    assert radiology is Reason.DISCIPLINE_NOT_PERMITTED
    assert reason(request, facts(role=role, report_category="CLIN")) is None
