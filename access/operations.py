"""What changes who may see: signing in, registering, assigning, stating a need."""

import datetime
import uuid

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from access.models import CareRelationship, RoleAssignment, User
from access.terms import AccessBasis, PurposeOfUse, Viewer
from results import operations as stored
from results.identity import IdentityNumber

LONGEST_GRANT = datetime.timedelta(minutes=60)


@transaction.atomic
def sign_in(
    *,
    issuer: str,
    subject: str,
    name: str,
    number: IdentityNumber | None,
    hpr_number: str = "",
) -> User:
    """The user of this issuer and subject, with what the provider vouched for today.

    ID-porten tells no name: one we know from before is kept.
    """
    user, _ = User.objects.get_or_create(
        issuer=issuer,
        subject=subject,
        # Never set anew: a changed password would end the person's other sessions.
        defaults={
            "username": f"{issuer}|{subject}",
            "password": make_password(None),
        },
    )
    user.name = name or user.name
    user.hpr_number = hpr_number
    user.patient_id = stored.ensure_patient(number) if number else None
    user.save()
    return user


def appoint_administrator(*, issuer: str, subject: str, name: str) -> User:
    """Let this person administer senders, organisations and roles."""
    user = sign_in(issuer=issuer, subject=subject, name=name, number=None)
    user.is_staff = user.is_superuser = True
    user.save(update_fields=["is_staff", "is_superuser"])
    return user


def register_organization(
    *,
    name: str,
    her_id: str | None,
    organization_number: str | None = None,
    is_confirmed: bool = False,
    is_approved: bool = False,
) -> uuid.UUID:
    """Make an organisation known; approved ones may have personnel that look up."""
    organization = stored.register_organization(
        name=name, her_id=her_id, organization_number=organization_number
    )
    if is_confirmed or is_approved:
        stored.confirm_organization(organization, is_approved=is_approved)
    return organization.id


def register_source_system(
    *, name: str, client_id: str, organization_id: uuid.UUID
) -> uuid.UUID:
    """Let this machine client send for this organisation."""
    system = stored.register_source_system(
        name=name, client_id=client_id, organization_id=organization_id
    )
    return system.id


def assign_role(
    *,
    hpr_number: str,
    organization_id: uuid.UUID,
    role_code: str,
    valid_from: datetime.date,
    valid_to: datetime.date | None = None,
) -> uuid.UUID:
    """The person acts in this role for this organisation, from one day to another."""
    assignment, _ = RoleAssignment.objects.update_or_create(
        hpr_number=hpr_number,
        organization_id=organization_id,
        role_code=role_code,
        valid_from=valid_from,
        defaults={"valid_to": valid_to},
    )
    return assignment.id


def hold(user_id: uuid.UUID) -> None:
    """Let one person's openings come one after another, until the transaction ends."""
    User.objects.select_for_update(no_key=True).filter(pk=user_id).first()


def state_need(
    viewer: Viewer,
    *,
    patient_id: uuid.UUID,
    basis: AccessBasis,
    purpose: PurposeOfUse,
    justification: str,
    at: datetime.datetime,
) -> CareRelationship:
    """Record a need for one patient; it ends the viewer's need for any other.

    Only `access.lookup` calls this, after the decision.
    """
    if viewer.user_id is None or viewer.organization_id is None:
        raise ValueError("a need is stated by a person, for an organisation")
    end_need(user_id=viewer.user_id, at=at)
    return CareRelationship.objects.create(
        user_id=viewer.user_id,
        patient_id=patient_id,
        organization_id=viewer.organization_id,
        role_code=viewer.role_code,
        basis=basis,
        purpose_of_use=purpose,
        justification=justification,
        attested_at=at,
        expires_at=at + LONGEST_GRANT,
    )


def end_need(*, user_id: uuid.UUID, at: datetime.datetime) -> None:
    """End what the person has open: patient closed or changed, or signed out."""
    CareRelationship.objects.filter(user_id=user_id, ended_at=None).update(
        # Never before it began, also when two servers' clocks differ.
        ended_at=Greatest(Value(at), F("attested_at"))
    )
