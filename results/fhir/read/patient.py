"""Who the report is about, and that all of it is about the same."""

from collections.abc import Iterable, Iterator

from results.fhir import names
from results.fhir.bundle import Bundle
from results.fhir.items import Item
from results.fhir.read import values
from results.fhir.read.parties import human_name
from results.kith.read.notes import Notes
from results.parsed import ParsedIdentifier, ParsedPatient
from results.vocabulary import Sex

_OTHERS = "Et resultat gjelder en annen pasient enn rapporten."
_NOT_A_PERSON = "Rapporten gjelder ikke en pasient."
_SEVERAL = "Pasienten har flere ulike nasjonale numre."
# Which number counts when a person has one of each: who got a national identity
# number does not use the others any more.
_ORDER = ("FNR", "DNR", "FHN")


def patient(report: Item, bundle: Bundle, notes: Notes) -> ParsedPatient | None:
    """The report's subject: a Patient resource, or only an identifier (NILAR)."""
    reference = report.item("subject")
    if reference is None:
        return None
    found = bundle.resolve(reference)
    if found and found.type != "Patient":
        notes.refuse(_NOT_A_PERSON)
        return None
    identifiers = _identifiers(reference, found)
    number, kind = _number(identifiers, notes)
    return ParsedPatient(
        identity_number=number,
        identity_type=kind,
        name=human_name(found) if found else _display(reference),
        birth_date=values.moment(found, "birthDate", notes),
        sex=_sex(found),
        death_date=values.moment(found, "deceasedDateTime", notes),
        other_identifiers=tuple(_others(identifiers, number)),
    )


def check_same_patient(
    report: Item, others: Iterable[Item], bundle: Bundle, notes: Notes
) -> None:
    """Refuse when anything in the report names another subject, or one not here."""
    own = report.item("subject")
    for other in others:
        reference = other.item("subject")
        if reference and own and not _is_same(own, reference, bundle):
            notes.refuse(_OTHERS)


def _is_same(own: Item, other: Item, bundle: Bundle) -> bool:
    ours, theirs = bundle.resolve(own), bundle.resolve(other)
    if ours and theirs and ours.key == theirs.key:
        return True
    if (
        ours is theirs is None
        and own.text("reference")
        and own.text("reference") == other.text("reference")
    ):
        return True
    numbers = set(_national(_identifiers(own, ours)))
    return bool(numbers & set(_national(_identifiers(other, theirs))))


def _identifiers(reference: Item, found: Item | None) -> tuple[Item, ...]:
    own = found.items("identifier") if found else ()
    return (*own, *reference.items("identifier"))


def _national(identifiers: Iterable[Item]) -> Iterator[tuple[str, str]]:
    for identifier in identifiers:
        kind = names.NATIONAL_NUMBERS.get(identifier.text("system") or "")
        value = identifier.text("value")
        if kind and value and identifier.text("use") != "old":
            yield kind, value


def _others(
    identifiers: Iterable[Item], number: str | None
) -> Iterator[ParsedIdentifier]:
    """Other national numbers the person has, or has had, each once."""
    seen = {number}
    for identifier in identifiers:
        kind = names.NATIONAL_NUMBERS.get(identifier.text("system") or "")
        value = identifier.text("value")
        if kind and value and value not in seen:
            seen.add(value)
            yield ParsedIdentifier(value, kind)


def _number(identifiers: Iterable[Item], notes: Notes) -> tuple[str | None, str | None]:
    found = set(_national(identifiers))
    for wanted in _ORDER:
        numbers = {value for kind, value in found if kind == wanted}
        if len(numbers) > 1:
            notes.refuse(_SEVERAL, code="E31")
        if numbers:
            return min(numbers), wanted
    return None, None


def _display(reference: Item) -> str | None:
    """A name beside an identifier; never digits, for those would be the number."""
    text = reference.text("display")
    return None if text and any(c.isdigit() for c in text) else text


def _sex(found: Item | None) -> Sex:
    sent = found.text("gender") if found else None
    return values.word(sent, Sex, Sex.UNKNOWN)
