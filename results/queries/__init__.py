"""The only readers of what is stored; called by `access.lookup` and nobody else.

Everything is returned whole, as plain dataclasses: no row, queryset or relation leaves.
"""

from results.queries.attachments import Attachment, attachment_of
from results.queries.details import (
    AttachmentDetail,
    ObservationDetail,
    ReportDetail,
    ReportRows,
    RequisitionDetail,
    SpecimenDetail,
    detail_of,
)
from results.queries.merges import known_as
from results.queries.patients import PatientHeader, patient_header
from results.queries.report import report_of, tombstone, withdrawn_report_of
from results.queries.reports import ReportSummary, reports_of, summary_of

__all__ = [
    "Attachment",
    "AttachmentDetail",
    "ObservationDetail",
    "PatientHeader",
    "ReportDetail",
    "ReportRows",
    "ReportSummary",
    "RequisitionDetail",
    "SpecimenDetail",
    "attachment_of",
    "detail_of",
    "known_as",
    "patient_header",
    "report_of",
    "reports_of",
    "summary_of",
    "tombstone",
    "withdrawn_report_of",
]
