"""What a laboratory means to say, before it is written as XML."""

import datetime
from dataclasses import dataclass, field

NLK = "2.16.578.1.12.4.1.1.7280"
NCRP = "2.16.578.1.12.4.1.1.7270"
NORPAT = "2.16.578.1.12.4.1.1.7010"
PATHOLOGY_EXAMINATION = "2.16.578.1.12.4.1.1.8219"
SPECIMEN_MATERIAL = "2.16.578.1.12.4.1.1.8351"
RESISTANCE = "2.16.578.1.12.4.1.1.8271"
REPORT_COMMENT = "2.16.578.1.12.4.1.1.8269"
LOCAL = "2.16.578.1.12.4.1.1.8212"


@dataclass(frozen=True, slots=True)
class Code:
    """KITH CV: `original_text` (OT) is what to show for local codes without a V."""

    value: str
    system: str = NLK
    display: str = ""
    original_text: str = ""


def local_code(text: str) -> Code:
    """A test that has no national code (8212: no V, the text is all there is)."""
    return Code("", LOCAL, original_text=text)


@dataclass(frozen=True, slots=True)
class Person:
    """The person the report is about."""

    number: str = field(repr=False)
    name: str
    birth_date: datetime.date
    is_female: bool
    number_type: str = "FNR"

    @property
    def reported_name(self) -> str:
        """«Etternavn, Fornavn», as the standard wants it."""
        given, _, family = self.name.rpartition(" ")
        return f"{family}, {given}" if given else family


@dataclass(frozen=True, slots=True)
class Contact:
    """An organisation, a department and a person in it, or some of these."""

    organization: str = ""
    her_id: str = ""
    organization_number: str = ""
    department: str = ""
    department_her_id: str = ""
    person: str = ""
    hpr_number: str = ""
    profession: str = ""
    phone: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Specimen:
    """What was taken. `id` is the laboratory's, the target of a result's reference."""

    id: str
    material: Code | None = None
    text: str = ""
    collected_at: datetime.datetime | None = None
    origin: str = ""
    comment: str = ""
    is_accredited: bool | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """One ResultItem: a number, a text, codes, or only a head for its `members`."""

    code: Code
    number: str = ""
    unit: str = ""
    comparator: str = ""
    text: str = ""
    is_markup: bool = False
    heading: str = ""
    value_codes: tuple[Code, ...] = ()
    service_type: str = "N"
    reference: str = ""
    specifications: tuple[Code, ...] = ()
    examined_at: datetime.datetime | None = None
    described_at: datetime.datetime | None = None
    comment: str = ""
    deviation: str = ""
    id: str = ""
    refers_to: str = ""
    status: str = "3"
    specimen_id: str = ""
    is_accredited: bool | None = None
    responsible: Contact | None = None
    members: tuple["Result", ...] = ()

    @property
    def has_text(self) -> bool:
        return bool(self.text or self.heading or self.value_codes)


@dataclass(frozen=True, slots=True)
class Requisition:
    """What was asked for; `id` is the requester's."""

    id: str = "NULL"
    issued_on: datetime.date | None = None
    received_at: datetime.datetime | None = None
    id_by_laboratory: str = ""
    reason: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One svarrapport, in one of its versions."""

    id: str
    type_code: str
    person: Person
    sender: Contact
    recipient: Contact
    issued_at: datetime.datetime
    service_type: str = "N"
    status: str = "F"
    comment: str = ""
    coded_comments: tuple[Code, ...] = ()
    approved_at: datetime.datetime | None = None
    requisition: Requisition | None = None
    requester: Contact | None = None
    clinical_information: str = ""
    specimens: tuple[Specimen, ...] = ()
    results: tuple[Result, ...] = ()
    copies: tuple[Contact, ...] = ()
    responsible: Contact | None = None

    @property
    def is_imaging(self) -> bool:
        return self.type_code in {"RTG", "CT", "MR", "UL", "MA", "SCI"}


@dataclass(frozen=True, slots=True)
class Message:
    """A report on its way: version 1.4 or 1.3, and the encoding of its bytes."""

    id: str
    generated_at: datetime.datetime
    report: Report
    version: str = "1.4"
    encoding: str = "UTF-8"
    is_test: bool = False
