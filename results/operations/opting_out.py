"""«Reservasjon»: from now nothing about a patient is stored, and what is, is erased."""

import datetime
import uuid
from collections.abc import Collection
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from results.models import (
    DiagnosticReport,
    DiagnosticReportVersion,
    OptOut,
    OutgoingMessage,
    ReceivedMessage,
)
from results.queries.merges import known_as
from results.vocabulary import MessageOutcome, WithheldReason

# Any number will do, as long as nothing else locks by it.
_STORING = 3108


def hold_reservations() -> None:
    """Until the transaction ends nobody's reservation is confirmed: what is being
    stored is there to be erased, and what comes later is not stored. Call it before
    anything is read or held."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_STORING])


@transaction.atomic
def reserve(patient_id: uuid.UUID, *, at: datetime.datetime) -> bool:
    """Store nothing more of the patient, and erase the rows and bytes of all that is.
    False when it was so already. Waits for the batches that are being stored.

    What was never read in, quarantine above all, is found by looking into each message
    afterwards (`results.ingestion.erasing`); `erased_at` tells when that is done.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_STORING])
    if is_reserved(patient_id):
        return False
    OptOut.objects.create(patient_id=patient_id, valid_from=at)
    _erase_reports(patient_id)
    return True


def regret(patient_id: uuid.UUID, *, at: datetime.datetime) -> bool:
    """Answers that come from now are stored; what is erased stays so. False when
    nothing was reserved."""
    standing = OptOut.objects.filter(patient_id=patient_id, valid_to=None)
    return bool(standing.update(valid_to=at))


def is_reserved(patient_id: uuid.UUID) -> bool:
    """Whether nothing is to be stored of the patient."""
    return OptOut.objects.filter(patient_id=patient_id, valid_to=None).exists()


def forget_content(message_ids: Collection[uuid.UUID]) -> None:
    """Erase the bytes, and what was said of them. A message nobody can read in any
    more is not left to an operator. Receipts go when their senders have them."""
    messages = ReceivedMessage.objects.filter(pk__in=message_ids)
    messages.update(
        content_encrypted=None, purged_at=timezone.now(), faults=[], warnings=[]
    )
    messages.filter(outcome=MessageOutcome.QUARANTINED).update(
        outcome=MessageOutcome.WITHHELD, withheld_reason=WithheldReason.OPT_OUT
    )
    OutgoingMessage.objects.filter(
        received_message_id__in=message_ids, sent_at__isnull=False
    ).update(content_encrypted=None)


def _erase_reports(patient_id: uuid.UUID) -> None:
    known = known_as(patient_id)
    reports = DiagnosticReport.objects.filter(
        models.Q(patient_id__in=known) | models.Q(versions__patient_id__in=known)
    )
    report_ids = set(reports.values_list("pk", flat=True))
    versions = DiagnosticReportVersion.objects.filter(report_id__in=report_ids)
    forget_content(list(versions.values_list("received_message_id", flat=True)))
    _delete(DiagnosticReport.objects.filter(pk__in=report_ids))


def _delete(rows: models.QuerySet[Any]) -> None:
    """The rows, and before them every row that rests on them, in whatever table; what
    rests on one of its own kind goes together with it."""
    for relation in rows.model._meta.get_fields(include_hidden=True):
        below = relation.related_model
        if isinstance(relation, models.ManyToOneRel) and below is not rows.model:
            on_them = {f"{relation.field.name}__in": rows}
            _delete(below._base_manager.filter(**on_them))
    rows.delete()
