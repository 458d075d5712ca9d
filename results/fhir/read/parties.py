"""Who: organisations and health professionals, resolved or only named by identifier."""

from collections.abc import Iterable, Iterator

from results.fhir import names
from results.fhir.bundle import Bundle
from results.fhir.items import Item
from results.fhir.read.values import concept_codings
from results.parsed import ParsedIdentifier, ParsedParty, ParsedPerson, ParsedUnit

_MOST_LEVELS = 5


def party(reference: Item | None, bundle: Bundle) -> ParsedParty | None:
    """The party a Reference points at or names; None when it tells nothing."""
    if reference is None:
        return None
    found = bundle.resolve(reference)
    if found is None:
        return _named(reference)
    if found.type == "PractitionerRole":
        return _role(found, bundle)
    if found.type == "Organization":
        return _told(*_units(found, bundle), None)
    if found.type == "Practitioner":
        return _told(None, None, _person(found))
    return _told(None, None, ParsedPerson(found.text("name")))


def parties(references: Iterable[Item], bundle: Bundle) -> tuple[ParsedParty, ...]:
    return tuple(p for reference in references if (p := party(reference, bundle)))


def organization_among(
    references: Iterable[Item], bundle: Bundle
) -> ParsedParty | None:
    """The first that is, or acts for, an organisation; else the first of all."""
    found = parties(references, bundle)
    organizations = (p for p in found if p.organization)
    return next(organizations, found[0] if found else None)


def human_name(item: Item) -> str | None:
    """The name in use, as one string: its text, else given and family."""
    used = [n for n in item.items("name") if n.text("use") != "old"]
    for name in used:
        parts = [*name.texts("given"), name.text("family") or ""]
        if text := name.text("text") or " ".join(parts).strip():
            return text
    return None


def _role(role: Item, bundle: Bundle) -> ParsedParty | None:
    organization = party(role.item("organization"), bundle)
    practitioner = role.item("practitioner")
    found = bundle.resolve(practitioner)
    person = _person(found) if found else _named_person(practitioner)
    specialty = next(iter(concept_codings(role.item("specialty"))), None)
    return _told(
        organization.organization if organization else None,
        organization.department if organization else None,
        person,
        specialty=specialty,
    )


def _named(reference: Item) -> ParsedParty | None:
    """Only identifier and words: what kind it is, the identifier or `type` says."""
    identifiers = tuple(_identifiers(reference.items("identifier")))
    kinds = {i.type for i in identifiers}
    is_unit = bool(kinds & {"ENH", "RSH", "HER"}) and "HPR" not in kinds
    if is_unit or reference.text("type") == "Organization":
        return _told(ParsedUnit(reference.text("display"), identifiers), None, None)
    return _told(None, None, _named_person(reference))


def _named_person(reference: Item | None) -> ParsedPerson | None:
    if reference is None:
        return None
    identifiers = tuple(_identifiers(reference.items("identifier")))
    return ParsedPerson(reference.text("display"), identifiers)


def _units(
    organization: Item, bundle: Bundle
) -> tuple[ParsedUnit | None, ParsedUnit | None]:
    """The whole and the part of it: an organisation under another is a department."""
    top = organization
    for _ in range(_MOST_LEVELS):
        above = bundle.resolve(top.item("partOf"))
        if above is None or above.type != "Organization":
            break
        top = above
    if top.key == organization.key:
        return _unit(organization), None
    return _unit(top), _unit(organization)


def _unit(organization: Item) -> ParsedUnit:
    return ParsedUnit(
        organization.text("name"),
        tuple(_identifiers(organization.items("identifier"))),
    )


def _person(practitioner: Item) -> ParsedPerson:
    return ParsedPerson(
        name=human_name(practitioner),
        identifiers=tuple(_identifiers(practitioner.items("identifier"))),
    )


def _identifiers(identifiers: Iterable[Item]) -> Iterator[ParsedIdentifier]:
    """Under KITH's kinds; a health professional's national number is left out."""
    for identifier in identifiers:
        value, system = identifier.text("value"), identifier.text("system")
        if value and system not in names.NATIONAL_NUMBERS:
            yield ParsedIdentifier(value, names.PARTY_IDS.get(system or "", system))


def _told(
    organization: ParsedUnit | None,
    department: ParsedUnit | None,
    person: ParsedPerson | None,
    **more: object,
) -> ParsedParty | None:
    parts = [
        part if part and (part.name or part.identifiers) else None
        for part in (organization, department, person)
    ]
    if not any(parts):
        return None
    return ParsedParty(*parts, **more)  # type: ignore[arg-type]
