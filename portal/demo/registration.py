"""Makes the cast's organisations, senders, roles and administrator known."""

import datetime
import uuid

from django.conf import settings

from access import operations
from access.vocabulary import (
    ClientKind,
)
from portal.demo import people
from portal.demo.families import register_families
from portal.demo.provider.clients import EHR_CLIENT_ID

# Long before the first report, so that nobody's role is in question.
_SINCE = datetime.date(2015, 1, 1)


def register_everyone() -> None:
    """Everything an operator would register by hand; may be run again."""
    ids = {
        organization.organization_number: register(organization)
        for organization in people.ORGANIZATIONS
    }
    for laboratory in people.LABORATORIES:
        operations.register_source_system(
            name=laboratory.name,
            client_id=laboratory.client_id,
            organization_id=ids[laboratory.organization.organization_number],
        )
    _register_record_system(ids)
    for persona in people.PERSONAS:
        _register_persona(persona, ids)
    register_families()


def register(organization: people.Organization) -> uuid.UUID:
    """The organisation as an operator would have entered it; gives its key."""
    return operations.register_organization(
        name=organization.name,
        her_id=organization.her_id,
        organization_number=organization.organization_number,
        is_confirmed=True,
        is_approved=organization.is_approved,
    )


def _register_record_system(ids: dict[str, uuid.UUID]) -> None:
    """The one EHR system of the cast, used wherever patients are treated."""
    operations.register_client_system(
        name="Lillevik EPJ",
        client_id=EHR_CLIENT_ID,
        kind=ClientKind.EHR,
        organization_ids=[
            ids[organization.organization_number]
            for organization in people.ORGANIZATIONS
            if organization.is_approved
        ],
    )


def _register_persona(persona: people.Persona, ids: dict[str, uuid.UUID]) -> None:
    if persona.is_administrator:
        operations.appoint_administrator(
            issuer=settings.OIDC_PROVIDERS[persona.issuer]["issuer"],
            subject=persona.subject,
            name=persona.name,
        )
        return
    own = (
        [(persona.organization_number, persona.role_code)] if persona.role_code else []
    )
    others = [(place.organization_number, role) for place, role in persona.other_roles]
    for number, role_code in own + others:
        operations.assign_role(
            hpr_number=persona.hpr_number,
            organization_id=ids[number],
            role_code=role_code,
            valid_from=_SINCE,
        )
