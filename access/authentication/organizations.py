"""The organisation somebody acts for: told to HelseID, and read back from its token."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from access.authentication.claims import (
    CLAIM_ORGANIZATION,
    CLAIM_POINT_OF_CARE,
    claimed_text,
)
from access.authentication.providers import Provider

_TYPE = "helseid_authorization"
# Several tenants: «NO:ORGNR:legal entity:point of care»; one: the latter alone.
_BOTH_NUMBERS = "urn:oid:1.0.6523"
_ONE_NUMBER = "urn:oid:2.16.578.1.12.4.1.4.101"


@dataclass(frozen=True, slots=True)
class ActingFor:
    """Organisation numbers: the legal entity, and the place of treatment below it,
    empty where there is none."""

    legal_entity: str
    point_of_care: str = ""


def organization_details(provider: Provider, acting_for: ActingFor) -> dict[str, Any]:
    """What goes into `assertion_details` (HelseID, «Organisasjonsnumre»)."""
    point_of_care = acting_for.point_of_care
    if provider.tenancy == "single":
        identifier = {"system": _ONE_NUMBER, "value": point_of_care}
    else:
        value = f"NO:ORGNR:{acting_for.legal_entity}:{point_of_care}"
        identifier = {"system": _BOTH_NUMBERS, "value": value}
    return {
        "type": _TYPE,
        "practitioner_role": {
            "organization": {"identifier": {**identifier, "type": "ENH"}}
        },
    }


def organization_in(claims: Mapping[str, Any]) -> ActingFor:
    """What HelseID vouches for: only this counts, whatever we asked."""
    return ActingFor(
        legal_entity=claimed_text(claims, CLAIM_ORGANIZATION),
        point_of_care=claimed_text(claims, CLAIM_POINT_OF_CARE),
    )
