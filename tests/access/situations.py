"""Requests and facts with defaults that permit, so that a test says only what differs.

Ola Lind is a doctor at Lillevik legesenter; he has stated why he opens Kari Prøve.
"""

import datetime
import uuid

from access.permissions import Permission
from access.release import Decision, DecisionKind, ReleaseFacts
from access.terms import (
    AccessBasis,
    AccessRequest,
    Action,
    Facts,
    Grant,
    PurposeOfUse,
    RoleFact,
    Viewer,
    ViewerKind,
)
from results.vocabulary import ReportStatus

NEED = {"basis": AccessBasis.CONSENT, "purpose": PurposeOfUse.TREAT}
NOW = datetime.datetime(2026, 11, 2, 9, 0, tzinfo=datetime.UTC)
KARI = uuid.UUID(int=1)
OLAS_OWN_RECORD = uuid.UUID(int=2)


def ola(**changed) -> Viewer:
    values = {
        "kind": ViewerKind.PRACTITIONER,
        "user_id": uuid.UUID(int=3),
        "name": "Ola Lind",
        "hpr_number": "9000001",
        "role_code": "LE",
        "organization_id": uuid.UUID(int=4),
        "organization_name": "Lillevik legesenter",
        "patient_id": OLAS_OWN_RECORD,
        "security_level": 4,
        "session_id": uuid.UUID(int=7),
    }
    return Viewer(**{**values, **changed})


def kari(**changed) -> Viewer:
    values = {
        "kind": ViewerKind.CITIZEN,
        "user_id": uuid.UUID(int=5),
        "name": "Kari Prøve",
        "patient_id": KARI,
        "security_level": 4,
    }
    return Viewer(**{**values, **changed})


def a_request(**changed) -> AccessRequest:
    values = {
        "action": Action.LIST_REPORTS,
        "viewer": ola(),
        "patient_id": KARI,
        "at": NOW,
    }
    return AccessRequest(**{**values, **changed})


def opening(**changed) -> AccessRequest:
    values = {
        "action": Action.OPEN_PATIENT,
        "basis": AccessBasis.CONSENT,
        "purpose": PurposeOfUse.TREAT,
    }
    return a_request(**{**values, **changed})


def a_grant(**changed) -> Grant:
    values = {
        "id": uuid.UUID(int=6),
        "basis": AccessBasis.CONSENT,
        "purpose": PurposeOfUse.TREAT,
        "expires_at": NOW + datetime.timedelta(minutes=60),
    }
    return Grant(**{**values, **changed})


def a_role(**changed) -> RoleFact:
    values = {"role_code": "LE", "permissions": frozenset(Permission)}
    return RoleFact(**{**values, **changed})


def facts(**changed) -> Facts:
    values = {"role": a_role(), "is_organization_approved": True, "grant": a_grant()}
    return Facts(**{**values, **changed})


REPORT = uuid.UUID(int=70)
FIRST, SECOND = uuid.UUID(int=71), uuid.UUID(int=72)


def a_release(**changed) -> ReleaseFacts:
    """A final answer of biochemistry, which no rule holds back."""
    values = {
        "report_id": REPORT,
        "version_id": FIRST,
        "category": "CLIN",
        "status": ReportStatus.FINAL,
        "stored_at": NOW - datetime.timedelta(days=2),
    }
    return ReleaseFacts(**{**values, **changed})


def a_decision(kind: DecisionKind = DecisionKind.RELEASED, **changed) -> Decision:
    """Ola has assessed the first version."""
    values = {
        "id": uuid.UUID(int=73),
        "kind": kind,
        "at": NOW - datetime.timedelta(days=1),
        "version_id": FIRST,
    }
    return Decision(**{**values, **changed})
