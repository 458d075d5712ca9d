"""Reads what an EHR system asks us to open, against what its token vouches for.

Shapes of NHN's public reference client; attestation: Tillitsrammeverk 1.1 (ATT rules).
"""

import datetime
import logging
import re
import time
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException

from access.authentication import Fault, Known, faults_in, unknown_keys
from access.operations import Caller, LaunchRefused, Order, served_by_ehr
from access.terms import (
    AccessBasis,
    PurposeOfUse,
)
from access.vocabulary import (
    LaunchFault,
)
from portal.api.launch_faults import RequestFault, sentence_for
from portal.api.tokens import ClientToken
from results.identity import IdentityNumber, InvalidIdentityNumber, parse

NATIONAL_NUMBER = "urn:oid:2.16.578.1.12.4.1.4.1"
D_NUMBER = "urn:oid:2.16.578.1.12.4.1.4.2"
HPR_CATEGORY = "urn:oid:2.16.578.1.12.4.1.1.9060"
BASIS_SYSTEM = "SYSTEM_GRUNNLAG"
_BASES = {
    basis.value: basis
    for basis in (AccessBasis.CONSENT, AccessBasis.EMERGENCY, AccessBasis.EXEMPT)
}
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_ROLE = re.compile(r"[A-Z][A-Z0-9]{1,2}")
_SOURCE_SYSTEM_LENGTH = range(3, 513)
_STATUSES = {
    LaunchFault.SESSION_UNKNOWN: status.HTTP_404_NOT_FOUND,
    LaunchFault.SESSION_OVER: status.HTTP_409_CONFLICT,
}

logger = logging.getLogger(__name__)


class Malformed(APIException):
    """400, or 403 for what is well formed but not to be believed."""

    def __init__(
        self, fault: RequestFault, status_code: int = status.HTTP_400_BAD_REQUEST
    ) -> None:
        super().__init__(str(sentence_for(fault)), code=fault.value)
        self.status_code = status_code


class Refused(APIException):
    """What `access` refuses, under the code it gave."""

    def __init__(self, fault: LaunchFault) -> None:
        super().__init__(str(sentence_for(fault)), code=fault.value)
        self.status_code = _STATUSES.get(fault, status.HTTP_403_FORBIDDEN)


class BadAttestation(APIException):
    """403 under the number of the first rule that is broken; all are named, by where
    they are broken and never by what stands there."""

    status_code = status.HTTP_403_FORBIDDEN

    def __init__(self, faults: Sequence[Fault]) -> None:
        named = ", ".join(f"{fault.rule} ({fault.path})" for fault in faults)
        sentence = _("Attesten bryter regler i tillitsrammeverket: %(rules)s.")
        super().__init__(sentence % {"rules": named}, code=faults[0].error)


def caller_of(token: ClientToken) -> Caller:
    """Whom the token speaks for; only after `OnBehalfOfAPerson`. Raises Refused."""
    person = token.person
    if person is None:
        raise AssertionError("the view's permission demands a person")
    return Caller(
        client_id=token.client_id,
        issuer=token.issuer,
        subject=person.subject,
        name=person.name,
        number=person.number,
        hpr_number=person.hpr_number,
        security_level=person.security_level,
        organization_numbers=organizations_of(token),
        token_expires_at=datetime.datetime.fromtimestamp(
            token.expires_at, tz=datetime.UTC
        ),
    )


def organizations_of(token: ClientToken) -> tuple[str, ...]:
    """Those the token names, the point of care first, that its EHR system is
    registered for. Raises Refused, and tells the log which client it was."""
    named = (token.point_of_care_number, token.organization_number)
    try:
        return served_by_ehr(token.client_id, tuple(filter(None, named)))
    except LaunchRefused as refusal:
        logger.warning("%s is refused: %s", token.client_id, refusal.fault)
        raise Refused(refusal.fault) from refusal


def read_order(content: object, *, source_system: str, token: ClientToken) -> Order:
    """The body of `/api/session/create`. Raises Malformed."""
    if len(source_system.strip()) not in _SOURCE_SYSTEM_LENGTH:
        raise Malformed(RequestFault.SOURCE_SYSTEM)
    challenge = _at(content, "ehr_code_challenge")
    if not isinstance(challenge, str) or not _CHALLENGE.fullmatch(challenge):
        raise Malformed(RequestFault.CHALLENGE)
    claims = _at(content, "claims")
    patient = _patient(_at(claims, "patient_identifier"))
    role = _coded(_at(claims, "practitioner_authorization"), HPR_CATEGORY)
    if role is None or not _ROLE.fullmatch(role):
        raise Malformed(RequestFault.ROLE)
    basis = _BASES.get(_coded(_at(claims, "access_basis"), BASIS_SYSTEM) or "")
    if basis is None:
        raise Malformed(RequestFault.BASIS)
    attestation = attestation_of(token, role=role, patient=patient, basis=basis)
    return Order(
        challenge=challenge,
        source_system=source_system.strip(),
        patient_number=patient,
        role_code=role,
        basis=basis,
        purpose=_purpose(attestation, basis),
        attestation=attestation,
    )


def attestation_of(
    token: ClientToken,
    *,
    role: str = "",
    patient: IdentityNumber | None = None,
    basis: AccessBasis | None = None,
) -> Mapping[str, Any]:
    """The token's attestation, which breaks no rule a receiver can check; held against
    the role, the patient and the ground where they are known. Raises Malformed."""
    attestation, person = token.attestation, token.person
    if attestation is None or person is None:
        raise Malformed(RequestFault.ATTESTATION_MISSING, status.HTTP_403_FORBIDDEN)
    required = frozenset(settings.LAUNCH_ATTRIBUTES)
    known = Known(
        number=person.number,
        security_level=person.security_level,
        at=time.time(),
        hpr_number=person.hpr_number,
        role_codes=frozenset({role}) if role else None,
        legal_entity=token.organization_number,
        patient=patient,
        is_emergency=basis is AccessBasis.EMERGENCY,
        is_routine=basis in (AccessBasis.CONSENT, AccessBasis.EXEMPT),
        **({"required": required} if required else {}),
    )
    if unknown := unknown_keys(attestation):
        logger.warning("%s attests what we do not know: %s", token.client_id, unknown)
    if faults := faults_in(attestation, known):
        raise BadAttestation(faults)
    return attestation


def _patient(identifier: object) -> IdentityNumber:
    number = _at(identifier, "id")
    is_national = _at(identifier, "system") in (NATIONAL_NUMBER, D_NUMBER)
    if not isinstance(number, str) or not is_national:
        raise Malformed(RequestFault.PATIENT)
    try:
        return parse(number, allow_test_numbers=settings.ALLOW_TEST_NUMBERS)
    except InvalidIdentityNumber as error:
        raise Malformed(RequestFault.PATIENT) from error


def _purpose(attestation: Mapping[str, Any], basis: AccessBasis) -> PurposeOfUse:
    """As attested; where nothing was, what goes with the basis."""
    attested = _at(attestation, "care_relationship", "purpose_of_use", "code")
    if attested in PurposeOfUse.values:
        return PurposeOfUse(attested)
    is_emergency = basis is AccessBasis.EMERGENCY
    return PurposeOfUse.ETREAT if is_emergency else PurposeOfUse.TREAT


def _coded(value: object, system: str) -> str | None:
    code = _at(value, "code")
    return code if isinstance(code, str) and _at(value, "system") == system else None


def _at(value: object, *path: str) -> Any:  # noqa: ANN401 - JSON of any shape
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value
