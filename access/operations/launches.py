"""An EHR system asks us to open a patient, keeps that open, and ends it."""

import base64
import datetime
import hashlib
import hmac
import json
import secrets
import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from access.facts import in_force
from access.models import Launch, RoleAssignment, User, UserSession
from access.models.launch import ATTESTATION_CONTEXT, NUMBER_CONTEXT
from access.operations.clients import is_known_ehr
from access.operations.orders import Caller, LaunchRefused, Opening, Order
from access.operations.people import sign_in
from access.operations.sessions import HELSEID, end_session, longest_session
from access.terms import (
    AccessBasis,
    PurposeOfUse,
)
from access.vocabulary import (
    LaunchFault,
    SessionEnd,
)
from results import operations as stored
from results.encryption import decrypt, encrypt
from results.identity import parse

CODE_LIFETIME = datetime.timedelta(seconds=60)
_UNUSED_ARE_FORGOTTEN_AFTER = datetime.timedelta(days=1)


@transaction.atomic
def prepare_launch(caller: Caller, order: Order) -> tuple[str, uuid.UUID]:
    """The code, to be used once within a minute, and the launch's own key.

    Raises LaunchRefused. The patient's number is kept encrypted until then.
    """
    now = timezone.now()
    user = _user_of(caller)
    role = _role_of(caller, order.role_code, now)
    code = secrets.token_urlsafe(32)
    launch = Launch.objects.create(
        code_digest=_digest(code),
        challenge=order.challenge,
        client_id=caller.client_id,
        source_system=order.source_system,
        user=user,
        security_level=caller.security_level,
        role_assignment=role,
        basis=order.basis,
        purpose_of_use=order.purpose,
        number_encrypted=encrypt(
            order.patient_number.digits.encode(), context=NUMBER_CONTEXT
        ),
        attestation_encrypted=_sealed(order.attestation),
        created_at=now,
        code_expires_at=now + CODE_LIFETIME,
        token_expires_at=caller.token_expires_at,
    )
    return code, launch.id


@transaction.atomic
def redeem_launch(code: str, verifier: str) -> Opening | LaunchFault:
    """What the code opens, once. A fault is returned, not raised: that the code is
    spent, also by a wrong verifier, must stand."""
    now = timezone.now()
    launch = (
        Launch.objects.select_for_update(of=["self"])
        .select_related("user")
        .filter(code_digest=_digest(code))
        .first()
    )
    if launch is None:
        return LaunchFault.CODE_UNKNOWN
    if launch.used_at is not None:
        return LaunchFault.CODE_USED
    number, launch.number_encrypted = launch.number_encrypted, None
    launch.used_at = now
    launch.save(update_fields=["number_encrypted", "used_at"])
    fault = _fault_in(launch, verifier, now)
    if fault or number is None:
        return fault or LaunchFault.CODE_EXPIRED
    digits = decrypt(number, context=NUMBER_CONTEXT).decode()
    patient = parse(digits, allow_test_numbers=settings.ALLOW_TEST_NUMBERS)
    return Opening(
        launch_id=launch.id,
        user=launch.user,
        patient_id=stored.ensure_patient(patient),
        basis=AccessBasis(launch.basis),
        purpose=PurposeOfUse(launch.purpose_of_use),
    )


@transaction.atomic
def begin_launched_session(opening: Opening, *, browser: str = "") -> uuid.UUID:
    """A session in the launch's role, for its patient, as long as the token lasts."""
    now = timezone.now()
    launch = Launch.objects.get(pk=opening.launch_id)
    session = UserSession.objects.create(
        user=opening.user,
        provider=HELSEID,
        security_level=launch.security_level,
        role_assignment_id=launch.role_assignment_id,
        patient_id=opening.patient_id,
        calling_system=launch.source_system,
        browser=browser,
        started_at=now,
        last_seen_at=now,
        ends_at=_end(now, launch.token_expires_at),
    )
    launch.session = session
    launch.save(update_fields=["session"])
    return session.id


@transaction.atomic
def refresh_launch(
    caller: Caller, launch_id: uuid.UUID, *, attestation: Mapping[str, Any]
) -> None:
    """The session lasts as long as the new token. Raises LaunchRefused."""
    now = timezone.now()
    launch = _own(caller, launch_id)
    if launch.ended_at is not None or launch.token_expires_at <= now:
        raise LaunchRefused(LaunchFault.SESSION_OVER)
    had = launch.role_assignment
    if had is None or _role_of(caller, had.role_code, now) != had:
        raise LaunchRefused(LaunchFault.ROLE_NOT_HELD)
    session = launch.session
    if session is not None:
        ends_at = _end(session.started_at, caller.token_expires_at)
        still_open = UserSession.objects.filter(pk=session.pk, ended_at=None)
        if not still_open.update(ends_at=ends_at):
            raise LaunchRefused(LaunchFault.SESSION_OVER)
    launch.token_expires_at = caller.token_expires_at
    launch.attestation_encrypted = _sealed(attestation)
    launch.save(update_fields=["token_expires_at", "attestation_encrypted"])


@transaction.atomic
def end_launch(caller: Caller, launch_id: uuid.UUID) -> None:
    """The code opens nothing any more, and the session is over. Ending twice is as
    ending once. Raises LaunchRefused."""
    launch = _own(caller, launch_id)
    if launch.ended_at is None:
        launch.ended_at = timezone.now()
        launch.number_encrypted = None
        launch.save(update_fields=["ended_at", "number_encrypted"])
    if launch.session_id:
        end_session(launch.session_id, reason=SessionEnd.BY_EHR)


def forget_launches() -> None:
    """Numbers of codes that are too old go at once, what was never used in a day."""
    now = timezone.now()
    unused = Launch.objects.filter(code_expires_at__lte=now, used_at=None)
    unused.exclude(number_encrypted=None).update(number_encrypted=None)
    Launch.objects.filter(
        session=None, created_at__lte=now - _UNUSED_ARE_FORGOTTEN_AFTER
    ).delete()


def _user_of(caller: Caller) -> User:
    user = sign_in(
        issuer=caller.issuer,
        subject=caller.subject,
        name=caller.name,
        number=caller.number,
        hpr_number=caller.hpr_number,
    )
    if not user.is_active:
        raise LaunchRefused(LaunchFault.USER_DISABLED)
    return user


def _role_of(caller: Caller, role_code: str, at: datetime.datetime) -> RoleAssignment:
    """The role the person holds today where the token says they work; where it is held
    both at the point of care and for the legal entity, the former."""
    if not caller.hpr_number:
        raise LaunchRefused(LaunchFault.HPR_MISSING)
    held = RoleAssignment.objects.filter(
        in_force(at),
        hpr_number=caller.hpr_number,
        organization__organization_number__in=caller.organization_numbers,
    ).select_related("organization")
    here = sorted(held, key=lambda role: _nearness(caller, role))
    if not here:
        raise LaunchRefused(LaunchFault.ORG_NOT_YOURS)
    in_role = [role for role in here if role.role_code == role_code]
    if not in_role:
        raise LaunchRefused(LaunchFault.ROLE_NOT_HELD)
    if not in_role[0].organization.is_approved:
        raise LaunchRefused(LaunchFault.ORG_NOT_APPROVED)
    return in_role[0]


def _nearness(caller: Caller, role: RoleAssignment) -> int:
    return caller.organization_numbers.index(
        role.organization.organization_number or ""
    )


def _own(caller: Caller, launch_id: uuid.UUID) -> Launch:
    """Of the same client and the same person; another's is as one that is not."""
    launch = (
        Launch.objects.select_for_update(of=["self"])
        .select_related("session", "role_assignment")
        .filter(
            pk=launch_id,
            client_id=caller.client_id,
            user__issuer=caller.issuer,
            user__subject=caller.subject,
        )
        .first()
    )
    if launch is None:
        raise LaunchRefused(LaunchFault.SESSION_UNKNOWN)
    return launch


def _fault_in(
    launch: Launch, verifier: str, at: datetime.datetime
) -> LaunchFault | None:
    challenge = _challenge_of(verifier)
    if not hmac.compare_digest(challenge.encode(), launch.challenge.encode()):
        return LaunchFault.VERIFIER_WRONG
    if at >= launch.code_expires_at:
        return LaunchFault.CODE_EXPIRED
    if launch.ended_at is not None or at >= launch.token_expires_at:
        return LaunchFault.SESSION_OVER
    if not is_known_ehr(launch.client_id):
        return LaunchFault.CLIENT_UNKNOWN
    if not launch.user.is_active:
        return LaunchFault.USER_DISABLED
    role_id = launch.role_assignment_id
    held = RoleAssignment.objects.filter(in_force(at), pk__in=[role_id])
    return None if held.exists() else LaunchFault.ROLE_NOT_HELD


def _challenge_of(verifier: str) -> str:
    """As PKCE's S256 (RFC 7636 §4.2)."""
    digest = hashlib.sha256(verifier.encode(errors="replace")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _digest(code: str) -> bytes:
    return hashlib.sha256(code.encode(errors="replace")).digest()


def _sealed(attestation: Mapping[str, Any]) -> bytes:
    content = json.dumps(attestation, ensure_ascii=False).encode(errors="replace")
    return encrypt(content, context=ATTESTATION_CONTEXT)


def _end(
    started_at: datetime.datetime, token_expires_at: datetime.datetime
) -> datetime.datetime:
    """With the token, and never later than any session; not before it began."""
    latest = started_at + longest_session(HELSEID)
    return max(started_at, min(token_expires_at, latest))
