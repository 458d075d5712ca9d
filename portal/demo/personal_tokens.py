"""Access tokens for the cast's personnel, as HelseID would give their EHR system.

The EHR system's own side is here too: its key, the proof of it, and what it attests.
"""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from access.authentication import (
    ATTESTATION_CLAIM,
    CLAIM_HPR_NUMBER,
    CLAIM_NUMBER,
    CLAIM_ORGANIZATION,
    CLAIM_SECURITY_LEVEL,
    public_key_of,
    thumbprint,
)
from portal.demo.people import ORGANIZATIONS, Persona
from portal.demo.provider.clients import machine_key
from portal.demo.provider.machine import dpop_proof
from portal.demo.provider.minting import Mint

EHR_CLIENT = "lillevik-epj"
LAUNCH_SCOPES = "nhn:kjernejournal/innlogging nhn:kjernejournal/tillitsrammeverk"
TOKEN_SECONDS = 600
_ACCESS_TOKEN = "at+jwt"  # noqa: S105 - a type, not a secret
_LEGAL_ENTITY = "urn:oid:2.16.578.1.12.4.1.4.101"
_HPR_CATEGORY = "urn:oid:2.16.578.1.12.4.1.1.9060"
_PURPOSE = "urn:oid:2.16.840.1.113883.1.11.20448"


@dataclass(frozen=True, slots=True)
class PersonalToken:
    """A token for one person's calls through one EHR system. `changed` claims replace
    those that would be true; None leaves one out."""

    persona: Persona
    mint: Mint = field(repr=False)
    scope: str = LAUNCH_SCOPES
    client_id: str = EHR_CLIENT
    is_bound: bool = True
    changed: Mapping[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        """The token, signed by the local provider."""
        claims = {**self._claims(), **self.changed}
        told = {name: value for name, value in claims.items() if value is not None}
        return self.mint.sign(told, token_type=_ACCESS_TOKEN)

    def headers(self, method: str, url: str) -> dict[str, str]:
        """`Authorization` and `DPoP` for one call; without the latter when the token
        is bound to no key."""
        token = self.text()
        if not self.is_bound:
            return {"Authorization": f"Bearer {token}"}
        pem = machine_key(self.client_id)
        proof = dpop_proof(pem, method=method, url=url, access_token=token)
        return {"Authorization": f"DPoP {token}", "DPoP": proof}

    def _claims(self) -> dict[str, Any]:
        now = int(time.time())
        key = public_key_of(machine_key(self.client_id))
        return {
            "iss": self.mint.issuer,
            "aud": _audience_of(self.scope),
            "sub": self.persona.subject,
            "client_id": self.client_id,
            "scope": self.scope,
            "iat": now,
            "nbf": now,
            "exp": now + TOKEN_SECONDS,
            "jti": secrets.token_urlsafe(18),
            "cnf": {"jkt": thumbprint(key)} if self.is_bound else None,
            "name": self.persona.name,
            CLAIM_NUMBER: self.persona.number,
            CLAIM_SECURITY_LEVEL: str(self.persona.security_level),
            CLAIM_HPR_NUMBER: self.persona.hpr_number or None,
            CLAIM_ORGANIZATION: self.persona.organization_number or None,
            ATTESTATION_CLAIM: attestation_of(self.persona, attested_at=now),
        }


def attestation_of(persona: Persona, *, attested_at: int) -> dict[str, Any]:
    """What the EHR system attests, with what HelseID adds (Tillitsrammeverk 1.1)."""
    name = next(
        organization.name
        for organization in ORGANIZATIONS
        if organization.organization_number == persona.organization_number
    )
    entity = {
        "id": persona.organization_number,
        "name": name,
        "system": _LEGAL_ENTITY,
        "authority": "https://www.brreg.no",
    }
    return {
        "type": ATTESTATION_CLAIM,
        "practitioner": {
            "identifier": {"id": persona.number, "name": persona.name},
            "authorization": {"code": persona.role_code, "system": _HPR_CATEGORY},
            "legal_entity": entity,
            "point_of_care": entity,
        },
        "care_relationship": {
            "purpose_of_use": {"code": "TREAT", "system": _PURPOSE},
            "decision_ref": {"id": secrets.token_urlsafe(9), "user_selected": True},
        },
        "patients": [],
        "toa": attested_at,
    }


def _audience_of(scope: str) -> str:
    is_launch = scope.startswith(settings.LAUNCH_AUDIENCE)
    return settings.LAUNCH_AUDIENCE if is_launch else settings.API_AUDIENCE
