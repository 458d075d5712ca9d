"""In which role, for which organisation, a session acts: only what the person holds."""

import datetime
import uuid

import pytest
from django.utils import timezone

from access import lookup, operations
from access.models import CareRelationship, RoleAssignment
from access.sessions import workplaces_of
from access.terms import Reason
from tests.access.logins import begin, viewer_in
from tests.access.situations import NEED
from tests.cast import (
    FJORD_SYKEHUS,
    INGRID,
    KARI,
    OLA,
    SIRI,
    an_organization,
    employed,
    number_of,
)

pytestmark = pytest.mark.django_db


def works_also(organization, *, role="LE", **dates) -> uuid.UUID:
    return operations.assign_role(
        hpr_number=OLA.hpr_number,
        organization_id=an_organization(organization),
        role_code=role,
        valid_from=dates.pop("valid_from", datetime.date(2021, 1, 1)),
        **dates,
    )


@pytest.fixture
def session_id():
    """Ola's session at Lillevik legesenter, where alone he works."""
    employed(OLA)
    return begin()


def test_who_has_one_workplace_has_it_from_the_start(session_id):
    viewer = viewer_in(session_id)

    assert (viewer.role_code, viewer.organization_name) == ("LE", "Lillevik legesenter")
    assert [w.is_current for w in workplaces_of(viewer)] == [True]


def test_who_has_several_has_none_until_one_is_chosen():
    employed(OLA)
    at_the_hospital = works_also(FJORD_SYKEHUS)
    session_id = begin()
    assert viewer_in(session_id).organization_id is None

    assert operations.choose_workplace(viewer_in(session_id), at_the_hospital)

    assert viewer_in(session_id).organization_name == "Fjord sykehus"


def test_the_one_chosen_last_is_the_usual_one():
    employed(OLA)
    at_the_hospital = works_also(FJORD_SYKEHUS)
    operations.choose_workplace(viewer_in(begin()), at_the_hospital)

    later = workplaces_of(viewer_in(begin()))

    assert [(w.organization_name, w.is_usual, w.is_current) for w in later] == [
        ("Fjord sykehus", True, False),
        ("Lillevik legesenter", False, False),
    ]


def test_only_roles_of_today_are_offered(session_id):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    works_also(FJORD_SYKEHUS, valid_from=tomorrow)
    works_also(FJORD_SYKEHUS, role="SP", valid_to=timezone.localdate())

    names = [w.organization_name for w in workplaces_of(viewer_in(session_id))]

    assert names == ["Lillevik legesenter"]


def test_changing_workplace_closes_the_patient(session_id):
    kari = lookup.open_patient(
        viewer_in(session_id), number=number_of(KARI).digits, **NEED
    ).value.patient_id
    other = works_also(FJORD_SYKEHUS)

    operations.choose_workplace(viewer_in(session_id), other)

    assert CareRelationship.objects.get().ended_at is not None
    there = lookup.list_reports(viewer_in(session_id), patient_id=kari)
    assert there.verdict.reason is Reason.BASIS_REQUIRED


def test_nobody_chooses_a_role_they_do_not_hold_today(session_id):
    ingrids = RoleAssignment.objects.get(pk=_role_of(INGRID)).pk
    past = works_also(FJORD_SYKEHUS, valid_to=timezone.localdate())
    viewer = viewer_in(session_id)

    for role in (ingrids, past, uuid.UUID(int=1)):
        assert not operations.choose_workplace(viewer, role)
    assert not operations.choose_workplace(viewer_in(begin(SIRI), SIRI), ingrids)
    assert viewer_in(session_id).organization_name == "Lillevik legesenter"


def _role_of(persona) -> uuid.UUID:
    employed(persona)
    return RoleAssignment.objects.get(hpr_number=persona.hpr_number).pk
