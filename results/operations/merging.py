"""Two patients that are one person become one, and can be parted again exactly."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import Q
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from results.encryption import decrypt
from results.identity import IdentityNumber, NumberKind, mask
from results.models import (
    DiagnosticReport,
    DiagnosticReportVersion,
    Observation,
    OptOut,
    Patient,
    PatientDemographics,
    PatientIdentifier,
    PatientMerge,
    ServiceRequest,
    Specimen,
)
from results.models.patient import IDENTIFIER_CONTEXT
from results.operations.operator_actions import Act, Refused, record
from results.operations.patients import lookup_of
from results.vocabulary import OperatorActionKind

# Sent with `surviving_id` and `merged_id`, in the transaction; what receivers return is
# kept and given back as `followed` when the merge is undone.
patients_merged = Signal()
patients_parted = Signal()

# Whoever is about to store a report has read the numbers and holds them until it is
# done; so nobody stores on a patient that is being merged.
_LOCK = "LOCK TABLE results_patientidentifier IN ACCESS EXCLUSIVE MODE"
_BUSY = _("Det leses inn svar akkurat nå. Prøv igjen om litt.")
_UNKNOWN = _("Vi har ingen med det nummeret.")
_SAME = _("De to numrene er allerede samme pasient.")
_CONFLICT = _(
    "De to har hvert sitt nummer av samme slag. Det er to personer, hvis ikke "
    "Folkeregisteret sier noe annet. Bekreft at det er kontrollert."
)
_STANDING = _("Det finnes allerede et forslag eller en sammenslåing for denne.")
_SETTLED = _("Forslaget er allerede avgjort.")
_OWN = _("En sammenslåing utføres av en annen enn den som foreslo den.")
_NOT_MERGED = _("Sammenslåingen er ikke utført, eller er allerede opphevet.")
_LATER = _("En av de to er slått sammen på nytt siden. Opphev den siste først.")


@dataclass(frozen=True, slots=True)
class Known:
    """A patient as an operator sees one: numbers masked, and how much there is."""

    patient_id: uuid.UUID
    numbers: tuple[tuple[NumberKind, str], ...]
    reports: int


def find_patient(number: IdentityNumber) -> Known:
    """Who has this number. Raises Refused; nobody is made."""
    row = PatientIdentifier.objects.filter(lookup=lookup_of(number)).first()
    if row is None:
        raise Refused(_UNKNOWN)
    return known(row.patient_id)


def known(patient_id: uuid.UUID) -> Known:
    """The patient's numbers, masked, and how many reports there are."""
    rows = PatientIdentifier.objects.filter(patient_id=patient_id).order_by("id")
    return Known(
        patient_id=patient_id,
        numbers=tuple(
            (NumberKind(r.kind), mask(_digits(r.value_encrypted))) for r in rows
        ),
        reports=DiagnosticReport.objects.filter(patient_id=patient_id).count(),
    )


def have_conflict(one: Known, other: Known) -> bool:
    """Whether both have a number of the same kind: then they are hardly one person."""
    return bool({kind for kind, _n in one.numbers} & {k for k, _n in other.numbers})


@transaction.atomic
def propose_merge(
    surviving: Known, merged: Known, *, accepts_conflict: bool, act: Act
) -> PatientMerge:
    """Write down that the two are one person, for another to carry out. Raises
    Refused; two numbers of the same kind need `accepts_conflict`."""
    if surviving.patient_id == merged.patient_id:
        raise Refused(_SAME)
    if have_conflict(surviving, merged) and not accepts_conflict:
        raise Refused(_CONFLICT)
    keys = [surviving.patient_id, merged.patient_id]
    list(Patient.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    if _standing().filter(merged_id__in=keys).exists():
        raise Refused(_STANDING)
    return PatientMerge.objects.create(
        surviving_id=surviving.patient_id,
        merged_id=merged.patient_id,
        accepts_conflict=accepts_conflict,
        reason=act.reason,
        by=act.by,
    )


@transaction.atomic
def decline_merge(merge_id: uuid.UUID, *, by: str) -> None:
    """Nothing is merged; also whoever proposed it may take it back."""
    merge = _undecided(merge_id)
    merge.declined_by, merge.declined_at = by, timezone.now()
    merge.save(update_fields=["declined_by", "declined_at"])


@transaction.atomic
def merge_patients(merge_id: uuid.UUID, *, by: str) -> PatientMerge:
    """Move all that is the merged patient's, as another than proposed it. Raises
    Refused, also when the two have come into conflict since."""
    merge = _undecided(merge_id)
    if merge.by == by:
        raise Refused(_OWN)
    _lock_numbers()
    one, other = known(merge.surviving_id), known(merge.merged_id)
    if have_conflict(one, other) and not merge.accepts_conflict:
        raise Refused(_CONFLICT)
    merge.approved_by, merge.at = by, timezone.now()
    merge.moved = _move_all(merge)
    merge.save(update_fields=["approved_by", "at", "moved"])
    record(
        OperatorActionKind.MERGE,
        Act(by, merge.reason),
        merge=str(merge.pk),
        proposed_by=merge.by,
        reports=len(merge.moved["reports"]),
    )
    return merge


@transaction.atomic
def part_patients(
    merge_id: uuid.UUID, *, act: Act, since: tuple[uuid.UUID, ...] = ()
) -> PatientMerge:
    """Move back what the merge moved, and the reports of `since`, which came after it
    under the merged patient's numbers. Raises Refused."""
    merge = _held(merge_id)
    if merge is None or merge.at is None or merge.reversed_at is not None:
        raise Refused(_NOT_MERGED)
    keys = [merge.surviving_id, merge.merged_id]
    later = _standing().filter(Q(surviving_id__in=keys) | Q(merged_id__in=keys))
    if later.filter(at__gt=merge.at).exists():
        raise Refused(_LATER)
    _lock_numbers()
    _move_back(merge, since)
    merge.reversed_by, merge.reversed_reason = act.by, act.reason
    merge.reversed_at = timezone.now()
    merge.save(update_fields=["reversed_by", "reversed_reason", "reversed_at"])
    record(
        OperatorActionKind.UNMERGE,
        act,
        merge=str(merge.pk),
        reports_since=[str(r) for r in since],
    )
    return merge


def _standing() -> "Any":  # noqa: ANN401
    return PatientMerge.objects.filter(reversed_at=None, declined_at=None)


def _held(merge_id: uuid.UUID) -> PatientMerge | None:
    return PatientMerge.objects.select_for_update().filter(pk=merge_id).first()


def _undecided(merge_id: uuid.UUID) -> PatientMerge:
    merge = _held(merge_id)
    if merge is None or merge.at is not None or merge.declined_at is not None:
        raise Refused(_SETTLED)
    return merge


def _lock_numbers() -> None:
    """Waits a moment for those who read numbers now; the rest wait for us."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '3s'")
            cursor.execute(_LOCK)
            cursor.execute("SET LOCAL lock_timeout = 0")
    except OperationalError:
        raise Refused(_BUSY) from None


def _move_all(merge: PatientMerge) -> dict[str, Any]:
    old, new = merge.merged_id, merge.surviving_id
    numbers = PatientIdentifier.objects.filter(patient_id=old)
    reports = DiagnosticReport.objects.filter(patient_id=old)
    moved: dict[str, Any] = {
        "identifiers": list(numbers.values_list("pk", flat=True)),
        "reports": [str(key) for key in reports.values_list("pk", flat=True)],
    }
    numbers.update(patient_id=new)
    _move_reports(moved["reports"], new)
    moved["opt_outs"] = _move_opt_out(old, new)
    moved["demographics"] = _move_demographics(old, new)
    answers = patients_merged.send(PatientMerge, surviving_id=new, merged_id=old)
    moved["followed"] = {r.__name__: answer for r, answer in answers}
    return moved


def _move_back(merge: PatientMerge, since: tuple[uuid.UUID, ...]) -> None:
    old, new, moved = merge.merged_id, merge.surviving_id, merge.moved
    PatientIdentifier.objects.filter(pk__in=moved["identifiers"]).update(patient_id=old)
    _move_reports([*moved["reports"], *map(str, since)], old)
    OptOut.objects.filter(pk__in=moved["opt_outs"]).update(patient_id=old)
    if moved["demographics"]:
        _move_demographics(new, old)
    patients_parted.send(
        PatientMerge, surviving_id=new, merged_id=old, followed=moved["followed"]
    )


def _move_reports(keys: list[str], patient_id: uuid.UUID) -> None:
    """A report with every version of it, and all that the versions hold."""
    DiagnosticReport.objects.filter(pk__in=keys).update(patient_id=patient_id)
    versions = DiagnosticReportVersion.objects.filter(report_id__in=keys)
    version_ids = list(versions.values_list("pk", flat=True))
    versions.update(patient_id=patient_id)
    for model in (Specimen, ServiceRequest, Observation):
        rows = model._default_manager.filter(version_id__in=version_ids)
        rows.update(patient_id=patient_id)


def _move_opt_out(old: uuid.UUID, new: uuid.UUID) -> list[str]:
    """Whoever has asked that nothing is stored has asked it as one person too."""
    if OptOut.objects.filter(patient_id=new, valid_to=None).exists():
        return []
    rows = OptOut.objects.filter(patient_id=old, valid_to=None)
    keys = [str(key) for key in rows.values_list("pk", flat=True)]
    rows.update(patient_id=new)
    return keys


def _move_demographics(old: uuid.UUID, new: uuid.UUID) -> bool:
    """A name is taken along where there is none."""
    if PatientDemographics.objects.filter(patient_id=new).exists():
        return False
    return PatientDemographics.objects.filter(patient_id=old).update(patient_id=new) > 0


def _digits(sealed: bytes | memoryview) -> str:
    return decrypt(sealed, context=IDENTIFIER_CONTEXT).decode()
