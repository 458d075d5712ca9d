"""Who: organisations, health personnel and the patient."""

from dataclasses import dataclass

from results.parsed.record import record
from results.parsed.values import ParsedCoding, ParsedIdentifier, ParsedMoment
from results.vocabulary import Sex


@record
class ParsedUnit:
    """An organisation or a department: its name and every id it was sent with."""

    name: str | None = None
    identifiers: tuple[ParsedIdentifier, ...] = ()

    def id_of(self, type_code: str) -> str | None:
        """The first id of a kind (`HER`, `ENH`, `RSH`), or None."""
        return _first_of(self.identifiers, type_code)


@record
class ParsedPerson:
    """A health professional: name as one string, ids, profession (Volven 9060)."""

    name: str | None = None
    identifiers: tuple[ParsedIdentifier, ...] = ()
    profession: str | None = None

    def id_of(self, type_code: str) -> str | None:
        """The first id of a kind (`HPR`, `HER`), or None."""
        return _first_of(self.identifiers, type_code)


@record
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


@dataclass(frozen=True, slots=True)
class ParsedRecipient:
    """Someone a message is addressed to: its primary recipient, or of a copy."""

    party: ParsedParty
    is_copy: bool


def _first_of(identifiers: tuple[ParsedIdentifier, ...], kind: str) -> str | None:
    return next((i.value for i in identifiers if i.type == kind), None)
