"""What stands around a message: versions of its report, and rivals for its MsgId."""

import datetime
import uuid
from dataclasses import dataclass

from results.ingestion.process import content_of
from results.ingestion.reading import read
from results.models import DiagnosticReportVersion, ReceivedMessage
from results.vocabulary import MessageOutcome, ReportStatus


@dataclass(frozen=True, slots=True)
class Sibling:
    """A version of the same report; `is_self` is the message asked about."""

    message_id: uuid.UUID
    generated_at: datetime.datetime
    stored_at: datetime.datetime
    status: ReportStatus
    observations: int
    is_current: bool
    is_self: bool
    is_wrong_patient: bool


@dataclass(frozen=True, slots=True)
class Rival:
    """Another message with the same MsgId from the same sender."""

    message_id: uuid.UUID
    received_at: datetime.datetime
    outcome: MessageOutcome
    size: int


def siblings_of(received: ReceivedMessage) -> tuple[Sibling, ...]:
    """The versions of its report in the sender's order, also of one that it could not
    join: whoever they are about. Nothing of what they say."""
    key = _report_key(received)
    if key is None:
        return ()
    versions = DiagnosticReportVersion.objects.filter(
        report__sender_id=received.sender_id, report__report_key=key
    )
    ordered = versions.select_related("report").order_by("generated_at", "message_key")
    return tuple(
        Sibling(
            message_id=v.received_message_id,
            generated_at=v.generated_at,
            stored_at=v.stored_at,
            status=ReportStatus(v.status),
            observations=v.observation_count,
            is_current=v.is_current,
            is_self=v.received_message_id == received.pk,
            is_wrong_patient=v.report.wrong_patient_at is not None,
        )
        for v in ordered
    )


def rivals_of(received: ReceivedMessage) -> tuple[Rival, ...]:
    """Others that came under its MsgId and are not dealt with, or came first."""
    key = (received.message_key or "").partition("#")[0]
    others = ReceivedMessage.objects.filter(
        sender_id=received.sender_id, message_key=key
    ).exclude(pk=received.pk)
    return tuple(
        Rival(r.pk, r.received_at, MessageOutcome(r.outcome), r.content_size)
        for r in others.order_by("received_at").defer("content_encrypted")
    )


def _report_key(received: ReceivedMessage) -> str | None:
    """As stored; of a message that was not, as it would have been."""
    stored = DiagnosticReportVersion.objects.filter(received_message=received)
    key = stored.values_list("report__report_key", flat=True).first()
    if key is not None or received.content_encrypted is None:
        return key
    report = read(content_of(received)).report
    return report.id[:300] if report is not None and report.id else None
