"""An element of a message, seen by name."""

from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

# Far longer than any name in the standards; nothing longer is looked up, or kept.
_LONGEST_TAG = 200
_MOST_TAGS = 1024
_NOBODYS = ("{}", "")
_split_tags: dict[object, tuple[str, str]] = {}


class Node:
    """An element seen by name: children of the message's own namespace, text, `@V`.

    Children are found by name, never by position (dialect A13), from one dictionary
    built when the first is asked for. Code values and texts come stripped; blank
    ones as None.
    """

    __slots__ = ("_by_name", "_element", "_prefix")

    def __init__(self, element: Element, prefix: str | None = None) -> None:
        self._element = element
        self._prefix = prefix_of(element) if prefix is None else prefix
        self._by_name: dict[str, list[Element]] | None = None

    @property
    def name(self) -> str:
        """The local name."""
        return str(self._element.tag).rpartition("}")[2]

    @property
    def namespace(self) -> str:
        return prefix_of(self._element)[1:-1]

    @property
    def has_elements(self) -> bool:
        return len(self._element) > 0

    @property
    def element(self) -> Element:
        """For schema validation alone."""
        return self._element

    def serialized(self) -> bytes:
        """The element alone, as XML that stands by itself."""
        return etree.tostring(self._element, with_tail=False)

    def child(self, name: str) -> "Node | None":
        """The first child of that name."""
        found = (self._by_name or self._named()).get(name)
        return Node(found[0], self._prefix) if found else None

    def children(self, name: str) -> "list[Node]":
        """Every child of that name, in document order."""
        found = (self._by_name or self._named()).get(name)
        return [Node(child, self._prefix) for child in found] if found else []

    def children_of(self, *names: str) -> "list[Node]":
        """Every child of any of the names, in the order of the names."""
        by_name = self._by_name or self._named()
        return [
            Node(child, self._prefix)
            for name in names
            if name in by_name
            for child in by_name[name]
        ]

    def has_any(self, names: frozenset[str]) -> bool:
        """Whether a child has any of the names."""
        return not names.isdisjoint(self._by_name or self._named())

    def attribute(self, name: str) -> str | None:
        return (self._element.get(name) or "").strip() or None

    def attributes(self, *names: str) -> list[str | None]:
        get = self._element.get
        return [(get(name) or "").strip() or None for name in names]

    def code(self, name: str) -> str | None:
        """`@V` of the first child of that name."""
        found = (self._by_name or self._named()).get(name)
        return ((found[0].get("V") or "").strip() or None) if found else None

    def text(self, name: str) -> str | None:
        """The text of the first child of that name."""
        found = (self._by_name or self._named()).get(name)
        return _text(found[0]) if found else None

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of every child of that name that has one."""
        found = (self._by_name or self._named()).get(name)
        return tuple(filter(None, map(_text, found))) if found else ()

    @property
    def own_text(self) -> str | None:
        """All text within, elements or not."""
        return _text(self._element)

    def pieces(self) -> "Iterator[str | Node]":
        """Mixed content: text and elements of any namespace, in order."""
        if self._element.text:
            yield self._element.text
        for child in self._element:
            if isinstance(child.tag, str):
                yield Node(child, self._prefix)
            if child.tail:
                yield child.tail

    def descendants(self, namespace: str, name: str) -> "Iterator[Node]":
        """At any depth; each sees the children of its own namespace."""
        for element in self._element.iter(
            f"{{{namespace}}}{name}" if namespace else name
        ):
            yield Node(element)

    def _named(self) -> dict[str, list[Element]]:
        """The children, to be looked up; built once, for a look-up is what costs."""
        by_name: dict[str, list[Element]] = {}
        own = self._prefix
        known = _split_tags.get
        for child in self._element:
            tag = child.tag
            prefix, name = known(tag) or _split(tag)
            if prefix != own:
                continue
            if name in by_name:
                by_name[name].append(child)
            else:
                by_name[name] = [child]
        self._by_name = by_name
        return by_name


def prefix_of(element: Element) -> str:
    """`{namespace}`, or nothing."""
    tag = str(element.tag)
    return tag[: tag.rfind("}") + 1]


def _split(tag: object) -> tuple[str, str]:
    """`{namespace}` and local name; kept, for every message has the same hundreds.
    What is no element, or longer than any name, is in nobody's namespace."""
    if not isinstance(tag, str) or len(tag) > _LONGEST_TAG:
        return _NOBODYS
    if len(_split_tags) >= _MOST_TAGS:
        _split_tags.clear()
    at = tag.rfind("}") + 1
    split = _split_tags[tag] = tag[:at], tag[at:]
    return split


def _text(element: Element) -> str | None:
    text = "".join(element.itertext()) if len(element) else element.text
    return (text or "").strip() or None
