"""What is stored about reports; reached through operations and queries alone."""

from results.models.coding import Coding
from results.models.diagnostic_report import DiagnosticReport, DiagnosticReportVersion
from results.models.observation import Observation
from results.models.organization import Organization, Practitioner
from results.models.patient import Patient, PatientDemographics, PatientIdentifier
from results.models.presented_form import PresentedForm
from results.models.received_message import ReceivedMessage
from results.models.service_request import ServiceRequest
from results.models.source_system import SourceSystem
from results.models.specimen import Specimen

__all__ = [
    "Coding",
    "DiagnosticReport",
    "DiagnosticReportVersion",
    "Observation",
    "Organization",
    "Patient",
    "PatientDemographics",
    "PatientIdentifier",
    "Practitioner",
    "PresentedForm",
    "ReceivedMessage",
    "ServiceRequest",
    "SourceSystem",
    "Specimen",
]
