"""The only writers of what is stored."""

from results.operations.organizations import (
    confirm_organization,
    register_organization,
    register_source_system,
    sender_of,
)
from results.operations.patients import ensure_patient
from results.operations.reports import StoredReport, store_report

__all__ = [
    "StoredReport",
    "confirm_organization",
    "ensure_patient",
    "register_organization",
    "register_source_system",
    "sender_of",
    "store_report",
]
