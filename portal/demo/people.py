"""The cast: who may sign in, which organisations they act for, and who sends.

Nobody here exists. Names are invented, identity numbers belong to the synthetic series
and are computed, organisation numbers begin with 31 as synthetic ones do.
"""

import datetime
import uuid
from dataclasses import dataclass, field

from portal.demo.generator.numbers import organization_number, synthetic_number

_SUBJECTS = uuid.UUID("7d1f4a52-3c0e-4b7e-9a55-5a6f0e9d2c11")


@dataclass(frozen=True, slots=True)
class Organization:
    """A health service; `kind` is clinic, hospital, municipality, laboratory, imaging
    or authority. `is_approved` means its personnel may look up answers."""

    name: str
    her_id: str
    organization_number: str
    kind: str
    is_approved: bool = False


@dataclass(frozen=True, slots=True)
class Laboratory:
    """A machine client and the organisation it sends for."""

    client_id: str
    organization: Organization

    @property
    def name(self) -> str:
        return self.organization.name


@dataclass(frozen=True, slots=True)
class Persona:
    """Someone to sign in as. `issuer` is `helseid` or `idporten`; `security_level` is
    what the provider vouches for (4 demanded, 3 refused). `other_roles` are held beside
    the first: whoever has some, chooses after signing in."""

    key: str
    name: str
    number: str = field(repr=False)
    issuer: str
    description: str
    hpr_number: str = ""
    role_code: str = ""
    organization_number: str = ""
    other_roles: tuple[tuple[Organization, str], ...] = ()
    security_level: int = 4
    is_administrator: bool = False

    @property
    def subject(self) -> str:
        """The provider's `sub`: opaque, and the same at every sign-in."""
        return str(uuid.uuid5(_SUBJECTS, f"{self.issuer}/{self.key}"))

    @property
    def is_citizen(self) -> bool:
        return self.issuer == "idporten"


LILLEVIK_LEGESENTER = Organization(
    "Lillevik legesenter", "900001", organization_number("31000001"), "clinic", True
)
FJORD_SYKEHUS = Organization(
    "Fjord sykehus", "900002", organization_number("31000002"), "hospital", True
)
LILLEVIK_KOMMUNE = Organization(
    "Lillevik kommune", "900003", organization_number("31000003"), "municipality", True
)
NORDLAB_AS = Organization(
    "Nordlab", "900004", organization_number("31000004"), "laboratory"
)
FJORDLAB_HF = Organization(
    "Fjordlab", "900005", organization_number("31000005"), "laboratory"
)
FJORD_RADIOLOGI_AS = Organization(
    "Fjord Radiologi", "900006", organization_number("31000008"), "imaging"
)
FORVALTNINGEN = Organization(
    "Prøvesvarforvaltningen", "900007", organization_number("31000007"), "authority"
)
ORGANIZATIONS = (
    LILLEVIK_LEGESENTER,
    FJORD_SYKEHUS,
    LILLEVIK_KOMMUNE,
    NORDLAB_AS,
    FJORDLAB_HF,
    FJORD_RADIOLOGI_AS,
    FORVALTNINGEN,
)

NORDLAB = Laboratory("nordlab-send", NORDLAB_AS)
FJORDLAB = Laboratory("fjordlab-send", FJORDLAB_HF)
FJORD_RADIOLOGI = Laboratory("fjordradiologi-send", FJORD_RADIOLOGI_AS)
LABORATORIES = (NORDLAB, FJORDLAB, FJORD_RADIOLOGI)


def _number(year: int, month: int, day: int, sex: str, index: int = 0) -> str:
    born = datetime.date(year, month, day)
    return synthetic_number(born, is_female=sex == "F", index=index)


OLA = Persona(
    key="ola",
    name="Ola Lind",
    number=_number(1975, 5, 17, "M"),
    issuer="helseid",
    hpr_number="9100011",
    role_code="LE",
    organization_number=LILLEVIK_LEGESENTER.organization_number,
    description="Fastlege ved Lillevik legesenter",
)
INGRID = Persona(
    key="ingrid",
    name="Ingrid Haug",
    number=_number(1981, 11, 2, "F"),
    issuer="helseid",
    hpr_number="9100022",
    role_code="LE",
    organization_number=FJORD_SYKEHUS.organization_number,
    description="Overlege ved Fjord sykehus",
)
MONA = Persona(
    key="mona",
    name="Mona Strand",
    number=_number(1990, 1, 28, "F"),
    issuer="helseid",
    hpr_number="9100033",
    role_code="SP",
    organization_number=LILLEVIK_KOMMUNE.organization_number,
    description="Sykepleier i Lillevik kommune",
)
ARNE = Persona(
    key="arne",
    name="Arne Vik",
    number=_number(1987, 7, 9, "M"),
    issuer="helseid",
    hpr_number="9100044",
    role_code="AA",
    organization_number=FJORD_SYKEHUS.organization_number,
    description="Ambulansearbeider – kan bare åpne ved øyeblikkelig hjelp",
)
HEGE = Persona(
    key="hege",
    name="Hege Moe",
    number=_number(1969, 3, 14, "F"),
    issuer="helseid",
    hpr_number="9100055",
    role_code="HE",
    organization_number=LILLEVIK_LEGESENTER.organization_number,
    description="Helsesekretær – en rolle som ikke kan åpne prøvesvar",
)
EVA = Persona(
    key="eva",
    name="Eva Dahl",
    number=_number(1985, 8, 24, "F"),
    issuer="helseid",
    hpr_number="9100066",
    role_code="LE",
    organization_number=LILLEVIK_LEGESENTER.organization_number,
    other_roles=((FJORD_SYKEHUS, "LE"),),
    description="Fastlege, og vakt ved Fjord sykehus – velger arbeidssted",
)
SIRI = Persona(
    key="siri",
    name="Siri Admin",
    number=_number(1978, 9, 30, "F"),
    issuer="helseid",
    organization_number=FORVALTNINGEN.organization_number,
    is_administrator=True,
    description="Forvalter – avsendere, virksomheter og roller, aldri prøvesvar",
)
KARI = Persona(
    key="kari",
    name="Kari Prøve",
    number=_number(1984, 4, 12, "F"),
    issuer="idporten",
    description="Innbygger med diabetes og jernmangel",
)
PER = Persona(
    key="per",
    name="Per Nordmann",
    number=_number(1951, 9, 3, "M"),
    issuer="idporten",
    description="Innbygger med kronisk nyresykdom",
)
NORA = Persona(
    key="nora",
    name="Nora Prøve",
    number=_number(2012, 6, 21, "F"),
    issuer="idporten",
    description="Kari Prøves datter, 14 år",
)
JONAS = Persona(
    key="jonas",
    name="Jonas Berg",
    number=_number(1997, 2, 8, "M"),
    issuer="idporten",
    description="Frisk innbygger, bare vanlige kontroller",
)
TOR = Persona(
    key="tor",
    name="Tor Elvestad",
    number=_number(1963, 12, 5, "M"),
    issuer="idporten",
    security_level=3,
    description="Innbygger innlogget på nivå 3 (MinID) – skal avvises",
)
MARTE = Persona(
    key="marte",
    name="Marte Nordmann",
    number=_number(1983, 10, 2, "F"),
    issuer="idporten",
    description="Per Nordmanns datter, med fullmakt fra ham; verge for Aslaug Berg",
)
# They are seen for, and do not sign in.
EMIL = Persona(
    key="emil",
    name="Emil Prøve",
    number=_number(2015, 3, 9, "M"),
    issuer="idporten",
    description="Kari Prøves sønn, 11 år",
)
ASLAUG = Persona(
    key="aslaug",
    name="Aslaug Berg",
    number=_number(1937, 5, 30, "F"),
    issuer="idporten",
    description="Har verge",
)
PERSONAS = (
    OLA,
    INGRID,
    MONA,
    ARNE,
    HEGE,
    EVA,
    SIRI,
    KARI,
    PER,
    NORA,
    JONAS,
    TOR,
    MARTE,
)
