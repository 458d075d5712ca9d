"""All that touches lxml: parses what strangers send, writes what we send."""

import copy
import re

from lxml import etree

from results.kith.screening import UnreadableMessage, screen
from results.kith.xml.node import Element, Node, prefix_of
from results.kith.xml.validating import (
    Schema,
    load_schema,
    locate_problems,
)

__all__ = [
    "Element",
    "Node",
    "Schema",
    "add",
    "append_copy",
    "load_schema",
    "locate_problems",
    "parse",
    "put",
    "recover",
    "start",
    "to_bytes",
]

MAX_NODES = 500_000
MAX_DEPTH = 64
MAX_ATTRIBUTES = 200  # of one element; the standards have at most five

_LONG = 100_000  # bytes; no flood of attributes fits in less
_SMALLEST_NODE = len("<a/>")
_TOO_DEEP = etree.XPath("boolean(" + "/*" * (MAX_DEPTH + 1) + ")")
_NODES = etree.XPath("count(//*)")
_CROWDED = etree.XPath(f"boolean(//*[@*[{MAX_ATTRIBUTES + 1}]])")
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_NOT_XML_TEXT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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
    child = etree.SubElement(parent, prefix_of(parent) + name)
    child.text = _NOT_XML_TEXT.sub("", text) if text is not None else None
    for key, value in values.items():
        put(child, key, value)
    return child


def append_copy(parent: Element, part: Element) -> None:
    """A part made beforehand, which stays as it is for the next one."""
    parent.append(copy.deepcopy(part))


def put(element: Element, name: str, value: str) -> None:
    """An attribute, without the characters that XML cannot hold."""
    element.set(name, _NOT_XML_TEXT.sub("", value))


def to_bytes(root: Element) -> bytes:
    """UTF-8 and declared so in line 1, as the health network's service demands."""
    return _DECLARATION + etree.tostring(root, encoding="UTF-8", xml_declaration=False)


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
