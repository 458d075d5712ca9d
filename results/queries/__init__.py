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
from results.queries.explanations import (
    ShownText,
    explained_words,
    explanations_of,
)
from results.queries.heads import ReportHead, heads_of, patient_of, summaries_of
from results.queries.history import Change, ChangeKind, VersionHead, VersionStep
from results.queries.measured import Measured, measured_in
from results.queries.merges import KNOWN_AS, known_as
from results.queries.over_time import Analyte, TimedResult, results_over_time
from results.queries.patients import (
    PatientHeader,
    birth_date_in,
    headers_of,
    names_of,
    number_of,
    patient_header,
)
from results.queries.relations import Relations, relations_of
from results.queries.report import report_of, tombstone, withdrawn_report_of
from results.queries.reports import (
    ReportSummary,
    reports_of,
    summary_of,
    with_counts,
)
from results.queries.several import Examined, details_of, examined_in
from results.queries.texts import (
    FoundText,
    SoughtWords,
    TextHit,
    reports_saying,
    sought_words,
)

__all__ = [
    "KNOWN_AS",
    "Analyte",
    "Attachment",
    "AttachmentDetail",
    "Change",
    "ChangeKind",
    "Examined",
    "FoundText",
    "Measured",
    "ObservationDetail",
    "PatientHeader",
    "Relations",
    "ReportDetail",
    "ReportHead",
    "ReportRows",
    "ReportSummary",
    "RequisitionDetail",
    "ShownText",
    "SoughtWords",
    "SpecimenDetail",
    "TextHit",
    "TimedResult",
    "VersionHead",
    "VersionStep",
    "attachment_of",
    "birth_date_in",
    "detail_of",
    "details_of",
    "examined_in",
    "explained_words",
    "explanations_of",
    "headers_of",
    "heads_of",
    "known_as",
    "measured_in",
    "names_of",
    "number_of",
    "patient_header",
    "patient_of",
    "relations_of",
    "report_of",
    "reports_of",
    "reports_saying",
    "results_over_time",
    "sought_words",
    "summaries_of",
    "summary_of",
    "tombstone",
    "with_counts",
    "withdrawn_report_of",
]
