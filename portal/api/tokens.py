"""What a verified access token says: which client calls, and on whose behalf."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from access.authentication import (
    ATTESTATION_CLAIM,
    CLAIM_HPR_NUMBER,
    CLAIM_ORGANIZATION,
    CLAIM_POINT_OF_CARE,
    CLAIM_SECURITY_LEVEL,
    claimed_level,
    claimed_number,
    claimed_text,
)
from results.identity import IdentityNumber, InvalidIdentityNumber


class UnreadableToken(Exception):
    """A claim has another shape than it must have; the text names the claim."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who the client acts for. `security_level` is 2 to 4, or 0 when none was told;
    `hpr_number` is empty for who is not in the register of health personnel."""

    subject: str
    number: IdentityNumber
    name: str
    hpr_number: str
    security_level: int


@dataclass(frozen=True, slots=True)
class ClientToken:
    """Which client calls, and what its token allows.

    `person` is None when a machine calls for itself. `expires_at` is in Unix seconds.
    `attestation` is the trust framework's object as it was sent, not yet judged.
    `is_token_hashed` tells whether the proof held a hash of the token.
    """

    client_id: str
    scopes: frozenset[str]
    issuer: str
    organization_number: str = ""
    point_of_care_number: str = ""
    person: Person | None = None
    expires_at: int = 0
    attestation: Mapping[str, Any] | None = field(default=None, repr=False)
    is_token_hashed: bool = True


def read_token(claims: Mapping[str, Any], *, is_token_hashed: bool) -> ClientToken:
    """Raises UnreadableToken."""
    client_id, scope = claims["client_id"], claims["scope"]
    if not (isinstance(client_id, str) and client_id and isinstance(scope, str)):
        raise UnreadableToken("client_id or scope")
    attestation = claims.get(ATTESTATION_CLAIM)
    return ClientToken(
        client_id=client_id,
        scopes=frozenset(scope.split()),
        issuer=claims["iss"],
        organization_number=claimed_text(claims, CLAIM_ORGANIZATION),
        point_of_care_number=claimed_text(claims, CLAIM_POINT_OF_CARE),
        person=_person(claims),
        expires_at=int(claims["exp"]),
        attestation=attestation if isinstance(attestation, dict) else None,
        is_token_hashed=is_token_hashed,
    )


def _person(claims: Mapping[str, Any]) -> Person | None:
    try:
        number = claimed_number(claims, allow_test_numbers=settings.ALLOW_TEST_NUMBERS)
    except InvalidIdentityNumber as error:
        raise UnreadableToken("pid") from error
    if number is None:
        return None
    return Person(
        subject=claimed_text(claims, "sub"),
        number=number,
        name=claimed_text(claims, "name"),
        hpr_number=claimed_text(claims, CLAIM_HPR_NUMBER),
        security_level=claimed_level(claimed_text(claims, CLAIM_SECURITY_LEVEL)),
    )
