"""The one module that touches lxml: parses what strangers send, writes what we send."""

import re
import threading
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import TypeAlias

from lxml import etree

from results.kith.places import Problem
from results.kith.screening import UnreadableMessage, screen

MAX_NODES = 500_000
MAX_DEPTH = 64
MAX_ATTRIBUTES = 200  # of one element; the standards have at most five

Element: TypeAlias = etree._Element
Schema: TypeAlias = etree.XMLSchema

# Far longer than any name in the standards; nothing longer is looked up, or kept.
_LONGEST_TAG = 200
_LONG = 100_000  # bytes; no flood of attributes fits in less
_SMALLEST_NODE = len("<a/>")
_TOO_DEEP = etree.XPath("boolean(" + "/*" * (MAX_DEPTH + 1) + ")")
_NODES = etree.XPath("count(//*)")
_CROWDED = etree.XPath(f"boolean(//*[@*[{MAX_ATTRIBUTES + 1}]])")
# The schemas' pattern for an OID takes a minute over 100 kB of digits.
_LONG_SYSTEM = etree.XPath("boolean(//@S[string-length(.) > 200])")
_VALIDATING = threading.Lock()
# Names in the standard are letters alone, so a name made up of digits says nothing.
_QUOTED_ELEMENT = re.compile(r"Element '(?:\{[^}]*\})?([A-Za-z]{1,40}\d{0,2})'")
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_NOT_XML_TEXT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Node:
    """An element seen by name: children of the message's own namespace, text, `@V`.

    Children are found by name, never by position (dialect A13), from one dictionary
    built when the first is asked for. Code values and texts come stripped; blank
    ones as None.
    """

    __slots__ = ("_by_name", "_element", "_prefix")

    def __init__(self, element: Element, prefix: str | None = None) -> None:
        self._element = element
        self._prefix = _prefix_of(element) if prefix is None else prefix
        self._by_name: dict[str, list[Element]] | None = None

    @property
    def name(self) -> str:
        """The local name."""
        return str(self._element.tag).rpartition("}")[2]

    @property
    def namespace(self) -> str:
        return _prefix_of(self._element)[1:-1]

    @property
    def has_elements(self) -> bool:
        return len(self._element) > 0

    @property
    def element(self) -> Element:
        """For schema validation alone."""
        return self._element

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
        for child in self._element:
            tag = child.tag
            if not isinstance(tag, str) or len(tag) > _LONGEST_TAG:
                continue
            prefix, name = _split(tag)
            if prefix != own:
                continue
            if name in by_name:
                by_name[name].append(child)
            else:
                by_name[name] = [child]
        self._by_name = by_name
        return by_name


def parse(content: bytes) -> Node:
    """The root of a message, whatever its encoding and whatever precedes it.

    Raises UnreadableMessage (T01) for what is not XML, carries a DTD, or passes
    10 MB, 500 000 elements or 64 levels. Nothing is fetched, no entity is expanded.
    """
    content, encoding = screen(content)
    root = _parse(content, _parser(encoding))
    if root is None:
        raise UnreadableMessage("Meldingen er ikke gyldig XML.")
    _check_size(root, len(content))
    return Node(root)


def recover(content: bytes) -> Node | None:
    """What can be made of badly formed XML, for the receipt alone."""
    try:
        content, encoding = screen(content)
        root = _parse(content, _parser(encoding, recover=True))
        if root is None:
            return None
        _check_size(root, len(content))
    except UnreadableMessage:
        return None
    return Node(root)


def syntax_fault(content: bytes) -> tuple[int, int] | None:
    """Line and column where the bytes stop being XML; None when they do not, or when
    they are refused before a parser sees them."""
    try:
        content, encoding = screen(content)
        etree.fromstring(content, _parser(encoding))
    except (etree.XMLSyntaxError, UnreadableMessage) as error:
        return getattr(error, "position", None)
    return None


def start(namespace: str, name: str) -> Element:
    """The root of a document of ours, in a default namespace."""
    return etree.Element(f"{{{namespace}}}{name}", nsmap={None: namespace})


def add(
    parent: Element, name: str, text: str | None = None, /, **values: str
) -> Element:
    """A child in the parent's namespace, with text and attributes."""
    child = etree.SubElement(parent, _prefix_of(parent) + name)
    child.text = _NOT_XML_TEXT.sub("", text) if text is not None else None
    for key, value in values.items():
        put(child, key, value)
    return child


def put(element: Element, name: str, value: str) -> None:
    """An attribute, without the characters that XML cannot hold."""
    element.set(name, _NOT_XML_TEXT.sub("", value))


def to_bytes(root: Element) -> bytes:
    """UTF-8 and declared so in line 1, as the health network's service demands."""
    return _DECLARATION + etree.tostring(root, encoding="UTF-8", xml_declaration=False)


def load_schema(path: Path) -> Schema:
    """A compiled schema and what it imports from the same folder; nothing is fetched.

    Raises ValueError when it does not compile.
    """
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
    try:
        return etree.XMLSchema(etree.parse(str(path), parser))
    except (etree.XMLSyntaxError, etree.XMLSchemaParseError, OSError) as error:
        raise ValueError(f"{path.name} lar seg ikke bruke som skjema.") from error


def find_problems(schema: Schema, node: Node) -> Iterator[str]:
    """Where an element departs from a schema, in sentences."""
    return (problem.text for problem in locate_problems(schema, node))


def locate_problems(schema: Schema, node: Node) -> Iterator[Problem]:
    """The same with places, in our own words: libxml2's sentences quote values."""
    if _LONG_SYSTEM(node.element):
        yield Problem("Skjemafeil: et kodeverk (S) er altfor langt.")
        return
    with _VALIDATING:  # a schema keeps its errors in itself
        try:
            if schema.validate(node.element):
                return
        except etree.XMLSchemaValidateError:
            yield Problem("Skjemafeil: meldingen lar seg ikke holde mot skjemaet.")
            return
        errors = list(schema.error_log)
    for error in errors:
        found = _QUOTED_ELEMENT.match(error.message)
        name = found.group(1) if found else ""
        what = _what(error.type_name)
        yield Problem(
            f"Skjemafeil på linje {error.line}: {name or 'et element'} {what}.",
            line=error.line,
            element=name,
            before=_of_its_name_before(node.element, error.path),
        )


def _of_its_name_before(root: Element, path: str | None) -> int:
    """How many elements of the same name have their start tag end on the same line."""
    prefixes = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
    try:
        found = root.xpath(path, namespaces=prefixes) if path else []
    except etree.XPathError:
        return 0
    target = found[0] if isinstance(found, list) and found else None
    if not isinstance(target, etree._Element):
        return 0
    namesakes = root.getroottree().iter(str(target.tag))
    earlier = takewhile(lambda each: each is not target, namesakes)
    return sum(1 for each in earlier if each.sourceline == target.sourceline)


def _what(error_type: str) -> str:
    if "ELEMENT_CONTENT" in error_type:
        return "er ikke ventet her, eller noe mangler i det"
    if "CVC_COMPLEX_TYPE_2_3" in error_type:
        return "har løs tekst"
    return "har en ugyldig verdi"


def _parser(encoding: str | None, *, recover: bool = False) -> etree.XMLParser:
    """`huge_tree` lets one attachment fill the message; `screen` holds the size."""
    return etree.XMLParser(
        encoding=encoding,
        recover=recover,
        huge_tree=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )


def _parse(content: bytes, parser: etree.XMLParser) -> Element | None:
    try:
        root: Element | None = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableMessage(
            f"Meldingen er ikke gyldig XML (linje {error.lineno})."
        ) from None
    if root is not None and root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableMessage("Meldingen har en dokumenttype (DTD). Det er ikke lov.")
    return root


def _check_size(root: Element, length: int) -> None:
    """`length` is the message's in bytes: most are too short to hold so many."""
    if length > MAX_NODES * _SMALLEST_NODE and float(str(_NODES(root))) > MAX_NODES:
        raise UnreadableMessage("Meldingen har for mange elementer.")
    if length > _LONG and _CROWDED(root):
        raise UnreadableMessage("Et element har for mange attributter.")
    if _TOO_DEEP(root):
        raise UnreadableMessage("Meldingen har elementer i for mange nivåer.")


def _prefix_of(element: Element) -> str:
    """`{namespace}`, or nothing."""
    tag = str(element.tag)
    return tag[: tag.rfind("}") + 1]


@lru_cache(maxsize=1024)
def _split(tag: str) -> tuple[str, str]:
    """`{namespace}` and local name; kept, for every message has the same hundreds."""
    at = tag.rfind("}") + 1
    return tag[:at], tag[at:]


def _text(element: Element) -> str | None:
    text = "".join(element.itertext()) if len(element) else element.text
    return (text or "").strip() or None
