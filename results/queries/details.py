"""What a report says, in plain values, made of rows in hand, stored or not."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from results import codes
from results.models import (
    DiagnosticReportVersion,
    Observation,
    PresentedForm,
    ServiceRequest,
    Specimen,
)
from results.parsed import ParsedMoment
from results.queries.patients import PatientHeader
from results.queries.reports import ReportSummary, moment
from results.vocabulary import (
    Interpretation,
    ObservationStatus,
    Susceptibility,
    ValueKind,
)

if TYPE_CHECKING:
    from results.queries.history import VersionStep

_RESISTANCE_LIST = ".8271"


@dataclass(frozen=True, slots=True)
class SpecimenDetail:
    """A specimen; `accession` is the laboratory's id, which observations refer to."""

    accession: str
    type_text: str
    anatomical_origin: str
    collected_at: ParsedMoment | None
    comments: tuple[str, ...]
    is_accredited: bool | None


@dataclass(frozen=True, slots=True)
class RequisitionDetail:
    """Why the examination was asked for."""

    requisition_id: str
    authored_at: ParsedMoment | None
    reasons: tuple[str, ...]
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ObservationDetail:
    """One result; groups hold others in `members`. Digits and texts are as sent.

    `is_not_repeated`: an earlier version said it, and none since has taken it back.
    `everyday_name` is what people call the test, where its code has such a name.
    """

    id: uuid.UUID
    name: str
    code: str
    code_system: str
    kind: ValueKind
    status: ObservationStatus
    digits: str
    comparator: str
    unit: str
    text: str
    is_markup: bool
    coded_texts: tuple[str, ...]
    susceptibility: Susceptibility | None
    interval_high: str
    date: ParsedMoment | None
    reference_ranges: tuple[str, ...]
    interpretation: Interpretation | None
    comments: tuple[str, ...]
    heading: str
    item_id: str
    related_item_id: str
    specimen_accessions: tuple[str, ...]
    is_accredited: bool | None
    diagnoses: tuple[str, ...]
    structured: tuple[tuple[str, str], ...]
    effective_at: ParsedMoment | None
    members: tuple["ObservationDetail", ...] = field(default=())
    is_not_repeated: bool = False
    everyday_name: str = ""


@dataclass(frozen=True, slots=True)
class AttachmentDetail:
    """That a document came; `form_id` is its key when it is kept."""

    title: str
    form_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class ReportDetail:
    """A report's current version, with everything the message said; `history` is what
    each version changed, newest first, empty where there is but one."""

    summary: ReportSummary
    patient: PatientHeader
    comment: str
    coded_comments: tuple[str, ...]
    clinical_information: tuple[str, ...]
    responsible_name: str
    specimens: tuple[SpecimenDetail, ...]
    observations: tuple[ObservationDetail, ...]
    requisition: RequisitionDetail | None
    copy_recipients: tuple[str, ...]
    attachments: tuple[AttachmentDetail, ...]
    is_without_original: bool = False
    has_withdrawn_content: bool = False
    history: tuple["VersionStep", ...] = ()


@dataclass(frozen=True, slots=True)
class ReportRows:
    """A version and the rows below it, each kind in its order; stored or not."""

    version: DiagnosticReportVersion
    specimens: Iterable[Specimen]
    requests: Iterable[ServiceRequest]
    observations: Iterable[Observation]
    forms: Iterable[PresentedForm]


def detail_of(
    rows: ReportRows,
    *,
    summary: ReportSummary,
    patient: PatientHeader,
    not_repeated: frozenset[uuid.UUID] = frozenset(),
) -> ReportDetail:
    """What the rows say, in plain values."""
    version = rows.version
    return ReportDetail(
        summary=summary,
        patient=patient,
        comment=version.comment,
        coded_comments=_texts(version.coded_comments),
        clinical_information=_remarks(version.clinical_information),
        responsible_name=version.responsible_name,
        specimens=tuple(_specimen(row) for row in rows.specimens),
        observations=tree_of(rows.observations, not_repeated),
        requisition=next((_requisition(row) for row in rows.requests), None),
        copy_recipients=tuple(filter(None, version.copy_recipients)),
        attachments=tuple(_attachment(row) for row in rows.forms),
    )


def _attachment(row: PresentedForm) -> AttachmentDetail:
    """`is_kept` is told beside the row, so that no document is read with a report."""
    is_kept: bool = getattr(row, "is_kept", False)
    return AttachmentDetail(row.title or row.media_type, row.pk if is_kept else None)


def _specimen(row: Specimen) -> SpecimenDetail:
    return SpecimenDetail(
        accession=row.accession,
        type_text=row.type_text,
        anatomical_origin=row.anatomical_origin,
        collected_at=moment(row.collected_date, row.collected_at),
        comments=tuple(row.comments),
        is_accredited=row.is_accredited,
    )


def _requisition(row: ServiceRequest) -> RequisitionDetail:
    return RequisitionDetail(
        requisition_id=row.requisition_id,
        authored_at=moment(row.authored_date, row.authored_at),
        reasons=_remarks(row.reasons),
        comments=_remarks(row.comments),
    )


def tree_of(
    rows: Iterable[Observation], not_repeated: frozenset[uuid.UUID] = frozenset()
) -> tuple[ObservationDetail, ...]:
    """Each result with those below it in `members`, in the order of the rows."""
    children: dict[uuid.UUID | None, list[Observation]] = defaultdict(list)
    for row in rows:
        children[row.parent_id].append(row)

    def below(parent: uuid.UUID | None) -> tuple[ObservationDetail, ...]:
        return tuple(
            _observation(row, below(row.id), is_not_repeated=row.id in not_repeated)
            for row in children[parent]
        )

    return below(None)


def _observation(
    row: Observation,
    members: tuple[ObservationDetail, ...],
    *,
    is_not_repeated: bool,
) -> ObservationDetail:
    known = codes.find(row.code, row.code_system)
    return ObservationDetail(
        id=row.id,
        name=row.name,
        code=row.code,
        code_system=row.code_system,
        kind=ValueKind(row.kind),
        status=ObservationStatus(row.status),
        digits=row.value_as_sent,
        comparator=row.comparator,
        unit=row.unit,
        text=row.value_text,
        is_markup=row.is_markup,
        coded_texts=_texts(row.value_codings),
        susceptibility=_susceptibility(row.value_codings),
        interval_high=row.interval_high,
        date=moment(row.value_date, None) if row.kind == ValueKind.DATE else None,
        reference_ranges=tuple(row.reference_ranges),
        interpretation=Interpretation(row.interpretation)
        if row.interpretation
        else None,
        comments=tuple(row.comments),
        heading=row.heading,
        item_id=row.item_id,
        related_item_id=row.related_item_id,
        specimen_accessions=tuple(row.specimen_accessions),
        is_accredited=row.is_accredited,
        diagnoses=_texts(row.diagnoses),
        structured=tuple((name, value) for name, value in row.structured),
        effective_at=moment(row.effective_date, row.effective_at),
        members=members,
        is_not_repeated=is_not_repeated,
        everyday_name=known.everyday_name if known else "",
    )


def _susceptibility(codings: Iterable[dict[str, str]]) -> Susceptibility | None:
    """S, I, R or K of Volven 8271; microbes are sent under that list too (D16)."""
    for coding in codings:
        code = coding.get("code", "")
        is_resistance = coding.get("system", "").endswith(_RESISTANCE_LIST)
        if is_resistance and code in Susceptibility.values:
            return Susceptibility(code)
    return None


def _texts(codings: Iterable[dict[str, str]]) -> tuple[str, ...]:
    """Each code in words, as sent."""
    words = (
        c.get("original_text") or c.get("display") or c.get("code") for c in codings
    )
    return tuple(filter(None, words))


def _remarks(comments: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(c["text"] for c in comments if c.get("text"))
