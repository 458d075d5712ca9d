"""What an EHR system orders, on whose behalf, and what it may open."""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from access.models import User
from access.terms import (
    AccessBasis,
    PurposeOfUse,
)
from access.vocabulary import (
    LaunchFault,
)
from results.identity import IdentityNumber


class LaunchRefused(Exception):
    """The EHR system may not open, keep open or end this; the message is the code."""

    def __init__(self, fault: LaunchFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom the EHR system's token speaks for. The organisation numbers are those the
    provider vouched for, the point of care before the legal entity."""

    client_id: str
    issuer: str
    subject: str
    name: str
    number: IdentityNumber
    hpr_number: str
    security_level: int
    organization_numbers: tuple[str, ...]
    token_expires_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be opened, on what ground. `challenge` is base64url of SHA-256."""

    challenge: str
    source_system: str
    patient_number: IdentityNumber
    role_code: str
    basis: AccessBasis
    purpose: PurposeOfUse
    attestation: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opening:
    """What a browser with the right code may begin a session with."""

    launch_id: uuid.UUID
    user: User
    patient_id: uuid.UUID
    basis: AccessBasis
    purpose: PurposeOfUse
