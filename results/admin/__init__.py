"""The operators' pages: organisations, rules, the inbox; never a patient's answers."""

from results.admin.alarms import AlarmAdmin
from results.admin.code_lists import CodeListAdmin, CodingAdmin
from results.admin.explanations import ExplanationAdmin
from results.admin.merges import PatientMergeAdmin
from results.admin.messages import ReceivedMessageAdmin
from results.admin.organizations import (
    OrganizationAdmin,
    SourceSystemAdmin,
    SourceSystemForm,
)
from results.admin.proposals import OperatorProposalAdmin
from results.admin.records import OperatorActionAdmin, PurgeRecordAdmin
from results.admin.repeat_intervals import RepeatIntervalAdmin
from results.admin.rules import (
    AttachmentRuleAdmin,
    PurposeRuleAdmin,
    RetentionRuleAdmin,
    SharingRuleAdmin,
)

__all__ = [
    "AlarmAdmin",
    "AttachmentRuleAdmin",
    "CodeListAdmin",
    "CodingAdmin",
    "ExplanationAdmin",
    "OperatorActionAdmin",
    "OperatorProposalAdmin",
    "OrganizationAdmin",
    "PatientMergeAdmin",
    "PurgeRecordAdmin",
    "PurposeRuleAdmin",
    "ReceivedMessageAdmin",
    "RepeatIntervalAdmin",
    "RetentionRuleAdmin",
    "SharingRuleAdmin",
    "SourceSystemAdmin",
    "SourceSystemForm",
]
