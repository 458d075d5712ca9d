"""A citizen says that an answer is wrong; its producer's controller answers."""

import datetime
import uuid
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from access.cases import ANSWERED_WITHIN, NotYours, log_followed_by
from access.log import write_entry
from access.lookup.answers import Answer, Found, answer, request_for
from access.models import CorrectionCase
from access.models.correction import CORRECTION_CONTEXT
from access.rules.ground import permit
from access.terms import (
    Action,
    Facts,
    Viewer,
    ViewerKind,
)
from access.vocabulary import (
    CorrectionKind,
    CorrectionOutcome,
)
from results import queries
from results.encryption import decrypt, encrypt
from results.models import DiagnosticReportVersion, Organization
from results.operations import raise_alarm
from results.vocabulary import AlarmKind, Discipline

_CALLED = "En innbygger sier at et svar ikke er deres."
_NO_PRODUCER = "En innbygger sier at et svar er feil. Produsenten er ikke registrert."


class NotCorrected(Exception):
    """Said to be corrected, but no other version has come and no mark is set."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A case; `version_at` is when the version it is about was made, `new_version_at`
    that of the one in force, where it is another. Nothing of what the answer says."""

    id: uuid.UUID
    report_id: uuid.UUID
    kind: CorrectionKind
    discipline: Discipline
    organization_name: str
    text: str
    opened_at: datetime.datetime
    due_at: datetime.datetime
    version_at: datetime.datetime
    new_version_at: datetime.datetime | None
    is_wrong_patient: bool
    closed_at: datetime.datetime | None
    outcome: CorrectionOutcome | None
    answer: str
    report_key: str = ""


def ask_correction(
    viewer: Viewer,
    *,
    patient_id: uuid.UUID,
    report_id: uuid.UUID,
    kind: CorrectionKind,
    text: str,
) -> Answer[uuid.UUID]:
    """The case; asking again while it is open adds nothing. «Ikke mitt» calls an
    operator as well, who alone can mark a report as another's."""
    request = replace(
        request_for(Action.ASK_CORRECTION, viewer, patient_id), report_id=report_id
    )

    def fetch(_facts: Facts) -> Found[uuid.UUID] | None:
        version = _current(report_id, patient_id)
        if version is None:
            return None
        case, is_new = CorrectionCase.objects.get_or_create(
            patient_id=patient_id,
            report_id=report_id,
            closed_at=None,
            defaults={
                "kind": kind,
                "organization_id": version.performer_id,
                "version_id": version.id,
                "text_encrypted": _sealed(text),
                "opened_at": request.at,
                "due_at": request.at + ANSWERED_WITHIN,
            },
        )
        if is_new:
            _call_operator(case, version)
        return Found(case.id, report_ids=[report_id])

    return answer(request, fetch, changes=True)


def read_corrections(viewer: Viewer) -> tuple[Correction, ...]:
    """The citizen's own, newest first; nobody else has any."""
    if viewer.kind is not ViewerKind.CITIZEN or viewer.patient_id is None:
        return ()
    known = queries.known_as(viewer.patient_id)
    cases = CorrectionCase.objects.filter(patient_id__in=known)
    return tuple(_told(case) for case in cases.order_by("-opened_at", "-id"))


def corrections_for(viewer: Viewer) -> tuple[Correction, ...]:
    """Those of the producers the viewer follows up for: open first, by deadline."""
    cases = CorrectionCase.objects.filter(organization_id__in=_followed(viewer))
    found = cases.order_by("due_at", "id")[:100]
    open_first = sorted(found, key=lambda case: case.closed_at is not None)
    return tuple(_told(case) for case in open_first)


@transaction.atomic
def read_correction(viewer: Viewer, case_id: uuid.UUID) -> Correction:
    """Logged, where the patient sees it. Raises NotYours."""
    case = _case_of(viewer, case_id)
    _log(viewer, case)
    version = DiagnosticReportVersion.objects.select_related("report").get(
        pk=case.version_id
    )
    return replace(_told(case), report_key=version.report.report_key)


@transaction.atomic
def close_correction(
    viewer: Viewer, case_id: uuid.UUID, *, outcome: CorrectionOutcome, text: str
) -> None:
    """Answered, and closed as it stands. Raises NotYours, and NotCorrected."""
    case = _case_of(viewer, case_id)
    if case.closed_at is not None:
        raise NotYours
    told = _told(case)
    is_changed = told.new_version_at is not None or told.is_wrong_patient
    if outcome is CorrectionOutcome.CORRECTED and not is_changed:
        raise NotCorrected
    current = _current(case.report_id)
    case.closed_at = timezone.now()
    case.closed_by = viewer.user_id
    case.closed_version_id = current.id if current else case.version_id
    case.outcome = outcome
    case.answer_encrypted = _sealed(text)
    case.save()
    _log(viewer, case)


def _current(
    report_id: uuid.UUID, patient_id: uuid.UUID | None = None
) -> DiagnosticReportVersion | None:
    found = DiagnosticReportVersion.objects.filter(report_id=report_id, is_current=True)
    return (found.filter(patient_id=patient_id) if patient_id else found).first()


def _call_operator(case: CorrectionCase, version: DiagnosticReportVersion) -> None:
    is_anothers = case.kind == CorrectionKind.NOT_MINE
    if not is_anothers and case.organization_id is not None:
        return
    raise_alarm(
        AlarmKind.CORRECTION,
        key=str(case.id),
        text=_CALLED if is_anothers else _NO_PRODUCER,
        organization_id=case.organization_id,
        received_message_id=version.received_message_id,
    )


def _followed(viewer: Viewer) -> set[uuid.UUID]:
    if viewer.kind is not ViewerKind.PRACTITIONER or viewer.user_id is None:
        return set()
    return log_followed_by(viewer.user_id)


def _case_of(viewer: Viewer, case_id: uuid.UUID) -> CorrectionCase:
    """Nobody handles a case of their own."""
    cases = CorrectionCase.objects.select_for_update().filter(
        pk=case_id, organization_id__in=_followed(viewer)
    )
    case = cases.first()
    if case is None or case.patient_id == viewer.patient_id:
        raise NotYours
    return case


def _log(viewer: Viewer, case: CorrectionCase) -> None:
    request = replace(
        request_for(Action.REVIEW_CORRECTION, viewer, case.patient_id),
        report_id=case.report_id,
    )
    write_entry(
        request, Facts(), permit(rule="controller"), report_ids=[case.report_id]
    )


def _told(case: CorrectionCase) -> Correction:
    asked = DiagnosticReportVersion.objects.select_related("report").get(
        pk=case.version_id
    )
    current = _current(case.report_id)
    is_new = current is not None and current.id != asked.id
    known = {case.organization_id} - {None}
    producer = Organization.objects.filter(pk__in=known).first()
    return Correction(
        id=case.id,
        report_id=case.report_id,
        kind=CorrectionKind(case.kind),
        discipline=Discipline(asked.category),
        organization_name=producer.name if producer else asked.performer_name,
        text=_opened(case.text_encrypted),
        opened_at=case.opened_at,
        due_at=case.due_at,
        version_at=asked.generated_at,
        new_version_at=current.generated_at if current and is_new else None,
        is_wrong_patient=asked.report.wrong_patient_at is not None,
        closed_at=case.closed_at,
        outcome=CorrectionOutcome(case.outcome) if case.outcome else None,
        answer=_opened(case.answer_encrypted),
    )


def _sealed(text: str) -> bytes:
    return encrypt(text.encode(), context=CORRECTION_CONTEXT)


def _opened(sealed: bytes | memoryview | None) -> str:
    return decrypt(sealed, context=CORRECTION_CONTEXT).decode() if sealed else ""
