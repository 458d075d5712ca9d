"""What access keeps: who, in which role, with what need, and the log."""

from access.models.care_relationship import CareRelationship
from access.models.case import AccessCase, WatchRule
from access.models.client_system import ClientSystem
from access.models.consent import Consent
from access.models.contact import (
    ContactPoint,
    NoticeChoice,
)
from access.models.correction import CorrectionCase
from access.models.deputy import AssessmentDeputy
from access.models.emergency_override import EmergencyOverride
from access.models.launch import Launch
from access.models.log import AccessLogEntry
from access.models.notice import Notice
from access.models.policy import Policy
from access.models.preferences import UserPreferences
from access.models.release import ReleaseDecision, ReleaseRule
from access.models.repeat_advice import RepeatAdvice
from access.models.representation import (
    MarkedReport,
    RegisterFact,
    Representation,
    YouthConsent,
)
from access.models.restriction import (
    AccessRestriction,
    DigitalOptOut,
    PatientPolicy,
    PractitionerBlock,
)
from access.models.role_assignment import RoleAssignment, RoleCapability
from access.models.seal import LogAnchor, LogCheckpoint, RecordEnd, SealedEntry
from access.models.sensitive_kind import SensitiveKind
from access.models.session import UserSession
from access.models.used_proof import UsedProof
from access.models.user import User

__all__ = [
    "AccessCase",
    "AccessLogEntry",
    "AccessRestriction",
    "AssessmentDeputy",
    "CareRelationship",
    "ClientSystem",
    "Consent",
    "ContactPoint",
    "CorrectionCase",
    "DigitalOptOut",
    "EmergencyOverride",
    "Launch",
    "LogAnchor",
    "LogCheckpoint",
    "MarkedReport",
    "Notice",
    "NoticeChoice",
    "PatientPolicy",
    "Policy",
    "PractitionerBlock",
    "RecordEnd",
    "RegisterFact",
    "ReleaseDecision",
    "ReleaseRule",
    "RepeatAdvice",
    "Representation",
    "RoleAssignment",
    "RoleCapability",
    "SealedEntry",
    "SensitiveKind",
    "UsedProof",
    "User",
    "UserPreferences",
    "UserSession",
    "WatchRule",
    "YouthConsent",
]
