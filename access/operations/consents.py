"""Consent is given for a course of treatment, and withdrawn when the patient wants."""

import datetime
import uuid

from django.db.models import F, Value
from django.db.models.functions import Greatest

from access.models import CareRelationship, Consent
from access.terms import AccessBasis, Viewer

CONSENTED = (AccessBasis.CONSENT, AccessBasis.ELEVATED_CONSENT)


def keep_consent(
    viewer: Viewer, *, patient_id: uuid.UUID, at: datetime.datetime, days: int
) -> None:
    """Keep what the viewer states they were given; the course is counted from now."""
    Consent.objects.update_or_create(
        patient_id=patient_id,
        hpr_number=viewer.hpr_number,
        organization_id=viewer.organization_id,
        withdrawn_at=None,
        defaults={
            "given_to": viewer.name,
            "given_at": at,
            "valid_to": at + datetime.timedelta(days=days),
        },
    )


def withdraw_consent(
    consent_id: uuid.UUID, *, patient_id: uuid.UUID, at: datetime.datetime
) -> bool:
    """End it, and what is open on the ground of it. False for one that is not the
    patient's, or is withdrawn."""
    consent = Consent.objects.filter(
        pk=consent_id, patient_id=patient_id, withdrawn_at=None
    ).first()
    if consent is None:
        return False
    consent.withdrawn_at = at
    consent.save(update_fields=["withdrawn_at"])
    CareRelationship.objects.filter(
        patient_id=patient_id,
        organization_id=consent.organization_id,
        basis__in=CONSENTED,
        ended_at=None,
    ).update(ended_at=Greatest(Value(at), F("attested_at")))
    return True
