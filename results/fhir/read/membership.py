"""Which results belong to a report, in which order, and under which others."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from results.fhir import names
from results.fhir.bundle import Bundle
from results.fhir.items import Item
from results.kith.read.notes import Notes

MAX_DEPTH = 32

_MISSING = "Rapporten viser til et resultat som ikke er med i meldingen."
_TOO_DEEP = "Rapporten har for mange nivåer av resultater."
_UNLISTED = "Et resultat som rapporten ikke viser til, er tatt med."
_OTHER_KIND = "Et resultat av et annet slag enn Observation er utelatt."
_BACK_LINK = names.nilar_extension("diagnostic-report-ref")


@dataclass(frozen=True, slots=True)
class Node:
    """A result with those it gathers (`hasMember`)."""

    item: Item
    members: tuple["Node", ...] = field(default=())

    def walk(self) -> Iterator[Item]:
        yield self.item
        for member in self.members:
            yield from member.walk()


def result_tree(report: Item, bundle: Bundle, notes: Notes) -> tuple[Node, ...]:
    """The report's results, each once: under the first that gathers it.

    In the order of `DiagnosticReport.result`, then of the Composition's sections, then
    those that point back (NILAR). A result nobody points at is taken in last, for
    nothing sent may be lost. Circles are broken where they close.
    """
    listed = [*_listed(report, bundle, notes), *pointing_back(report, bundle)]
    others = bundle.of_type("Observation")
    gathered = {m.key for o in (*listed, *others) for m in _members(o, bundle)}
    tree = _Tree(bundle, notes)
    tops = [o for o in listed if o.key not in gathered]
    found = [*tree.grow(tops), *tree.grow(listed)]
    unlisted = [*tree.grow(o for o in others if o.key not in gathered)]
    unlisted += tree.grow(others)
    if unlisted:
        notes.warn(_UNLISTED)
    return (*found, *unlisted)


class _Tree:
    def __init__(self, bundle: Bundle, notes: Notes) -> None:
        self._bundle = bundle
        self._notes = notes
        self._placed: set[int] = set()

    def grow(
        self, items: "list[Item] | tuple[Item, ...] | Iterator[Item]"
    ) -> list[Node]:
        return [node for item in items if (node := self._node(item, depth=1))]

    def _node(self, item: Item, *, depth: int) -> Node | None:
        if item.key in self._placed:
            return None
        if depth > MAX_DEPTH:
            self._notes.refuse(_TOO_DEEP)
            return None
        self._placed.add(item.key)
        members = (
            self._node(member, depth=depth + 1)
            for member in _results(item.items("hasMember"), self._bundle, self._notes)
        )
        return Node(item, tuple(filter(None, members)))


def _listed(report: Item, bundle: Bundle, notes: Notes) -> Iterator[Item]:
    yield from _results(report.items("result"), bundle, notes)
    for composition in bundle.of_type("Composition"):
        for section in sections(composition):
            for found in bundle.resolve_all(section.items("entry")):
                if found.type == "Observation":
                    yield found


def sections(item: Item, *, depth: int = 0) -> Iterator[Item]:
    """A Composition's sections at every depth, outer before inner."""
    for section in item.items("section"):
        yield section
        yield from sections(section, depth=depth + 1)


def pointing_back(report: Item, bundle: Bundle) -> Iterator[Item]:
    """Results that name the report as theirs (NILAR)."""
    for observation in bundle.of_type("Observation"):
        for extension in observation.extensions(_BACK_LINK):
            found = bundle.resolve(extension.item("valueReference"))
            if found and found.key == report.key:
                yield observation


def _members(item: Item, bundle: Bundle) -> Iterator[Item]:
    return bundle.resolve_all(item.items("hasMember"))


def _results(
    references: tuple[Item, ...], bundle: Bundle, notes: Notes
) -> Iterator[Item]:
    for reference in references:
        found = bundle.resolve(reference)
        if found is None:
            notes.refuse(_MISSING)
        elif found.type != "Observation":
            notes.warn(_OTHER_KIND)
        else:
            yield found
