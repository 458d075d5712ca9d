"""The only writers of what is stored."""

from results.operations.alarms import Cause, raise_alarm, settle_alarms
from results.operations.incoming import Incoming
from results.operations.organizations import (
    confirm_organization,
    register_organization,
    register_source_system,
    sender_of,
)
from results.operations.patients import ensure_patient, patient_known_by
from results.operations.reports import (
    OtherPatient,
    is_stored,
    store_report,
    store_reports,
)
from results.operations.seeing import mark_seen
from results.operations.versions import StoredReport

__all__ = [
    "Cause",
    "Incoming",
    "OtherPatient",
    "StoredReport",
    "confirm_organization",
    "ensure_patient",
    "is_stored",
    "mark_seen",
    "patient_known_by",
    "raise_alarm",
    "register_organization",
    "register_source_system",
    "sender_of",
    "settle_alarms",
    "store_report",
    "store_reports",
]
