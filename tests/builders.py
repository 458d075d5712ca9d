"""Messages, reports and results with defaults, so that a test says only what matters.

    a_message(about=KARI, results=[a_number("NPU27300", "61", unit="mmol/mol")])

is the bytes of a svarrapport 1.4 from Nordlab to Ola Lind about Kari Prøve.
"""

import datetime
from dataclasses import replace

from portal.demo import people
from portal.demo.generator.drafts import (
    NLK,
    RESISTANCE,
    SPECIMEN_MATERIAL,
    Code,
    Contact,
    Message,
    Person,
    Report,
    Requisition,
    Result,
    Specimen,
    local_code,
)
from portal.demo.generator.writer import write
from results import identity

MORNING = datetime.datetime(2026, 3, 2, 8, 30)
NOON = datetime.datetime(2026, 3, 2, 12, 5)
MESSAGE_ID = "3f0c1f5e-7a52-4c0e-9a51-1f6d7f1c2a01"
REPORT_ID = "NL-2026-000417"


def a_message(
    *,
    id: str = MESSAGE_ID,
    generated_at: datetime.datetime = NOON,
    version: str = "1.4",
    encoding: str = "UTF-8",
    is_test: bool = False,
    **report,
) -> bytes:
    """The bytes of a message; whatever else is given goes to `a_report`."""
    return write(
        Message(
            id=id,
            generated_at=generated_at,
            report=a_report(**report),
            version=version,
            encoding=encoding,
            is_test=is_test,
        )
    )


def a_report(
    *,
    about: people.Persona | Person = people.KARI,
    sent_by: people.Laboratory = people.NORDLAB,
    results=None,
    **fields,
) -> Report:
    """A final biochemistry report with one result, unless told otherwise."""
    standing = Report(
        id=REPORT_ID,
        type_code="CLIN",
        person=about if isinstance(about, Person) else a_person(about),
        sender=a_sender(sent_by),
        recipient=the_gp_office(),
        issued_at=NOON,
        requisition=Requisition(id="LL-88121", issued_on=MORNING.date()),
        requester=the_gp(),
        specimens=(a_specimen(),),
        results=(a_number(),) if results is None else tuple(results),
        responsible=someone_responsible(),
    )
    return replace(standing, **fields)


def a_person(persona: people.Persona = people.KARI, **fields) -> Person:
    """The persona as a report names them; `number="…"` and others may be changed."""
    number = identity.parse(persona.number, allow_test_numbers=True)
    standing = Person(
        number=persona.number,
        name=persona.name,
        birth_date=number.birth_date,
        is_female=number.is_female,
    )
    return replace(standing, **fields)


def a_number(
    code: str = "NOR05172", number: str = "13.2", *, unit: str = "g/dL", **fields
) -> Result:
    """A result that is a number; haemoglobin unless told otherwise."""
    standing = Result(
        code=Code(code, NLK, fields.pop("name", "B-Hemoglobin")),
        number=number,
        unit=unit,
        reference="11,7 - 15,3",
        specimen_id="1",
    )
    return replace(standing, **fields)


def a_text(
    text: str = "Ingen vekst", *, code: str = "NPU06073", heading: str = "LR", **fields
) -> Result:
    """A result in words; a urine culture unless told otherwise."""
    name = fields.pop("name", "U-Bakterier dyrkning")
    standing = Result(code=Code(code, NLK, name), text=text, heading=heading)
    return replace(standing, **fields)


def a_heading(*members: Result, text: str = "Blodstatus") -> Result:
    """A result that only gathers others."""
    return Result(code=local_code(text), heading="GR", members=members)


def a_susceptibility(
    agent: str, answer: str, *, mic: str = "", refers_to: str = ""
) -> Result:
    """How a microbe answers to an agent: S, I or R, with the MIC where measured."""
    return Result(
        code=local_code(agent),
        heading="RSB",
        text=mic,
        value_codes=(Code(answer, RESISTANCE),),
        refers_to=refers_to,
    )


def a_specimen(id: str = "1", *, material: str = "B", **fields) -> Specimen:
    """Blood, taken in the morning."""
    standing = Specimen(
        id=id,
        material=Code(material, SPECIMEN_MATERIAL),
        collected_at=MORNING,
    )
    return replace(standing, **fields)


def a_sender(laboratory: people.Laboratory = people.NORDLAB) -> Contact:
    """The laboratory as it names itself."""
    organization = laboratory.organization
    return Contact(
        organization=organization.name,
        her_id=organization.her_id,
        organization_number=organization.organization_number,
    )


def the_gp_office() -> Contact:
    """Lillevik legesenter, to whom reports are sent."""
    office = people.LILLEVIK_LEGESENTER
    return Contact(organization=office.name, her_id=office.her_id)


def the_gp() -> Contact:
    """Ola Lind, who asked."""
    return replace(
        the_gp_office(),
        person=people.OLA.name,
        hpr_number=people.OLA.hpr_number,
        relation="REK",
    )


def someone_responsible() -> Contact:
    """The biomedical scientist who answers for the report."""
    return Contact(
        person="Vilde Aas",
        hpr_number="9200011",
        profession="BI",
        phone="75000001",
        relation="AHP",
    )
