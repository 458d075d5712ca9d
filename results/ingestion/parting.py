"""Undoing a merge: what has come since goes to whomever its message named."""

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from results import identity, operations
from results.identity import InvalidIdentityNumber
from results.ingestion.process import content_of
from results.ingestion.reading import read
from results.models import (
    DiagnosticReport,
    PatientIdentifier,
    PatientMerge,
    ReceivedMessage,
)
from results.operations import merging
from results.operations.operator_actions import Act
from results.operations.patients import lookup_of
from results.vocabulary import AlarmKind

_UNSETTLED = (
    "To pasienter er skilt igjen. Svar som kom i mellomtiden kan ikke fordeles, fordi "
    "meldingene er slettet. Kontroller dem med laboratoriet."
)


@dataclass(frozen=True, slots=True)
class Parted:
    """How many reports that came after the merge went back, and how many could not be
    told apart: those stay, and an alarm tells of them."""

    returned: int
    unsettled: int


@transaction.atomic
def part(merge_id: uuid.UUID, *, act: Act) -> Parted:
    """Undo a merge. Raises Refused."""
    merge = PatientMerge.objects.filter(pk=merge_id).first()
    returned: list[uuid.UUID] = []
    unsettled: list[uuid.UUID] = []
    if merge is not None and merge.at is not None and merge.reversed_at is None:
        numbers = _numbers_moved(merge)
        for report in _reports_since(merge):
            lookup = _lookup_in(report)
            if lookup is None:
                unsettled.append(report.pk)
            elif lookup in numbers:
                returned.append(report.pk)
    merging.part_patients(merge_id, act=act, since=tuple(returned))
    if unsettled:
        operations.raise_alarm(
            AlarmKind.WRONG_PATIENT, key=f"merge:{merge_id}", text=_UNSETTLED
        )
    return Parted(len(returned), len(unsettled))


def _numbers_moved(merge: PatientMerge) -> frozenset[bytes]:
    rows = PatientIdentifier.objects.filter(pk__in=merge.moved["identifiers"])
    return frozenset(map(bytes, rows.values_list("lookup", flat=True)))


def _reports_since(merge: PatientMerge) -> list[DiagnosticReport]:
    since = DiagnosticReport.objects.filter(
        patient_id=merge.surviving_id, created_at__gt=merge.at
    )
    return list(since.exclude(pk__in=merge.moved["reports"]).order_by("pk"))


def _lookup_in(report: DiagnosticReport) -> bytes | None:
    """The keyed hash of the number its message gave; None when that is gone."""
    received = ReceivedMessage.objects.filter(version__report=report).first()
    if received is None or received.content_encrypted is None:
        return None
    said = read(content_of(received)).report
    if said is None or said.patient is None:
        return None
    try:
        number = identity.parse(
            said.patient.identity_number,
            allow_test_numbers=settings.ALLOW_TEST_NUMBERS,
        )
    except InvalidIdentityNumber:
        return None
    return lookup_of(number)
