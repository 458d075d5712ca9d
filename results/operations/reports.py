"""A report is stored: one version of rows that never change, and which is current."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from results.models import (
    DiagnosticReport,
    DiagnosticReportVersion,
    Organization,
    Practitioner,
    ReceivedMessage,
)
from results.operations.report_rows import store_parts, version_values
from results.parsed import ParsedMessage, ParsedParty, ParsedReport


@dataclass(frozen=True, slots=True)
class StoredReport:
    """What storing led to, for the receipt and the operator."""

    report_id: uuid.UUID
    version_id: uuid.UUID
    version_count: int
    is_current: bool


def store_report(
    message: ParsedMessage,
    *,
    received: ReceivedMessage,
    sender: Organization,
    patient_id: uuid.UUID,
) -> StoredReport:
    """Store a message's report as a new version. Call inside a transaction.

    Version order is what the sender stated, (GenDate, MsgId), never arrival; a message
    without a usable GenDate counts from when it was received.
    """
    report = _report_of(message)
    stored = _lock_report(report, message, sender=sender, patient_id=patient_id)
    version = DiagnosticReportVersion.objects.create(
        report=stored,
        patient_id=patient_id,
        received_message=received,
        generated_at=_generated_at(message) or received.received_at,
        message_key=received.message_key or str(received.id),
        performer=sender,
        requester=_practitioner(report.requester),
        **version_values(report),
    )
    store_parts(version, report)
    current = _mark_current(stored)
    return StoredReport(
        report_id=stored.id,
        version_id=version.id,
        version_count=stored.versions.count(),
        is_current=current == version.id,
    )


def _report_of(message: ParsedMessage) -> ParsedReport:
    if message.report is None:
        raise ValueError("a message without a report is refused before it is stored")
    return message.report


def _lock_report(
    report: ParsedReport,
    message: ParsedMessage,
    *,
    sender: Organization,
    patient_id: uuid.UUID,
) -> DiagnosticReport:
    stored, _ = DiagnosticReport.objects.get_or_create(
        sender=sender,
        report_key=(report.id or f"msg:{message.message_id}")[:300],
        patient_id=patient_id,
    )
    # Versions of one report are decided one at a time.
    return DiagnosticReport.objects.select_for_update(no_key=True).get(pk=stored.pk)


def _mark_current(report: DiagnosticReport) -> uuid.UUID:
    newest = report.versions.order_by("-generated_at", "-message_key").values("id")
    current: uuid.UUID = newest[0]["id"]
    report.versions.filter(is_current=True).exclude(pk=current).update(is_current=False)
    report.versions.filter(pk=current, is_current=False).update(is_current=True)
    return current


def _practitioner(party: ParsedParty | None) -> Practitioner | None:
    person = party.person if party else None
    hpr_number = person.id_of("HPR") if person else None
    if person is None or hpr_number is None or len(hpr_number) > 50:
        return None
    practitioner, _ = Practitioner.objects.get_or_create(
        hpr_number=hpr_number, defaults={"name": (person.name or "")[:300]}
    )
    return practitioner


def _generated_at(message: ParsedMessage) -> datetime | None:
    moment = message.generated_at
    if moment is None:
        return None
    if moment.at is not None:
        return moment.at
    day = moment.date
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
