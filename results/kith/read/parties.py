"""Who: `HCP`, an organisation or a health professional, with every id it came with."""

from collections.abc import Callable
from typing import TypeVar

from results.kith.read import values
from results.kith.read.notes import Notes
from results.kith.xml import Node
from results.parsed import ParsedIdentifier, ParsedParty, ParsedPerson, ParsedUnit

_Named = TypeVar("_Named", ParsedUnit, ParsedPerson)


def party(node: Node | None, notes: Notes) -> ParsedParty | None:
    """The party in an element that holds `HCP`; None when it tells nothing."""
    hcp = node and node.child("HCP")
    if node is None or hcp is None:
        return None
    inst = hcp.child("Inst")
    departments = _all(inst, "Dept", _unit, notes)
    people = _all(hcp, "HCProf", _person, notes)
    people += _all(inst, "HCPerson", _person, notes)
    organization = _unit(inst, notes) if inst else None
    if not (organization or departments or people):
        return None
    return ParsedParty(
        organization=organization,
        department=departments[0] if departments else None,
        person=people[0] if people else None,
        relation=node.code("Relation"),
        specialty=values.coding(hcp.child("MedSpeciality")),
        telecoms=_telecoms(hcp.child("Address")),
        others=(*departments[1:], *people[1:]),
    )


def parties(nodes: list[Node], notes: Notes) -> tuple[ParsedParty, ...]:
    return tuple(found for node in nodes if (found := party(node, notes)))


def _all(
    parent: Node | None,
    name: str,
    read: Callable[[Node, Notes], _Named | None],
    notes: Notes,
) -> list[_Named]:
    """Those of that name that tell something; the standard allows any number."""
    nodes = parent.children(name) if parent else []
    return [found for node in nodes if (found := read(node, notes))]


def _unit(node: Node, notes: Notes) -> ParsedUnit | None:
    found = ParsedUnit(node.text("Name"), _identifiers(node, notes))
    return found if found.name or found.identifiers else None


def _person(node: Node, notes: Notes) -> ParsedPerson | None:
    found = ParsedPerson(
        name=node.text("Name"),
        identifiers=_identifiers(node, notes),
        profession=node.code("Type"),
    )
    return found if found.name or found.identifiers else None


def _identifiers(node: Node, notes: Notes) -> tuple[ParsedIdentifier, ...]:
    found = []
    if value := node.text("Id"):
        found.append(ParsedIdentifier(value, node.code("TypeId")))
    return (*found, *additional_ids(node, notes))


def additional_ids(node: Node, notes: Notes) -> list[ParsedIdentifier]:
    """`AdditionalId` of a party or a patient."""
    found = []
    for other in node.children("AdditionalId"):
        if value := other.text("Id"):
            found.append(ParsedIdentifier(value, other.code("Type")))
        elif other.own_text:
            notes.warn("En AdditionalId har bare løs tekst og er sett bort fra.")
    return found


def _telecoms(address: Node | None) -> tuple[str, ...]:
    nodes = address.children("TeleAddress") if address else []
    return tuple([value for node in nodes if (value := node.attribute("V"))])
