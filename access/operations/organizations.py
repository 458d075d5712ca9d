"""Organisations and their machine clients become known."""

import uuid

from results import operations as stored


def register_organization(
    *,
    name: str,
    her_id: str | None,
    organization_number: str | None = None,
    is_confirmed: bool = False,
    is_approved: bool = False,
) -> uuid.UUID:
    """Make an organisation known; approved ones may have personnel that look up."""
    organization = stored.register_organization(
        name=name, her_id=her_id, organization_number=organization_number
    )
    if is_confirmed or is_approved:
        stored.confirm_organization(organization, is_approved=is_approved)
    return organization.id


def register_source_system(
    *, name: str, client_id: str, organization_id: uuid.UUID
) -> uuid.UUID:
    """Let this machine client send for this organisation."""
    system = stored.register_source_system(
        name=name, client_id=client_id, organization_id=organization_id
    )
    return system.id
