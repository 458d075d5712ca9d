"""What an operator would register by hand, for the cast."""

import pytest

from access.models import ClientSystem, RoleAssignment, User
from portal.demo import people
from portal.demo.registration import register_everyone
from results.ingestion.receive import channel_of, receive
from results.models import Organization, SourceSystem
from results.vocabulary import MessageOutcome
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registered():
    register_everyone()


def test_only_those_who_treat_are_approved():
    approved = Organization.objects.filter(is_approved=True)

    assert {organization.name for organization in approved} == {
        "Lillevik legesenter",
        "Fjord sykehus",
        "Lillevik kommune",
    }


def test_each_laboratory_may_send_for_itself():
    senders = SourceSystem.objects.values_list("client_id", "organization__her_id")

    assert set(senders) == {
        (laboratory.client_id, laboratory.organization.her_id)
        for laboratory in people.LABORATORIES
    }


def test_the_record_system_may_open_wherever_patients_are_treated():
    systems = ClientSystem.objects.values_list(
        "client_id", "kind", "organizations__name"
    )

    assert set(systems) == {
        ("lillevik-epj", "ehr", name)
        for name in ("Lillevik legesenter", "Fjord sykehus", "Lillevik kommune")
    }


def test_personnel_have_their_role_and_the_administrator_has_none():
    roles = RoleAssignment.objects.values_list("hpr_number", "role_code")

    assert set(roles) == {
        (persona.hpr_number, persona.role_code)
        for persona in people.PERSONAS
        if persona.role_code
    }
    siri = User.objects.get(subject=people.SIRI.subject)
    assert siri.is_staff
    assert not siri.hpr_number


def test_eva_has_a_role_in_each_of_two_places():
    roles = RoleAssignment.objects.filter(hpr_number=people.EVA.hpr_number)

    assert set(roles.values_list("organization__name", "role_code")) == {
        ("Lillevik legesenter", "LE"),
        ("Fjord sykehus", "LE"),
    }


def test_registering_again_changes_nothing():
    def counts():
        return [
            model.objects.count()
            for model in (
                Organization,
                SourceSystem,
                ClientSystem,
                RoleAssignment,
                User,
            )
        ]

    before = counts()

    register_everyone()

    assert counts() == before


def test_a_registered_laboratory_is_let_in():
    channel = channel_of(people.NORDLAB.client_id)

    received = receive(builders.a_message(), channel=channel)

    assert received.is_new
    assert received.outcome is MessageOutcome.RECEIVED
