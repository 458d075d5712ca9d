"""Access tokens for personnel, as HelseID gives them to an EHR system, bent at will."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from access.authentication import (
    ATTESTATION_CLAIM,
    CLAIM_HPR_NUMBER,
    CLAIM_NUMBER,
    CLAIM_ORGANIZATION,
    CLAIM_SECURITY_LEVEL,
    dpop_proof,
    public_key_of,
    thumbprint,
)
from portal.demo.attesting import attested_for
from portal.demo.people import Persona
from portal.demo.provider.clients import EHR_CLIENT_ID, EHR_SCOPES, machine_key
from portal.demo.provider.minting import Mint

TOKEN_SECONDS = 600
_VOLVEN = "urn:oid:2.16.578.1.12.4.1"


@dataclass(frozen=True, slots=True)
class PersonalToken:
    """A token for one person's calls through one EHR system. `changed` claims replace
    those that would be true; None leaves one out."""

    persona: Persona
    mint: Mint = field(repr=False)
    scope: str = " ".join(EHR_SCOPES)
    client_id: str = EHR_CLIENT_ID
    is_bound: bool = True
    changed: Mapping[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        claims = {**self._claims(), **self.changed}
        told = {name: value for name, value in claims.items() if value is not None}
        return self.mint.sign(told, token_type="at+jwt")

    def headers(self, method: str, url: str) -> dict[str, str]:
        """For one call; a bearer token when it is bound to no key."""
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
            "aud": "nhn:kjernejournal",
            "sub": self.persona.subject,
            "client_id": self.client_id,
            "scope": self.scope,
            "iat": now,
            "nbf": now,
            "exp": now + TOKEN_SECONDS,
            "jti": f"{now}",
            "cnf": {"jkt": thumbprint(key)} if self.is_bound else None,
            "name": self.persona.name,
            CLAIM_NUMBER: self.persona.number,
            CLAIM_SECURITY_LEVEL: str(self.persona.security_level),
            CLAIM_HPR_NUMBER: self.persona.hpr_number or None,
            CLAIM_ORGANIZATION: self.persona.organization_number or None,
            ATTESTATION_CLAIM: attestation_of(self.persona),
        }


def identifier_of(persona: Persona) -> dict[str, str]:
    return {"id": persona.number, "name": persona.name, "system": f"{_VOLVEN}.4.1"}


def attestation_of(persona: Persona, **members) -> dict[str, Any]:
    """What the EHR system attests, with what HelseID adds; `members` replace, and
    those of `practitioner` and `care_relationship` are laid over what is there."""
    attested = attested_for(persona)
    attested["practitioner"]["identifier"] = identifier_of(persona)
    attested["toa"] = int(time.time())
    for name, value in members.items():
        is_laid_over = isinstance(value, dict) and isinstance(attested.get(name), dict)
        attested[name] = {**attested[name], **value} if is_laid_over else value
    return attested
