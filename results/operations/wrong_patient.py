"""«Feil pasient»: a report is on the wrong person, so its values are for nobody."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from results.models import DiagnosticReport, ReceivedMessage
from results.operations.operator_actions import Act, Refused, record
from results.vocabulary import OperatorActionKind

_LONGEST_KEY = 300
_NO_REPORT = _("Meldingen er ikke lest inn som et svar.")
_MARKED = _("Svaret er allerede merket som feil pasient.")
_NOT_MARKED = _("Svaret er ikke merket som feil pasient.")
_KEY_TAKEN = _(
    "Laboratoriets id er satt fri for et annet svar. Merket kan ikke tas bort."
)
_ASIDE = "#feil-pasient-"


@transaction.atomic
def mark_wrong_patient(
    message_id: uuid.UUID, *, act: Act, frees_key: bool = False
) -> uuid.UUID:
    """Mark the report this message is a version of; gives its key. Raises Refused.

    `frees_key` sets the laboratory's id aside, so that the same id may come in for the
    right person, once the message that waits in quarantine is processed again.
    """
    report = _report_of(message_id)
    if report.wrong_patient_at is not None:
        raise Refused(_MARKED)
    report.wrong_patient_at = timezone.now()
    report.wrong_patient_reason = act.reason
    former = report.report_key
    if frees_key:
        suffix = f"{_ASIDE}{report.pk.hex}"
        report.report_key = former[: _LONGEST_KEY - len(suffix)] + suffix
    report.save(
        update_fields=["wrong_patient_at", "wrong_patient_reason", "report_key"]
    )
    record(
        OperatorActionKind.WRONG_PATIENT,
        act,
        received=ReceivedMessage.objects.get(pk=message_id),
        report=str(report.pk),
        report_key=former,
        frees_key=frees_key,
    )
    return report.pk


@transaction.atomic
def unmark_wrong_patient(message_id: uuid.UUID, *, act: Act) -> None:
    """Take the mark away again, where it was the mark that was wrong. Raises Refused
    once the laboratory's id has been taken for someone else."""
    report = _report_of(message_id)
    if report.wrong_patient_at is None:
        raise Refused(_NOT_MARKED)
    if _ASIDE in report.report_key:
        raise Refused(_KEY_TAKEN)
    report.wrong_patient_at, report.wrong_patient_reason = None, ""
    report.save(update_fields=["wrong_patient_at", "wrong_patient_reason"])
    record(
        OperatorActionKind.RIGHT_PATIENT,
        act,
        received=ReceivedMessage.objects.get(pk=message_id),
        report=str(report.pk),
    )


def _report_of(message_id: uuid.UUID) -> DiagnosticReport:
    found = DiagnosticReport.objects.select_for_update(no_key=True)
    report = found.filter(versions__received_message=message_id).first()
    if report is None:
        raise Refused(_NO_REPORT)
    return report
