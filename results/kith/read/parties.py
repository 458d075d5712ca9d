"""Who: `HCP`, an organisation or a health professional, with every id it came with."""

from collections.abc import Iterator

from results.kith.read import values
from results.kith.read.notes import Notes
from results.kith.xml import Node
from results.parsed import ParsedIdentifier, ParsedParty, ParsedPerson, ParsedUnit


def party(node: Node | None, notes: Notes) -> ParsedParty | None:
    """The party in an element that holds `HCP`; None when it tells nothing."""
    hcp = node and node.child("HCP")
    if node is None or hcp is None:
        return None
    inst = hcp.child("Inst")
    professional = hcp.child("HCProf") or (inst and inst.child("HCPerson"))
    address = hcp.child("Address")
    found = ParsedParty(
        organization=_unit(inst, notes),
        department=_unit(inst and inst.child("Dept"), notes),
        person=_person(professional, notes),
        relation=node.code("Relation"),
        specialty=values.coding(hcp.child("MedSpeciality")),
        telecoms=tuple(_telecoms(address)) if address else (),
    )
    is_known = found.organization or found.department or found.person
    return found if is_known else None


def parties(nodes: list[Node], notes: Notes) -> tuple[ParsedParty, ...]:
    return tuple(found for node in nodes if (found := party(node, notes)))


def _unit(node: Node | None, notes: Notes) -> ParsedUnit | None:
    if node is None:
        return None
    found = ParsedUnit(node.text("Name"), tuple(_identifiers(node, notes)))
    return found if found.name or found.identifiers else None


def _person(node: Node | None, notes: Notes) -> ParsedPerson | None:
    if node is None:
        return None
    found = ParsedPerson(
        name=node.text("Name"),
        identifiers=tuple(_identifiers(node, notes)),
        profession=node.code("Type"),
    )
    return found if found.name or found.identifiers else None


def _identifiers(node: Node, notes: Notes) -> Iterator[ParsedIdentifier]:
    if value := node.text("Id"):
        yield ParsedIdentifier(value, node.code("TypeId"))
    for other in node.children("AdditionalId"):
        if value := other.text("Id"):
            yield ParsedIdentifier(value, other.code("Type"))
        elif other.own_text:
            notes.warn("En AdditionalId har bare løs tekst og er sett bort fra.")


def _telecoms(address: Node) -> Iterator[str]:
    for node in address.children("TeleAddress"):
        if value := node.attribute("V"):
            yield value
