"""A Bundle opened: its resources, and how they point at each other (R4 §2.36)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from results.fhir import jsontext
from results.fhir.items import Item

# Where a resource stands on its server, with or without its version.
_ADDRESS = re.compile(r"(?:.*/)?([A-Z][A-Za-z]+/[A-Za-z0-9.\-]{1,64})(?:/_history/.*)?")
# Changes the meaning of what it stands in, or of the whole: whoever does not know it
# must refuse (R4 §2.4.1.3, §2.27.5).
_MEANING_CHANGERS = ("modifierExtension", "implicitRules")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: a resource, its address in the bundle, what a transaction asks."""

    position: int
    full_url: str | None
    resource: Item
    request: Item | None


@dataclass(frozen=True, slots=True)
class Bundle:
    """What the bytes hold; any resource alone is a bundle of nothing."""

    root: Item
    entries: tuple[Entry, ...]
    _index: dict[str, Item | None] = field(repr=False)

    @property
    def type(self) -> str | None:
        return self.root.text("type")

    def of_type(self, name: str) -> tuple[Item, ...]:
        """Every resource of a type, in the order of the entries."""
        return tuple(e.resource for e in self.entries if e.resource.type == name)

    def resolve(self, reference: Item | None) -> Item | None:
        """The resource a Reference points at: contained, by `fullUrl`, or by
        `Type/id`; None when it is not here, or when two could be meant."""
        text = reference.text("reference") if reference else None
        if reference is None or text is None:
            return None
        if text.startswith("#"):
            return _contained(reference.resource, text[1:])
        if text in self._index:
            return self._index[text]
        found = _ADDRESS.fullmatch(text)
        return self._index.get(found[1]) if found else None

    def resolve_all(self, references: Iterable[Item]) -> Iterator[Item]:
        """Those of the references that point at something here."""
        for reference in references:
            if found := self.resolve(reference):
                yield found

    def has_twice(self) -> bool:
        """Whether two entries claim one `fullUrl` (invariant bdl-7)."""
        addresses = [e.full_url for e in self.entries if e.full_url]
        return len(set(addresses)) != len(addresses)

    def changes_meaning(self) -> bool:
        """Whether anything, at any depth, says that it is not what it seems."""
        return _changes_meaning(self.root.fields)


def open_bundle(content: bytes) -> Bundle:
    """The bundle that the bytes hold. Raises NotReadable (T01)."""
    root = Item(jsontext.parse(content))
    entries = tuple(_entries(root))
    return Bundle(root, entries, _indexed(entries))


def _entries(root: Item) -> Iterator[Entry]:
    for position, entry in enumerate(root.items("entry")):
        resource = entry.fields.get("resource")
        if isinstance(resource, dict):
            yield Entry(
                position, entry.text("fullUrl"), Item(resource), entry.item("request")
            )


def _indexed(entries: Iterable[Entry]) -> dict[str, Item | None]:
    index: dict[str, Item | None] = {}
    for entry in entries:
        resource = entry.resource
        if entry.full_url:
            index.setdefault(entry.full_url, resource)
        for address in _addresses(entry):
            known = index.setdefault(address, resource)
            if known is not None and known.key != resource.key:
                index[address] = None
    return index


def _addresses(entry: Entry) -> set[str]:
    """`Type/id`, by the resource's own id and by where a server has it."""
    kind, identifier = entry.resource.type, entry.resource.text("id")
    found = {f"{kind}/{identifier}"} if kind and identifier else set()
    if in_url := _ADDRESS.fullmatch(entry.full_url or ""):
        found.add(in_url[1])
    return found - {entry.full_url}


def _contained(resource: dict[str, Any], identifier: str) -> Item | None:
    for inner in Item(resource).items("contained"):
        if inner.text("id") == identifier:
            return inner
    return None


def _changes_meaning(value: object) -> bool:
    if isinstance(value, dict):
        return any(
            (name in _MEANING_CHANGERS and inner) or _changes_meaning(inner)
            for name, inner in value.items()
        )
    return isinstance(value, list) and any(map(_changes_meaning, value))
