"""One report: what was asked for, taken and found."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from results.parsed.parties import ParsedParty, ParsedPatient
from results.parsed.record import record
from results.parsed.values import (
    ParsedCoding,
    ParsedComment,
    ParsedMoment,
    ParsedQuantity,
)
from results.vocabulary import (
    Discipline,
    Interpretation,
    ObservationStatus,
    ReportStatus,
    ValueKind,
)


@record
class ParsedSpecimen:
    """What was taken. `id` is the laboratory's, the target of an item's reference."""

    id: str | None = None
    type: ParsedCoding | None = None
    type_text: str | None = None
    anatomical_origin: str | None = None
    collected_at: ParsedMoment | None = None
    comments: tuple[str, ...] = ()
    is_accredited: bool | None = None
    is_cancelled: bool = False
    id_by_requester: str | None = None
    collector: ParsedParty | None = None


@record
class ParsedObservation:
    """One result item; groups hold others in `members`. At most one value is set,
    `kind` says which; TextResult gives TEXT (or CODED when it holds only codes).
    `structured` is label and value: template answers, and modifiers of a diagnosis."""

    kind: ValueKind = ValueKind.NONE
    status: ObservationStatus = ObservationStatus.UNKNOWN
    codings: tuple[ParsedCoding, ...] = ()
    method_codings: tuple[ParsedCoding, ...] = ()
    investigation_comment: str | None = None
    heading: str | None = None
    quantity: ParsedQuantity | None = None
    text: str | None = None
    is_markup: bool = False
    unit_of_text: str | None = None
    value_codings: tuple[ParsedCoding, ...] = ()
    interval_low: ParsedQuantity | None = None
    interval_high: ParsedQuantity | None = None
    date: ParsedMoment | None = None
    reference_ranges: tuple[str, ...] = ()
    interpretation: Interpretation | None = None
    comments: tuple[str, ...] = ()
    service_type: str | None = None
    status_code: str | None = None
    item_id: str | None = None
    related_item_id: str | None = None
    specimen_ids: tuple[str, ...] = ()
    investigated_at: ParsedMoment | None = None
    described_at: ParsedMoment | None = None
    is_accredited: bool | None = None
    performers: tuple[ParsedParty, ...] = ()
    diagnoses: tuple[ParsedCoding, ...] = ()
    structured: tuple[tuple[str, str], ...] = ()
    members: tuple["ParsedObservation", ...] = ()
    status_changed_at: ParsedMoment | None = None
    countersigned_at: ParsedMoment | None = None
    validated_at: ParsedMoment | None = None

    def walk(self) -> Iterator["ParsedObservation"]:
        """This item and every item below it, in document order."""
        yield self
        for member in self.members:
            yield from member.walk()


@dataclass(frozen=True, slots=True)
class ParsedServiceRequest:
    """What was asked for. `id` is the requester's; «NULL» and blank are None (B9).
    `purpose` is «Formål» (KITH `ReasonAsText/TextCode`)."""

    id: str | None = None
    id_by_performer: str | None = None
    authored_at: ParsedMoment | None = None
    received_at: ParsedMoment | None = None
    priority: str | None = None
    reasons: tuple[ParsedComment, ...] = ()
    comments: tuple[ParsedComment, ...] = ()
    reservations: tuple[ParsedCoding, ...] = ()
    purpose: ParsedCoding | None = None


@dataclass(frozen=True, slots=True)
class ParsedAttachment:
    """A document that came with the report, or only a reference to one.

    `content` holds decoded bytes only when they are small enough and really there;
    `problem` says in words what is wrong with it, for the warnings.
    """

    title: str | None = None
    media_type: str | None = None
    content: bytes | None = field(default=None, repr=False)
    problem: str | None = None
    issued_at: ParsedMoment | None = None


@dataclass(frozen=True, slots=True)
class ParsedAdmission:
    """The hospital stay the answer belongs to (KITH `AdmLocation`), `place` in words:
    «Medisinsk avdeling, Sengepost 3»."""

    started_at: ParsedMoment | None = None
    ended_at: ParsedMoment | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedReport:
    """One svarrapport. `id` is ServProvId as sent, unique only with its sender;
    `contact_type` is Volven 8240."""

    id: str | None = None
    service_type: str | None = None
    status_code: str | None = None
    status: ReportStatus = ReportStatus.UNKNOWN
    type: ParsedCoding | None = None
    category: Discipline = Discipline.OTHER
    issued_at: ParsedMoment | None = None
    approved_at: ParsedMoment | None = None
    comment: str | None = None
    coded_comments: tuple[ParsedCoding, ...] = ()
    patient: ParsedPatient | None = None
    requester: ParsedParty | None = None
    performer: ParsedParty | None = None
    responsible: ParsedParty | None = None
    copy_recipients: tuple[ParsedParty, ...] = ()
    service_requests: tuple[ParsedServiceRequest, ...] = ()
    clinical_information: tuple[ParsedComment, ...] = ()
    specimens: tuple[ParsedSpecimen, ...] = ()
    observations: tuple[ParsedObservation, ...] = ()
    attachments: tuple[ParsedAttachment, ...] = ()
    contact_type: str | None = None
    admission: ParsedAdmission | None = None

    def all_observations(self) -> Iterator[ParsedObservation]:
        """Every item at every depth, in document order."""
        for observation in self.observations:
            yield from observation.walk()
