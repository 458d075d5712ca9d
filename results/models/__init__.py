"""What is stored about reports; reached through operations and queries alone."""

from results.models.alarm import Alarm
from results.models.coding import CodeList, Coding
from results.models.diagnostic_report import DiagnosticReport, DiagnosticReportVersion
from results.models.explanation import Explanation
from results.models.observation import Observation
from results.models.operator_action import OperatorAction
from results.models.operator_proposal import OperatorProposal
from results.models.organization import Organization, Practitioner
from results.models.outgoing_message import OutgoingMessage
from results.models.patient import Patient, PatientDemographics, PatientIdentifier
from results.models.patient_merge import PatientMerge
from results.models.presented_form import PresentedForm
from results.models.processing import ProcessingAttempt, WorkerProgress
from results.models.producer_habit import ProducerHabit
from results.models.received_message import ReceivedMessage
from results.models.repeat_interval import RepeatInterval
from results.models.retention_rule import AttachmentRule, PurgeRecord, RetentionRule
from results.models.service_request import ServiceRequest
from results.models.sharing_rule import OptOut, PurposeRule, SharingRule
from results.models.source_system import SourceSystem
from results.models.specimen import Specimen

__all__ = [
    "Alarm",
    "AttachmentRule",
    "CodeList",
    "Coding",
    "DiagnosticReport",
    "DiagnosticReportVersion",
    "Explanation",
    "Observation",
    "OperatorAction",
    "OperatorProposal",
    "OptOut",
    "Organization",
    "OutgoingMessage",
    "Patient",
    "PatientDemographics",
    "PatientIdentifier",
    "PatientMerge",
    "Practitioner",
    "PresentedForm",
    "ProcessingAttempt",
    "ProducerHabit",
    "PurgeRecord",
    "PurposeRule",
    "ReceivedMessage",
    "RepeatInterval",
    "RetentionRule",
    "ServiceRequest",
    "SharingRule",
    "SourceSystem",
    "Specimen",
    "WorkerProgress",
]
