"""Organisations come to be known: registered by an operator, or met in a message."""

import uuid

from django.db import IntegrityError, transaction
from django.db.models import F

from results.models import Organization, SourceSystem
from results.parsed import ParsedParty

_UNKNOWN_NAME = "Ukjent avsender"
_LONGEST_ID = 50


def register_organization(
    *, name: str, her_id: str | None, organization_number: str | None = None
) -> Organization:
    """The organisation with this HER-id, or else this number; made if not known.

    A new one is unconfirmed. One met first without a name gets it now.
    """
    found = _find(her_id, organization_number)
    if found is None:
        return _make(name, her_id, organization_number)
    if name and not found.name:
        found.name = name
        found.save(update_fields=["name"])
    return found


def confirm_organization(
    organization: Organization, *, is_approved: bool = False
) -> Organization:
    """Mark as confirmed by an operator; `is_approved` lets its personnel look up."""
    organization.is_confirmed = True
    organization.is_approved = organization.is_approved or is_approved
    organization.save(update_fields=["is_confirmed", "is_approved"])
    return organization


def register_source_system(
    *, name: str, client_id: str, organization_id: uuid.UUID
) -> SourceSystem:
    """The machine client that may send for this organisation."""
    system, _ = SourceSystem.objects.update_or_create(
        client_id=client_id,
        defaults={"name": name, "organization_id": organization_id, "is_active": True},
    )
    return system


def sender_of(party: ParsedParty | None, *, fallback: uuid.UUID | None) -> Organization:
    """The organisation a report comes from: the one the message names by HER-id or
    organisation number, else `fallback`, else the one kept for unknown senders."""
    her_id, number = sender_ids(party)
    if her_id or number:
        name = party.organization.name if party and party.organization else None
        return register_organization(
            name=(name or "")[:300], her_id=her_id, organization_number=number
        )
    if fallback is not None:
        return Organization.objects.get(pk=fallback)
    found = Organization.objects.filter(
        her_id__isnull=True, organization_number__isnull=True, name=_UNKNOWN_NAME
    ).first()
    return found or Organization.objects.create(name=_UNKNOWN_NAME)


def sender_ids(party: ParsedParty | None) -> tuple[str | None, str | None]:
    """HER-id and organisation number as sent, each None when absent or absurd."""
    if party is None:
        return None, None
    return _usable(party.id_of("HER")), _usable(party.id_of("ENH"))


def _usable(identifier: str | None) -> str | None:
    return identifier if identifier and len(identifier) <= _LONGEST_ID else None


def _find(her_id: str | None, number: str | None) -> Organization | None:
    if her_id:
        return Organization.objects.filter(her_id=her_id).first()
    if not number:
        return None
    # One known by the number alone comes first: whoever was found once by it is found
    # again, also after another unit with the same number has become known.
    by_number = Organization.objects.filter(organization_number=number)
    return by_number.order_by(F("her_id").asc(nulls_first=True), "id").first()


def _make(name: str, her_id: str | None, number: str | None) -> Organization:
    try:
        with transaction.atomic():
            return Organization.objects.create(
                name=name, her_id=her_id, organization_number=number
            )
    except IntegrityError:
        # Another worker met the same organisation a moment ago.
        found = _find(her_id, number)
        if found is None:
            raise
        return found
