"""What access keeps: who, in which role, with what need, and the log."""

from access.models.care_relationship import CareRelationship
from access.models.launch import Launch
from access.models.log import AccessLogEntry
from access.models.policy import Policy
from access.models.role_assignment import RoleAssignment, RoleCapability
from access.models.session import UserSession
from access.models.used_proof import UsedProof
from access.models.user import User

__all__ = [
    "AccessLogEntry",
    "CareRelationship",
    "Launch",
    "Policy",
    "RoleAssignment",
    "RoleCapability",
    "UsedProof",
    "User",
    "UserSession",
]
