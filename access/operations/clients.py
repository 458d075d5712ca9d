"""Machine clients become known, and are held to the organisations they are for."""

import uuid
from collections.abc import Collection

from django.db.models import QuerySet

from access.models import ClientSystem
from access.operations.orders import LaunchRefused
from access.vocabulary import (
    ClientKind,
    LaunchFault,
)
from results.models import Organization


def register_client_system(
    *,
    name: str,
    client_id: str,
    kind: ClientKind,
    organization_ids: Collection[uuid.UUID],
) -> uuid.UUID:
    """This client may be used by these organisations, and by no others."""
    system, _ = ClientSystem.objects.update_or_create(
        client_id=client_id, defaults={"name": name, "kind": kind, "is_active": True}
    )
    served = Organization.objects.filter(pk__in=organization_ids)
    system.organizations.set(served)
    return system.id


def is_known_ehr(client_id: str) -> bool:
    """An EHR system of this name at the provider is registered and switched on."""
    return _ehr_systems(client_id).exists()


def served_by_ehr(client_id: str, named: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the organisation numbers that the EHR system is registered for.

    `named` is what the token names, the narrowest first: a system registered for one
    serves what lies within it as well. Nothing named, nothing served. Raises
    LaunchRefused with CLIENT_UNKNOWN or CLIENT_NOT_BOUND. Two queries at most.
    """
    if not is_known_ehr(client_id):
        raise LaunchRefused(LaunchFault.CLIENT_UNKNOWN)
    if not named:
        return ()
    bound = _ehr_systems(client_id).filter(organizations__organization_number__in=named)
    numbers = bound.values_list("organizations__organization_number", flat=True)
    widest = max((named.index(number) for number in numbers), default=None)
    if widest is None:
        raise LaunchRefused(LaunchFault.CLIENT_NOT_BOUND)
    return named[: widest + 1]


def _ehr_systems(client_id: str) -> QuerySet[ClientSystem]:
    return ClientSystem.objects.filter(
        client_id=client_id, kind=ClientKind.EHR, is_active=True
    )
