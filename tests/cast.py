"""The people and organisations of every test, by name; nobody here exists.

Constants are the demonstration's own cast. The functions make them known to the
database; they are idempotent, so that a test says who takes part and no more.
"""

import datetime
import uuid

from django.conf import settings

from access import operations
from access.models import User
from access.terms import (
    Viewer,
    ViewerKind,
)
from access.vocabulary import (
    ClientKind,
)
from portal.demo import people
from portal.demo.people import (
    ARNE,
    EVA,
    FJORD_RADIOLOGI,
    FJORD_SYKEHUS,
    FJORDLAB,
    HEGE,
    INGRID,
    JONAS,
    KARI,
    LILLEVIK_KOMMUNE,
    LILLEVIK_LEGESENTER,
    MONA,
    NORA,
    NORDLAB,
    OLA,
    PER,
    SIRI,
    TOR,
)
from portal.demo.provider.clients import EHR_CLIENT_ID
from results.identity import IdentityNumber, parse

__all__ = [
    "ARNE",
    "EVA",
    "FJORDLAB",
    "FJORD_RADIOLOGI",
    "FJORD_SYKEHUS",
    "HEGE",
    "INGRID",
    "JONAS",
    "KARI",
    "LILLEVIK_KOMMUNE",
    "LILLEVIK_LEGESENTER",
    "MONA",
    "NORA",
    "NORDLAB",
    "OLA",
    "PER",
    "SIRI",
    "TOR",
    "a_laboratory_that_may_send",
    "a_record_system",
    "a_signed_in",
    "an_organization",
    "employed",
    "number_of",
    "the_viewer",
]

_EMPLOYED_FROM = datetime.date(2020, 1, 1)


def number_of(persona: people.Persona) -> IdentityNumber:
    """The persona's number, read as the portal reads it."""
    return parse(persona.number, allow_test_numbers=True)


def an_organization(organization: people.Organization) -> uuid.UUID:
    """The organisation, known and confirmed, approved for look-ups where it treats."""
    return operations.register_organization(
        name=organization.name,
        her_id=organization.her_id,
        organization_number=organization.organization_number,
        is_confirmed=True,
        is_approved=organization.is_approved,
    )


def a_laboratory_that_may_send(laboratory: people.Laboratory = NORDLAB) -> uuid.UUID:
    """The laboratory's client, registered as a source system; gives its id."""
    return operations.register_source_system(
        name=laboratory.name,
        client_id=laboratory.client_id,
        organization_id=an_organization(laboratory.organization),
    )


def a_record_system(
    *organizations: people.Organization, client_id: str = EHR_CLIENT_ID
) -> uuid.UUID:
    """The EHR system, registered for these organisations alone; gives its id."""
    return operations.register_client_system(
        name="Lillevik EPJ",
        client_id=client_id,
        kind=ClientKind.EHR,
        organization_ids=[an_organization(one) for one in organizations],
    )


def employed(persona: people.Persona) -> uuid.UUID:
    """The persona acts in their role for their organisation; gives its id."""
    organization_id = an_organization(_employer(persona))
    operations.assign_role(
        hpr_number=persona.hpr_number,
        organization_id=organization_id,
        role_code=persona.role_code,
        valid_from=_EMPLOYED_FROM,
    )
    return organization_id


def a_signed_in(persona: people.Persona) -> User:
    """The persona's login, with what the provider vouches for."""
    return operations.sign_in(
        issuer=settings.OIDC_PROVIDERS[persona.issuer]["issuer"],
        subject=persona.subject,
        name=persona.name,
        number=number_of(persona),
        hpr_number=persona.hpr_number,
    )


def the_viewer(persona: people.Persona) -> Viewer:
    """The persona, signed in and (if personnel) employed, ready to look."""
    user = a_signed_in(persona)
    session_id = operations.begin_session(
        user.id, provider=persona.issuer, security_level=persona.security_level
    )
    kind = ViewerKind.CITIZEN if persona.is_citizen else ViewerKind.PRACTITIONER
    organization_id = employed(persona) if persona.hpr_number else None
    return Viewer(
        kind=kind,
        user_id=user.id,
        name=persona.name,
        hpr_number=persona.hpr_number,
        role_code=persona.role_code,
        organization_id=organization_id,
        organization_name=_employer(persona).name if organization_id else "",
        patient_id=user.patient_id,
        security_level=persona.security_level,
        session_id=session_id,
    )


def _employer(persona: people.Persona) -> people.Organization:
    return next(
        organization
        for organization in people.ORGANIZATIONS
        if organization.organization_number == persona.organization_number
    )
