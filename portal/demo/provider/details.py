"""What a client asks to have put into a token: an organisation, an attestation."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from access.authentication import (
    ATTESTATION_CLAIM,
    CLAIM_ORGANIZATION,
    CLAIM_POINT_OF_CARE,
)
from portal.demo.people import ORGANIZATIONS, Persona
from portal.demo.provider.exchange import OAuthError

_ORGANIZATION_TYPE = "helseid_authorization"
_BOTH_NUMBERS = "urn:oid:1.0.6523"
_SIGNED_THE_TERMS = frozenset(o.organization_number for o in ORGANIZATIONS)
_FNR, _HPR = "urn:oid:2.16.578.1.12.4.1.4.1", "urn:oid:2.16.578.1.12.4.1.4.4"


@dataclass(frozen=True, slots=True)
class Details:
    """`are_terms_signed` is False for an organisation that may not be acted for: the
    token is then given all the same, without the scopes that were asked."""

    claims: Mapping[str, Any] = field(default_factory=dict)
    are_terms_signed: bool = True


def read_details(sent: Iterable[Mapping[str, Any]], persona: Persona | None) -> Details:
    """Raises OAuthError for what cannot be read."""
    claims: dict[str, Any] = {}
    are_terms_signed = True
    for detail in sent:
        kind = detail.get("type")
        if kind == _ORGANIZATION_TYPE:
            legal_entity, point_of_care = _numbers_in(detail)
            claims[CLAIM_ORGANIZATION] = legal_entity
            if point_of_care:
                claims[CLAIM_POINT_OF_CARE] = point_of_care
            are_terms_signed = legal_entity in _SIGNED_THE_TERMS
        elif kind == ATTESTATION_CLAIM and persona:
            claims[ATTESTATION_CLAIM] = _attested(detail, persona)
        else:
            raise OAuthError("invalid_authorization_details", "Unknown type.")
    return Details(claims, are_terms_signed)


def _numbers_in(detail: Mapping[str, Any]) -> tuple[str, str]:
    try:
        identifier = detail["practitioner_role"]["organization"]["identifier"]
        system, value = identifier["system"], identifier["value"]
        country, kind, legal_entity, point_of_care = value.split(":")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise OAuthError("invalid_authorization_details", "No organisation.") from error
    if (system, country, kind) != (_BOTH_NUMBERS, "NO", "ORGNR"):
        raise OAuthError("invalid_authorization_details", "No organisation.")
    return legal_entity, point_of_care


def _attested(detail: Mapping[str, Any], persona: Persona) -> dict[str, Any]:
    """As sent, with what HelseID itself knows: who it is, and when."""
    attested = {k: v for k, v in detail.items() if k != "type"}
    sent = attested.get("practitioner")
    practitioner = dict(sent) if isinstance(sent, dict) else {}
    practitioner["identifier"] = {
        "id": persona.number,
        "system": _FNR,
        "name": persona.name,
        "authority": "https://www.skatteetaten.no",
    }
    if persona.hpr_number:
        practitioner["hpr_nr"] = {
            "id": persona.hpr_number,
            "system": _HPR,
            "authority": "https://www.helsedirektoratet.no/",
        }
    return {**attested, "practitioner": practitioner, "toa": int(time.time())}
