"""One report whole: what was found, in which specimens, and why it was asked."""

import uuid
from collections.abc import Sequence
from dataclasses import replace

from results.models import DiagnosticReportVersion
from results.queries.attachments import forms_of
from results.queries.details import ReportDetail, ReportRows, detail_of
from results.queries.history import history_of
from results.queries.patients import patient_header
from results.queries.reports import current_versions, summarise
from results.queries.versions import lacks_original, observations_of, versions_of
from results.vocabulary import WITHDRAWN, ReportStatus


def report_of(patient_id: uuid.UUID, report_id: uuid.UUID) -> ReportDetail | None:
    """The patient's report, or None when that patient has no such report.

    A report that is withdrawn is a tombstone: that it was, and whose, without values.
    """
    version = current_versions(patient_id).filter(report_id=report_id).first()
    patient = patient_header(patient_id)
    if version is None or patient is None:
        return None
    summary = summarise([version])[0]
    versions = versions_of(report_id) if summary.version_count > 1 else [version]
    is_tombstone = summary.status in WITHDRAWN
    rows, not_repeated = (
        (tombstone(version, summary.status), frozenset())
        if is_tombstone
        else _rows(versions)
    )
    return replace(
        detail_of(rows, summary=summary, patient=patient, not_repeated=not_repeated),
        is_without_original=lacks_original(versions),
        history=history_of(versions, is_tombstone=is_tombstone),
        has_withdrawn_content=summary.status is ReportStatus.CANCELLED
        and any(v.observation_count for v in versions),
    )


def withdrawn_report_of(
    patient_id: uuid.UUID, report_id: uuid.UUID
) -> ReportDetail | None:
    """What a cancelled report said before it was; None for one that is not cancelled,
    and for one that is about someone else, which nobody may see."""
    version = current_versions(patient_id).filter(report_id=report_id).first()
    patient = patient_header(patient_id)
    if version is None or patient is None:
        return None
    summary = summarise([version])[0]
    if summary.status is not ReportStatus.CANCELLED:
        return None
    versions = versions_of(report_id)
    former = [v for v in versions if v.status not in WITHDRAWN] or versions
    rows, not_repeated = _rows(former)
    return detail_of(rows, summary=summary, patient=patient, not_repeated=not_repeated)


def tombstone(version: DiagnosticReportVersion, status: ReportStatus) -> ReportRows:
    """A cancellation says why in its comment; of a stranger's report nothing is."""
    version.clinical_information = []
    if status is ReportStatus.ENTERED_IN_ERROR:
        version.comment = ""
        version.coded_comments = []
        version.copy_recipients = []
    return ReportRows(version, (), (), (), ())


def _rows(
    versions: Sequence[DiagnosticReportVersion],
) -> tuple[ReportRows, frozenset[uuid.UUID]]:
    version = versions[0]
    observations, not_repeated = observations_of(versions)
    rows = ReportRows(
        version=version,
        specimens=version.specimens.order_by("position"),
        requests=version.service_requests.order_by("position")[:1],
        observations=observations,
        forms=forms_of(version),
    )
    return rows, not_repeated
