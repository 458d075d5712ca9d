"""What a message says, whatever format it came in; nothing here is stored yet.

Readers (`results.kith`, `results.fhir`) produce a `ParsedMessage`; `results.operations`
stores it. Text is kept as sent apart from surrounding blanks. Code values are stripped.
`None` means the sender did not say.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar, dataclass_transform

from results.vocabulary import (
    Discipline,
    Interpretation,
    MessageFormat,
    ObservationStatus,
    ReportStatus,
    Sex,
    ValueKind,
)

_Record = TypeVar("_Record")


@dataclass_transform(frozen_default=True)
def _record(cls: type[_Record]) -> type[_Record]:
    """A dataclass that mypy holds frozen. Freezing it for real makes it five times as
    slow to make, and a message is made of hundreds."""
    return dataclass(slots=True, unsafe_hash=True)(cls)


@_record
class ParsedCoding:
    """One code as sent: KITH CV/CS (`V`, `S`, `DN`, `OT`) or FHIR Coding.

    `system` is a whole OID or a URL, or None where the standard implies the list.
    """

    code: str | None = None
    system: str | None = None
    display: str | None = None
    original_text: str | None = None

    @property
    def text(self) -> str | None:
        """What to show when no code table knows better (dialect D30)."""
        return self.original_text or self.display or self.code


@_record
class ParsedMoment:
    """A date or time at the precision it was sent with.

    `as_sent` is the text; `date` is set when at least a day is known; `at` (aware, no
    zone read as Europe/Oslo) only when a time of day was sent: a date never becomes a
    time (dialect C16). All None but `as_sent` when the text is no date.
    """

    as_sent: str
    date: datetime.date | None = None
    at: datetime.datetime | None = None


@_record
class ParsedIdentifier:
    """An id and its kind as sent (Volven 9051 and 8116: HER, ENH, HPR, LOK …)."""

    value: str
    type: str | None = None


@_record
class ParsedUnit:
    """An organisation or a department: its name and every id it was sent with."""

    name: str | None = None
    identifiers: tuple[ParsedIdentifier, ...] = ()

    def id_of(self, type_code: str) -> str | None:
        """The first id of a kind (`HER`, `ENH`, `RSH`), or None."""
        return _first_of(self.identifiers, type_code)


@_record
class ParsedPerson:
    """A health professional: name as one string, ids, profession (Volven 9060)."""

    name: str | None = None
    identifiers: tuple[ParsedIdentifier, ...] = ()
    profession: str | None = None

    def id_of(self, type_code: str) -> str | None:
        """The first id of a kind (`HPR`, `HER`), or None."""
        return _first_of(self.identifiers, type_code)


@_record
class ParsedParty:
    """KITH `HCP`: an organisation, its department, a person in it, or some of these.

    `others` are further departments and people of the organisation.
    """

    organization: ParsedUnit | None = None
    department: ParsedUnit | None = None
    person: ParsedPerson | None = None
    relation: str | None = None
    specialty: ParsedCoding | None = None
    telecoms: tuple[str, ...] = ()
    others: tuple[ParsedUnit | ParsedPerson, ...] = ()

    @property
    def name(self) -> str | None:
        """Names from the outermost in, for a reader: «Nordlab, Medisinsk biokjemi»."""
        parts = (self.organization, self.department, self.person)
        return ", ".join(p.name for p in parts if p and p.name) or None

    def id_of(self, type_code: str) -> str | None:
        """The first id of a kind, looked for in organisation, department, person."""
        return next(iter(self.ids_of(type_code)), None)

    def ids_of(self, type_code: str) -> tuple[str, ...]:
        """Every id of a kind, from the outermost in."""
        parts = (self.organization, self.department, self.person, *self.others)
        return tuple(
            i.value
            for part in parts
            if part
            for i in part.identifiers
            if i.type == type_code
        )


@dataclass(frozen=True, slots=True, repr=False)
class ParsedPatient:
    """Who the report says it is about; the number is as sent, not yet judged.

    `other_identifiers` are numbers the person has had (KITH `AdditionalId`).
    """

    identity_number: str | None = None
    identity_type: str | None = None
    name: str | None = None
    birth_date: ParsedMoment | None = None
    sex: Sex = Sex.UNKNOWN
    death_date: ParsedMoment | None = None
    other_identifiers: tuple[ParsedIdentifier, ...] = ()

    def __repr__(self) -> str:
        return "ParsedPatient(•••)"


@_record
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


@_record
class ParsedQuantity:
    """A number as sent: `digits` keeps «4.0» apart from «4»; comparator in FHIR form
    (`<`, `<=`, `>=`, `>`) or, where FHIR has none, the sent code (`MG`, `ML`, `NE`).
    `ucum` is the unit's UCUM code where the sender gave that too."""

    digits: str
    value: Decimal | None = None
    unit: str | None = None
    comparator: str | None = None
    ucum: str | None = None


@_record
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
class ParsedComment:
    """A remark with its heading, from the requisition (Volven 8231, 8234, 8233)."""

    text: str
    heading: ParsedCoding | None = None


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


@dataclass(frozen=True, slots=True)
class MessageFault:
    """A ground for refusal: Volven 8221 code and a sentence for the sender."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class ParsedRecipient:
    """Someone a message is addressed to: its primary recipient, or of a copy."""

    party: ParsedParty
    is_copy: bool


@dataclass(frozen=True, slots=True)
class ParsedMessage:
    """A message read. `faults` are grounds for a negative receipt that reading found;
    `warnings` are sentences, never grounds for refusal."""

    format: MessageFormat
    message_id: str | None = None
    generated_at: ParsedMoment | None = None
    is_test: bool = False
    sender: ParsedParty | None = None
    primary_recipient: ParsedParty | None = None
    report: ParsedReport | None = None
    faults: tuple[MessageFault, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def recipients(self) -> tuple[ParsedRecipient, ...]:
        """Everyone named, the primary recipient first (HITS 1168)."""
        primary = [self.primary_recipient] if self.primary_recipient else []
        copies = self.report.copy_recipients if self.report else ()
        return (
            *(ParsedRecipient(party, is_copy=False) for party in primary),
            *(ParsedRecipient(party, is_copy=True) for party in copies),
        )


def _first_of(identifiers: tuple[ParsedIdentifier, ...], kind: str) -> str | None:
    return next((i.value for i in identifiers if i.type == kind), None)
