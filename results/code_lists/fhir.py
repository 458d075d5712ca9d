"""FHIR R4 CodeSystem, alone or in a Bundle, as JSON or XML."""

import datetime
from collections.abc import Iterator

from results.code_lists.entries import Object, entry, objects, text
from results.code_lists.problems import UnreadableList
from results.codes.releases import Release, ReleasedCode
from results.codes.systems import system_of
from results.kith.xml import Node

_FHIR = "http://hl7.org/fhir"
_VALUES = ("url", "name", "title", "version", "date", "content")


def is_fhir(said: Object) -> bool:
    return "resourceType" in said


def is_fhir_xml(root: Node) -> bool:
    return root.namespace == _FHIR and root.name in ("CodeSystem", "Bundle")


def read_fhir(said: Object) -> list[Release]:
    """Raises UnreadableList."""
    resources = [said]
    if said["resourceType"] == "Bundle":
        entries = objects(said.get("entry"))
        resources = [r for e in entries for r in objects(e.get("resource"))]
    systems = [r for r in resources if r.get("resourceType") == "CodeSystem"]
    if not systems:
        raise UnreadableList("Fant ikke noe FHIR CodeSystem i filen.")
    return [_release(resource) for resource in systems]


def read_fhir_xml(root: Node) -> list[Release]:
    """Raises UnreadableList."""
    systems = list(root.descendants(_FHIR, "CodeSystem"))
    if not systems:
        raise UnreadableList("Fant ikke noe FHIR CodeSystem i filen.")
    return [_release(_as_object(node)) for node in systems]


def _release(said: Object) -> Release:
    name = text(said, "title") or text(said, "name") or text(said, "url")
    codes = {code.code: code for code in _concepts(said, where=f"«{name}»")}
    if not codes:
        raise UnreadableList(f"CodeSystem «{name[:80]}» har ingen koder i seg.")
    return Release(
        system=_system(said),
        name=name[:300],
        codes=tuple(codes.values()),
        version=text(said, "version")[:100],
        release_date=_day(text(said, "date")),
        is_excerpt=text(said, "content") not in ("", "complete"),
    )


def _system(said: Object) -> str:
    """The OID where one is given, for that is what messages carry."""
    values = [text(one, "value") for one in objects(said.get("identifier"))]
    oid = next((value for value in values if value.startswith("urn:oid:")), "")
    system = system_of(oid or text(said, "url"))
    if not system or len(system) > 100:
        raise UnreadableList(
            "CodeSystem mangler adresse eller OID, eller den er for lang."
        )
    return system


def _concepts(said: Object, *, where: str) -> Iterator[ReleasedCode]:
    for concept in objects(said.get("concept")):
        yield entry(concept, where=where)
        yield from _concepts(concept, where=where)


def _day(said: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(said[:10])
    except ValueError:
        return None


def _as_object(node: Node) -> Object:
    identifiers = [_values(child, ("value",)) for child in node.children("identifier")]
    return {
        **_values(node, _VALUES),
        "identifier": identifiers,
        "concept": _concepts_of(node),
    }


def _concepts_of(node: Node) -> list[Object]:
    return [
        {**_values(child, ("code", "display")), "concept": _concepts_of(child)}
        for child in node.children("concept")
    ]


def _values(node: Node, names: tuple[str, ...]) -> Object:
    children = ((name, node.child(name)) for name in names)
    return {name: child.attribute("value") for name, child in children if child}
