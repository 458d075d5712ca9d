"""Reports are stored by the batch: each message a version of rows that never change."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from results import codes
from results.models import (
    DiagnosticReport,
    DiagnosticReportVersion,
    Observation,
    PresentedForm,
    ServiceRequest,
    Specimen,
)
from results.models.uuids import new_id
from results.operations.attachments import policy_for
from results.operations.copying import copy_rows
from results.operations.incoming import Incoming, ReportKey
from results.operations.patients import Person, ensure_patients
from results.operations.practitioners import ensure_practitioners, hpr_number_of
from results.operations.report_rows import (
    Row,
    observation_rows,
    presented_form_rows,
    service_request_rows,
    specimen_rows,
    version_values,
)
from results.operations.versions import (
    History,
    StoredReport,
    Version,
    histories_of,
    version_of,
)

_NEW_REPORTS = """
    INSERT INTO results_diagnosticreport
        (id, sender_id, report_key, patient_id, wrong_patient_reason, created_at)
    SELECT *, '', %s FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::uuid[])
    ON CONFLICT (sender_id, report_key) DO NOTHING
"""
# Locked in one order by every worker, so that none waits for another that waits for it.
_LOCK_REPORTS = """
    SELECT r.id, r.sender_id, r.report_key, r.patient_id
    FROM results_diagnosticreport r
    JOIN unnest(%s::uuid[], %s::text[]) AS wanted (sender_id, report_key)
        USING (sender_id, report_key)
    ORDER BY r.sender_id, r.report_key
    FOR NO KEY UPDATE OF r
"""


@dataclass(frozen=True, slots=True)
class OtherPatient:
    """The sender's key belongs to a report about someone else; nothing was stored."""

    report_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class _Report:
    """A report's row, held, with all its versions, the new ones among them."""

    id: uuid.UUID
    patient_id: uuid.UUID
    history: History


# The tables whose rows belong to a version and its patient.
_BELOW: tuple[tuple[type[Model], Callable[..., Iterable[Row]]], ...] = (
    (Specimen, specimen_rows),
    (ServiceRequest, service_request_rows),
    (Observation, observation_rows),
)

_Reports = dict[ReportKey, _Report]


def is_stored(incoming: Incoming) -> bool:
    """Whether the report is here already, in any version."""
    sender_id, key = incoming.report_key
    return DiagnosticReport.objects.filter(sender_id=sender_id, report_key=key).exists()


def store_report(incoming: Incoming) -> StoredReport | OtherPatient:
    """Store one. See `store_reports`."""
    return store_reports([incoming])[incoming.received_id]


@transaction.atomic
def store_reports(
    batch: Sequence[Incoming],
) -> dict[uuid.UUID, StoredReport | OtherPatient]:
    """Store each message's report as a new version, all or none; by `received_id`.

    Which version is current is what the senders stated, never arrival. A message that
    is stored already changes nothing.
    """
    if not batch:
        return {}
    codes.refresh()
    patients = _patients_of(batch)
    reports = _lock_reports(batch, patients)
    fit = [i for i in batch if _is_about(reports[i.report_key], patients, i)]
    _store_versions(fit, reports)
    return {i.received_id: OtherPatient(reports[i.report_key].id) for i in batch} | {
        i.received_id: r.history.outcome(i.received_id, report_id=r.id)
        for i in fit
        for r in [reports[i.report_key]]
    }


def _patients_of(batch: Sequence[Incoming]) -> dict[uuid.UUID, uuid.UUID]:
    said = [(i.number, i.report.patient) for i in batch]
    keys = ensure_patients(
        [Person(number, p.name, p.sex) if p else Person(number) for number, p in said]
    )
    return {i.received_id: key for i, key in zip(batch, keys, strict=True)}


def _is_about(
    report: _Report, patients: dict[uuid.UUID, uuid.UUID], incoming: Incoming
) -> bool:
    return report.patient_id == patients[incoming.received_id]


def _lock_reports(
    batch: Sequence[Incoming], patients: dict[uuid.UUID, uuid.UUID]
) -> _Reports:
    """Each report by the sender's key, held; made, for the first that names it, where
    it is new."""
    wanted = {i.report_key: patients[i.received_id] for i in reversed(batch)}
    keys = sorted(wanted)
    senders = [sender for sender, _ in keys]
    texts = [text for _, text in keys]
    owners = [wanted[key] for key in keys]
    with connection.cursor() as cursor:
        cursor.execute(
            _NEW_REPORTS,
            [timezone.now(), [new_id() for _ in keys], senders, texts, owners],
        )
        cursor.execute(_LOCK_REPORTS, [senders, texts])
        rows = cursor.fetchall()
    # Read when the reports are held, never before.
    histories = histories_of(row[0] for row in rows)
    return {(r[1], r[2]): _Report(r[0], r[3], histories[r[0]]) for r in rows}


def _store_versions(batch: Sequence[Incoming], reports: _Reports) -> None:
    new: list[tuple[Incoming, Version, _Report]] = []
    for incoming in batch:
        report = reports[incoming.report_key]
        if incoming.received_id not in report.history:
            version = version_of(incoming)
            report.history.add(version)
            new.append((incoming, version, report))
    _take_from_the_former(reports.values())
    _copy(new)


def _take_from_the_former(reports: Iterable[_Report]) -> None:
    overtaken = [report.id for report in reports if report.history.has_new_current]
    if overtaken:
        DiagnosticReportVersion.objects.filter(
            report_id__in=overtaken, is_current=True
        ).update(is_current=False)


def _copy(new: Sequence[tuple[Incoming, Version, _Report]]) -> None:
    """One COPY a table, a report's rows together."""
    policy = policy_for(i.report for i, _, _ in new)
    requesters = ensure_practitioners(i.report.requester for i, _, _ in new)
    copy_rows(
        DiagnosticReportVersion,
        (
            _version_row(i, v, r, requesters.get(hpr_number_of(i.report.requester)))
            for i, v, r in new
        ),
    )
    copy_rows(
        PresentedForm,
        (
            row
            for i, v, _ in new
            for row in presented_form_rows(
                i.report, version_id=v.id, is_kept=policy.is_kept(i.sender_id)
            )
        ),
    )
    for model, rows_of in _BELOW:
        copy_rows(
            model,
            (
                row
                for i, v, r in new
                for row in rows_of(i.report, version_id=v.id, patient_id=r.patient_id)
            ),
        )


def _version_row(
    incoming: Incoming,
    version: Version,
    report: _Report,
    requester_id: uuid.UUID | None,
) -> Row:
    generated_at, message_key = version.order
    return {
        "id": version.id,
        "report_id": report.id,
        "patient_id": report.patient_id,
        "received_message_id": incoming.received_id,
        "is_current": report.history.current is version,
        "generated_at": generated_at,
        "message_key": message_key,
        "stored_at": timezone.now(),
        "performer_id": incoming.sender_id,
        "requester_id": requester_id,
        "observation_count": version.observation_count,
        **version_values(incoming.report),
    }
