"""The laboratories' departments: how each names itself, writes and answers."""

import datetime
from dataclasses import dataclass

from portal.demo import people
from portal.demo.generator.drafts import Contact, Report


@dataclass(frozen=True, slots=True)
class Service:
    """A department that answers: in which version and encoding, under which ids, who
    is responsible, and after how many hours."""

    laboratory: people.Laboratory
    department: str
    her_id: str
    prefix: str
    responsible: Contact
    hours: int
    version: str = "1.4"
    encoding: str = "UTF-8"
    is_elsewhere: bool = False

    @property
    def sender(self) -> Contact:
        """The department as it names itself in the message."""
        organization = self.laboratory.organization
        return Contact(
            organization=organization.name,
            her_id=organization.her_id,
            organization_number=organization.organization_number,
            department=self.department,
            department_her_id=self.her_id,
        )


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One version of a report, when it leaves the department."""

    at: datetime.datetime
    service: Service
    report: Report


def _person(name: str, hpr_number: str, profession: str, phone: str) -> Contact:
    return Contact(
        person=name,
        hpr_number=hpr_number,
        profession=profession,
        phone=phone,
        relation="AHP",
    )


def _unit(name: str, phone: str) -> Contact:
    return Contact(organization=name, phone=phone, relation="ARP")


NORDLAB_BIOCHEMISTRY = Service(
    laboratory=people.NORDLAB,
    department="Medisinsk biokjemi",
    her_id="900104",
    prefix="NB",
    responsible=_person("Vilde Aas", "9200011", "BI", "75000001"),
    hours=6,
)
NORDLAB_MICROBIOLOGY = Service(
    laboratory=people.NORDLAB,
    department="Mikrobiologi",
    her_id="900204",
    prefix="NM",
    responsible=_person("Eskil Dahl", "9200022", "LE", "75000002"),
    hours=28,
    version="1.3",
)
FJORDLAB_BIOCHEMISTRY = Service(
    laboratory=people.FJORDLAB,
    department="Laboratoriemedisin",
    her_id="900105",
    prefix="FB",
    responsible=_unit("Fjordlab, Laboratoriemedisin", "55000001"),
    hours=4,
    encoding="ISO-8859-1",
    is_elsewhere=True,
)
FJORDLAB_IMMUNOLOGY = Service(
    laboratory=people.FJORDLAB,
    department="Immunologi og transfusjonsmedisin",
    her_id="900205",
    prefix="FI",
    responsible=_person("Runa Tveit", "9200033", "LE", "55000002"),
    hours=72,
)
FJORDLAB_PHARMACOLOGY = Service(
    laboratory=people.FJORDLAB,
    department="Klinisk farmakologi",
    her_id="900305",
    prefix="FF",
    responsible=_person("Aksel Moen", "9200044", "LE", "55000003"),
    hours=30,
)
FJORDLAB_GENETICS = Service(
    laboratory=people.FJORDLAB,
    department="Medisinsk genetikk",
    her_id="900405",
    prefix="FG",
    responsible=_person("Sunniva Rød", "9200055", "LE", "55000004"),
    hours=24 * 21,
    version="1.3",
)
FJORDLAB_PATHOLOGY = Service(
    laboratory=people.FJORDLAB,
    department="Patologi",
    her_id="900505",
    prefix="FP",
    responsible=_person("Torbjørn Eide", "9200066", "LE", "55000005"),
    hours=24 * 6,
    version="1.3",
    encoding="ISO-8859-1",
)
FJORD_IMAGING = Service(
    laboratory=people.FJORD_RADIOLOGI,
    department="Bildediagnostikk",
    her_id="900106",
    prefix="FR",
    responsible=_person("Maja Solheim", "9200077", "LE", "55000006"),
    hours=26,
)
