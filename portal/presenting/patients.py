"""Whose results are on the screen, as the banner and the headers say it."""

import datetime
from dataclasses import dataclass

from access.lookup import PatientHeader
from portal.languages import day_in_digits
from portal.presenting.dates import age, clock
from results.vocabulary import Sex


@dataclass(frozen=True, slots=True)
class ShownPatient:
    """The patient in words; the number is masked before it comes here."""

    id: str
    name: str
    birth_date: str
    age: str
    sex: str
    masked_number: str
    open_until: str
    is_reserved: bool = False


def present_patient(patient: PatientHeader, *, today: datetime.date) -> ShownPatient:
    """Family name first and in capitals, as in a record: «PRØVE, Kari»."""
    born = patient.birth_date
    expires_at = patient.grant_expires_at
    return ShownPatient(
        id=str(patient.patient_id),
        name=record_name(patient.name),
        birth_date=day_in_digits(born) if born else "",
        age=age(born, today=today),
        sex="" if patient.sex is Sex.UNKNOWN else str(patient.sex.label),
        masked_number=patient.masked_number,
        open_until=clock(expires_at) if expires_at else "",
        is_reserved=patient.is_reserved,
    )


def spoken_name(name: str) -> str:
    """The standard's «Prøve, Kari» as people say it: «Kari Prøve»."""
    family, comma, given = name.strip().partition(",")
    return f"{given.strip()} {family.strip()}" if comma else family


def record_name(name: str) -> str:
    """The standard's «Prøve, Kari» as «PRØVE, Kari»; a name sent without a comma stands
    as sent, since nobody knows which word is the family's (dialect B20)."""
    family, comma, given = name.strip().partition(",")
    return f"{family.strip().upper()}, {given.strip()}" if comma else family
